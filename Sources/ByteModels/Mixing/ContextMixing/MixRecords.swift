import BPBCore

/// What stands above the next byte where bytes come in records or rows of one length, which is found as bytes come; and
/// whether the bytes are text at all.
///
/// A length is told by how far back pairs of bytes were met before (in the manner of PAQ8's models of records; M. Mahoney,
/// 2007): two that differ, as runs repeat at any distance. Short lengths and long ones have scores of their own, as a row
/// may consist of records.
struct MixRecords: ~Copyable {
  static let features: Set<MixFeature> = [
    .record, .recordBefore, .recordNext, .recordColumn, .row, .rowBefore, .rowNext, .rowLast,
    .rowColumn, .rowSlope, .rowBits, .rowBitsBefore, .rowThird,
    .rowFirstHalf, .rowSecondHalf, .sinceSame, .sincePair, .sinceZero,
  ]

  /// Where each pair was met last.
  private let pairs: UnsafeMutablePointer<UInt32>
  /// Where each byte was met last.
  private let bytes: UnsafeMutablePointer<UInt32>
  private var records = Lengths(2..<64, halved: 128)
  private var rows = Lengths(2..<8192, halved: 2048)
  /// How many of the last bytes are of no text, of 65536; a run counts once, as texts are padded with zeros too.
  private var strange = 0
  private var isData = false

  /// What a byte that is of no text moves `strange` by is a 256th of what is missing; where data and text begin.
  private static let (window, dataFrom, textFrom) = (8, 5000, 1000)

  /// The length of rows, where many pairs of bytes were met one row before; nil where rows are none, or too short for pictures.
  var sureRow: Int? {
    isData && rows.isSure && rows.best >= Self.shortestPicture ? rows.best : nil
  }

  /// Bytes of a row.
  private static let shortestPicture = 16

  init() {
    pairs = .allocate(capacity: 1 << 16)
    pairs.initialize(repeating: 0, count: 1 << 16)
    bytes = .allocate(capacity: 256)
    bytes.initialize(repeating: 0, count: 256)
  }

  deinit {
    pairs.deallocate()
    bytes.deallocate()
  }

  static let memoryBytes = 4 * (65536 + 256) + 2 * (64 + 8192)

  /// Takes in the last byte of `text`.
  ///
  /// - Returns: whether the next byte is taken for one of no text.
  mutating func advance(
    _ text: borrowing MixText, _ ring: borrowing TextRing, into features: borrowing MixFeatures
  ) -> Bool {
    let pair = Int(text.bytes & 0xFFFF)
    let position = UInt32(truncatingIfNeeded: text.position)
    if pair &>> 8 != pair & 0xFF {
      let distance = Int(position &- pairs[pair])
      records.note(distance)
      rows.note(distance)
      strange += ((Self.isOfNoText(pair & 0xFF) ? 65536 : 0) - strange) >> Self.window
    }
    features[.sincePair] = Self.octave(position &- pairs[pair])
    features[.sinceSame] = UInt64(min(position &- bytes[pair & 0xFF], 255))
    features[.sinceZero] = UInt64(min(position &- bytes[0], 255))
    pairs[pair] = position
    bytes[pair & 0xFF] = position
    isData = strange > (isData ? Self.textFrom : Self.dataFrom)
    if isData { write(text, ring, into: features) }
    return isData
  }

  /// Control characters, without those that terminals write too: bell, backspace, form feed, escape and the like.
  private static func isOfNoText(_ byte: Int) -> Bool {
    byte < 7 || byte == 127 || (14..<32 ~= byte && byte != 27)
  }

  private func write(
    _ text: borrowing MixText, _ ring: borrowing TextRing, into features: borrowing MixFeatures
  ) {
    let (end, record, row) = (text.position, records.best, rows.best)
    func byte(_ back: Int) -> UInt64 { back <= end ? UInt64(ring[end &- back]) : 0 }
    features[.record] = byte(record) | UInt64(record) &<< 8
    features[.recordBefore] = byte(2 &* record)
    features[.recordNext] = byte(record &- 1)
    features[.recordColumn] = UInt64(end % record | record &<< 16)
    features[.row] = byte(row)
    features[.rowBefore] = byte(2 &* row)
    features[.rowNext] = byte(row &- 1)
    features[.rowLast] = byte(row &+ 1)
    features[.rowColumn] = UInt64(end % row | row &<< 16)
    features[.rowSlope] = (byte(row) &+ byte(1) &- byte(row &+ 1)) & 0xFF
    writeBits(last: byte(1), above: { distance in byte(distance) }, into: features)
  }

  /// Features of pictures whose bytes are eight dots each.
  private func writeBits(
    last: UInt64, above byte: (Int) -> UInt64, into features: borrowing MixFeatures
  ) {
    let row = rows.best
    let (one, two, three) = (byte(row), byte(2 &* row), byte(3 &* row))
    /// A byte and three bits of each neighbour.
    func around(_ middle: UInt64, _ back: Int) -> UInt64 {
      middle | (byte(back &- 1) &>> 5) &<< 8 | (byte(back &+ 1) & 7) &<< 11
    }
    features[.rowBits] = around(one, row) | (last & 0xF) &<< 16
    features[.rowBitsBefore] = around(two, 2 &* row)
    features[.rowThird] = around(three, 3 &* row)
    let beforeFirst = (byte(row &+ 1) & 3) &<< 6 | (last & 0xF) &<< 8
    let aboveFirst = two &>> 3 | (byte(2 &* row &+ 1) & 1) &<< 5 | (three &>> 4) &<< 6
    features[.rowFirstHalf] = one &>> 2 | beforeFirst | aboveFirst &<< 12
    let afterSecond = (byte(row &- 1) &>> 6) &<< 6 | (last & 1) &<< 8
    let aboveSecond = two & 0x1F | (byte(2 &* row &- 1) &>> 7) &<< 5 | (three & 0xF) &<< 6
    features[.rowSecondHalf] = one & 0x3F | afterSecond | aboveSecond &<< 12
  }

  private static func octave(_ distance: UInt32) -> UInt64 {
    UInt64(32 - (distance | 1).leadingZeroBitCount)
  }
}

/// The length whose distances were met most often of late.
private struct Lengths: ~Copyable {
  private let lengths: Range<Int>
  private let scores: UnsafeMutablePointer<UInt16>
  private let period: Int
  private var events = 0
  private(set) var best: Int
  /// Distances noted, halved with the scores.
  private var noted = 0
  /// One distance of so many, and so many at least.
  private static let (shareOfSure, leastOfSure) = (48, 4)

  var isSure: Bool {
    let score = Int(scores[best])
    return score >= Self.leastOfSure && score &* Self.shareOfSure >= noted
  }

  /// - Parameter halved: scores count half after so many distances.
  init(_ lengths: Range<Int>, halved period: Int) {
    self.lengths = lengths
    self.period = period
    best = lengths.lowerBound
    scores = .allocate(capacity: lengths.upperBound)
    scores.initialize(repeating: 0, count: lengths.upperBound)
  }

  deinit { scores.deallocate() }

  mutating func note(_ distance: Int) {
    events &+= 1
    noted &+= 1
    if events == period { halve() }
    guard lengths ~= distance else { return }
    scores[distance] &+= 1
    // A little more, so that two that are alike do not take turns.
    let least = scores[best]
    if scores[distance] > least &+ least &>> 3 &+ 1 { best = distance }
  }

  private mutating func halve() {
    events = 0
    noted &>>= 1
    for length in lengths { scores[length] &>>= 1 }
  }
}
