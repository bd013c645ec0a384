public import ByteModels

/// A coder that notes every decision: what was coded, and how likely it was held.
public struct RecordingCoder: SymbolCoder, ~Copyable {
  /// Value and frequency of each decision.
  public private(set) var decisions: [Decision] = []
  private var length = IdealLength()

  /// One decision: the value that was coded, its share, and of what.
  public struct Decision: Equatable {
    public var value: Int
    public var share: UInt32
    public var total: UInt32
  }

  /// A coder that has seen nothing.
  public init() {}

  /// The ideal length so far, in bits.
  public var bits: Double { length.bits }

  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    let share = bit != 0 ? probability : 65536 - probability
    decisions.append(Decision(value: Int(bit), share: share, total: 65536))
    return length.code(bit: bit, probability: probability)
  }

  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    decisions.append(Decision(value: Int(byte), share: next[byte], total: ByteDistribution.total))
    return length.code(byte: byte, under: next)
  }

  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    decisions.append(Decision(value: index, share: frequencies[index], total: total))
    return length.code(index: index, among: frequencies, total: total)
  }

  public static var decodes: Bool { false }
  public mutating func target(total: UInt32) -> UInt32 { 0 }

  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    decisions.append(Decision(value: Int(below), share: frequency, total: total))
    length.narrow(below: below, frequency: frequency, total: total)
  }
}

/// A decoder of what a `RecordingCoder` noted: like a real one it does not look at what it is given.
public struct ReplayingCoder: SymbolCoder, ~Copyable {
  private let decisions: [RecordingCoder.Decision]
  private var position = 0
  /// Whether every decision was asked for as it was noted.
  public private(set) var agrees = true

  /// A decoder that begins with the first of `decisions`.
  public init(_ decisions: [RecordingCoder.Decision]) { self.decisions = decisions }

  /// Whether all decisions were replayed.
  public var isAtEnd: Bool { position == decisions.count }
  public var isExhausted: Bool { position > decisions.count }

  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    let value = next(total: 65536) { $0 != 0 ? probability : 65536 - probability }
    return UInt32(min(value, 1))
  }

  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    let value = decisions.indices.contains(position) ? decisions[position].value & 0xFF : 0
    let share = next[UInt8(value)]
    return UInt8(self.next(total: ByteDistribution.total) { _ in share } & 0xFF)
  }

  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    let value = decisions.indices.contains(position) ? decisions[position].value : 0
    let inside = min(max(value, 0), frequencies.count - 1)
    let share = frequencies[inside]
    _ = next(total: total) { _ in share }
    return inside
  }

  public static var decodes: Bool { true }

  public mutating func target(total: UInt32) -> UInt32 {
    let value = decisions.indices.contains(position) ? decisions[position].value : 0
    return UInt32(clamping: min(value, Int(total) - 1))
  }

  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    _ = next(total: total) { _ in frequency }
  }

  private mutating func next(total: UInt32, _ share: (Int) -> UInt32) -> Int {
    defer { position += 1 }
    guard decisions.indices.contains(position) else {
      agrees = false
      return 0
    }
    let noted = decisions[position]
    if noted.total != total || noted.share != share(noted.value) { agrees = false }
    return noted.value
  }
}
