import BPBCore

/// A look at a model's bytes, which somebody else keeps: the levels, and what their codes stand for.
struct KneserNeyTables {
  /// One level's records and values.
  struct Level {
    let records: PackedLevel
    /// What codes stand for; nil where they are `ProbabilityCode`'s own.
    let probabilities: UnsafeMutablePointer<Double>?
    let backoffs: UnsafeMutablePointer<Double>?

    @inline(__always)
    func probability(_ index: Int) -> Double { Self.value(records.code(index), probabilities) }

    @inline(__always)
    func backoff(_ index: Int) -> Double { Self.value(records.backoffCode(index), backoffs) }

    @inline(__always)
    func children(_ index: Int) -> Range<Int> {
      Range(uncheckedBounds: (records.firstChild(index), records.firstChild(index &+ 1)))
    }

    @inline(__always)
    private static func value(_ code: UInt32, _ values: UnsafeMutablePointer<Double>?) -> Double {
      guard let values else { return ProbabilityCode.probability(code) }
      return values[Int(code)]
    }
  }

  let order: Int
  let levels: UnsafeMutablePointer<Level>
  /// The probability of each single byte.
  let bytes: UnsafeMutablePointer<Double>
  /// Bytes allocated beside the body.
  let allocatedBytes: Int

  /// - Throws: `badData` if the header does not fit the body. What else is in it is not looked at: see `check`.
  init(_ body: ModelBytes) throws(BPBError) {
    let layout = try KneserNeyLayout(body.buffer)
    order = layout.order
    levels = .allocate(capacity: layout.order)
    for (index, shape) in layout.shapes.enumerated() {
      let offset = layout.tableOffset(index)
      let level = Level(
        records: PackedLevel(base: body.base + layout.levelOffset(index), shape: shape),
        probabilities: Self.values(body.base + offset, layout),
        backoffs: Self.values(body.base + offset + layout.tableBytes, layout))
      (levels + index).initialize(to: level)
    }
    bytes = .allocate(capacity: 256)
    for byte in 0..<256 { (bytes + byte).initialize(to: levels[0].probability(byte)) }
    allocatedBytes = 2048 + 4 * layout.order * layout.tableBytes
  }

  private static func values(
    _ table: UnsafeRawPointer, _ layout: KneserNeyLayout
  ) -> UnsafeMutablePointer<Double>? {
    guard layout.isQuantised else { return nil }
    let values = UnsafeMutablePointer<Double>.allocate(capacity: 1 << layout.codeBits)
    for code in 0..<1 << layout.codeBits {
      let word = UInt32(littleEndian: table.load(fromByteOffset: 4 * code, as: UInt32.self))
      let value = ProbabilityCode.probability(min(word, ProbabilityCode.largest))
      (values + code).initialize(to: value)
    }
    return values
  }

  func deallocate() {
    for index in 0..<order {
      levels[index].probabilities?.deallocate()
      levels[index].backoffs?.deallocate()
    }
    levels.deallocate()
    bytes.deallocate()
  }
}
