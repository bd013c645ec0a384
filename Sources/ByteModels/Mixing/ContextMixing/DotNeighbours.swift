import BPBCore

/// What came of dots with the same neighbours, in pictures whose bytes are eight dots each and whose rows have one length.
///
/// Contexts of bytes learn anew for each of a byte's places what these learn once for all of them.
struct DotNeighbours: ~Copyable {
  /// Numbers of evidence of a template: how likely a one is in the logistic domain, and how far from one half.
  static let inputsOfTemplate = 2

  /// A template, ready to be read.
  private struct Reader {
    var left: UInt64
    /// Of each row above: how many dots, and how far right.
    var rows: InlineArray<4, (count: UInt64, right: Int)>
  }

  private let readers: UnsafeMutablePointer<Reader>
  private let count: Int
  /// Of ones: [templates][2^tableBits], by hashes of neighbours; 0 where nothing came yet.
  private let shares: UnsafeMutablePointer<UInt32>
  private let memory: AnonymousMemory
  /// Seven bytes of each row above, the nearest row first; the fourth byte stands above the next one.
  private let windows: UnsafeMutablePointer<UInt64>
  /// Dots of this row so far, the last one lowest.
  private var row: UInt64 = 0
  /// Where the next dot stands in windows.
  private var column = 0
  /// Which shares are in use.
  private let places: UnsafeMutablePointer<Int>
  /// Whether the next byte is taken for dots of a picture.
  private var isUsed = false

  private static let tableBits = 18
  /// Of a template.
  static let tableBytes = 4 << tableBits
  /// Bytes of a window left and right of the middle one.
  private static let reach = 3

  /// - Throws: `methodFailed` when there is no memory.
  init(_ templates: [DotTemplate]) throws(BPBError) {
    let memory = try AnonymousMemory(bytes: max(templates.count, 1) * Self.tableBytes)
    shares = memory.base.assumingMemoryBound(to: UInt32.self)
    self.memory = memory
    count = templates.count
    readers = .allocate(capacity: count)
    readers.initialize(from: templates.map(Self.reader), count: count)
    windows = .allocate(capacity: DotTemplate.mostRows)
    windows.initialize(repeating: 0, count: DotTemplate.mostRows)
    places = .allocate(capacity: count)
    places.initialize(repeating: 0, count: count)
  }

  deinit {
    readers.deallocate()
    windows.deallocate()
    places.deallocate()
  }

  var memoryBytes: Int { memory.byteCount }
  var inputs: Int { count &* Self.inputsOfTemplate }

  private static func reader(_ template: DotTemplate) -> Reader {
    var reader = Reader(
      left: 1 << UInt64(template.left) - 1, rows: InlineArray(repeating: (count: 0, right: 0)))
    for (row, span) in template.above.enumerated() {
      reader.rows[row] = (count: UInt64(span.count), right: span.right)
    }
    return reader
  }

  /// Takes up the rows above the next byte.
  ///
  /// - Parameters:
  ///   - end: bytes of the text so far.
  ///   - length: bytes of a row; nil where there are none.
  mutating func describe(_ ring: borrowing TextRing, _ end: Int, row length: Int?) {
    isUsed = false
    guard count > 0, let length else { return }
    isUsed = true
    for above in 1...DotTemplate.mostRows {
      var window: UInt64 = 0
      for ahead in -Self.reach...Self.reach {
        let back = above &* length &- ahead
        window = window &<< 8 | (back > 0 && back <= end ? UInt64(ring[end &- back]) : 0)
      }
      windows[above &- 1] = window
    }
  }

  /// Takes up a decision of the byte.
  ///
  /// - Returns: sixteen dots around the next one, four of this row, seven and five of those above; nil without a picture.
  @inline(__always)
  mutating func advance(_ bits: Int, _ shift: Int, _ bytes: UInt64) -> Int? {
    guard isUsed else { return nil }
    let done = UInt64(7 &- shift)
    row = bytes &<< done | UInt64(bits) & (1 &<< done &- 1)
    column = 8 &* Self.reach &+ shift
    let nearest = windows[0] &>> UInt64(column &- 3) & 127
    let second = windows[1] &>> UInt64(column &- 2) & 31
    return Int((row & 15) &<< 12 | nearest &<< 5 | second)
  }

  @inline(__always)
  func predict(
    _ stretch: UnsafeMutablePointer<Int16>, into x: UnsafeMutablePointer<Int16>
  ) {
    guard isUsed else {
      x.update(repeating: 0, count: inputs)
      return
    }
    for template in 0..<count {
      let hash = Int(ContextHash.mix(neighbours(template)) &>> UInt64(64 &- Self.tableBits))
      let place = template &<< Self.tableBits | hash
      places[template] = place
      if shares[place] == 0 { shares[place] = LearnedShare.fresh(2_097_152) }
      let share = LearnedShare.of4096(shares[place])
      x[2 &* template] = stretch[share]
      x[2 &* template &+ 1] = Int16(truncatingIfNeeded: (share &- 2048) &>> 1)
    }
  }

  @inline(__always)
  private func neighbours(_ template: Int) -> UInt64 {
    var context = row & readers[template].left
    for above in 0..<DotTemplate.mostRows {
      let (count, right) = readers[template].rows[above]
      let dots = windows[above] &>> UInt64(column &- right) & (1 &<< count &- 1)
      context = context &<< count | dots
    }
    return context
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ rates: UnsafeMutablePointer<Int32>) {
    guard isUsed else { return }
    for template in 0..<count {
      LearnedShare.learn(shares + places[template], bit, limit: 1023, rates)
    }
  }
}
