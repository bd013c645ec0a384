import BPBCore

/// A look at a model's body, which somebody else keeps: its contexts as the states of an automaton.
struct KneserNeyAutomaton {
  let layout: KneserNeyLayout
  let records: KneserNeyRecords
  /// The probability of each single byte.
  let bytes: UnsafeMutablePointer<Double>
  /// What codes stand for; nil where they are `ProbabilityCode`'s own.
  private let probabilities: UnsafeMutablePointer<Double>?
  private let backoffs: UnsafeMutablePointer<Double>?

  var order: Int { layout.order }
  /// Bytes allocated beside the body.
  var allocatedBytes: Int { 2048 + 4 * layout.tableBytes }

  /// - Throws: `badData` if the header does not fit the body. What else is in it is not looked at: see `check`.
  init(_ body: ModelBytes) throws(BPBError) {
    layout = try KneserNeyLayout(body.buffer)
    records = KneserNeyRecords(body.base, layout)
    let tables = body.base + KneserNeyLayout.headerBytes
    probabilities = Self.values(tables, layout)
    backoffs = Self.values(tables + layout.tableBytes, layout)
    bytes = .allocate(capacity: 256)
    for byte in 0..<256 {
      let word = records.word(1 + byte)
      (bytes + byte).initialize(to: Self.value(records.code(word), probabilities))
    }
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
    bytes.deallocate()
    probabilities?.deallocate()
    backoffs?.deallocate()
  }

  /// The probability that a child's record says.
  @inline(__always)
  func probability(_ word: UInt64) -> Double { Self.value(records.code(word), probabilities) }

  /// The backoff that a head says.
  @inline(__always)
  func backoff(_ head: UInt64) -> Double { Self.value(records.code(head), backoffs) }

  @inline(__always)
  private static func value(_ code: UInt32, _ values: UnsafeMutablePointer<Double>?) -> Double {
    guard let values else { return ProbabilityCode.probability(code) }
    return values[Int(code)]
  }
}
