/// Goes along a text in a model: knows the longest context that the model has of what came, up to one byte
/// less than the order.
///
/// The contexts are the states of an automaton: coding a byte that is found among the children of the present
/// one leads there at once, and where it is not found the link to the context without its first byte is gone.
struct KneserNeyWalker {
  private let levels: UnsafeMutablePointer<KneserNeyTables.Level>
  private let bytes: UnsafeMutablePointer<Double>
  private let order: Int
  /// The context's length, and where it is in its level.
  private var length = 0
  private var index = 0

  /// At the beginning of a stream.
  init(_ tables: KneserNeyTables) {
    levels = tables.levels
    bytes = tables.bytes
    order = tables.order
  }

  /// Goes past `byte`.
  ///
  /// - Returns: the probability that it had.
  @inline(__always)
  mutating func step(_ byte: UInt8) -> Double {
    var weight = 1.0
    while length > 0 {
      let context = levels[length &- 1]
      let level = levels[length]
      if let child = level.records.find(byte, in: context.children(index)) {
        let probability = level.probability(child) * weight
        if length &+ 1 < order {
          length &+= 1
          index = child
        } else {
          index = level.records.link(child)
        }
        return probability
      }
      weight *= context.backoff(index)
      length &-= 1
      index = length > 0 ? context.records.link(index) : 0
    }
    if order > 1 {
      length = 1
      index = Int(byte)
    }
    return bytes[Int(byte)] * weight
  }

  /// Gives `body` every byte once with the probability that `step` would return for it.
  @inline(__always)
  func visitAll(_ body: (UInt8, Double) -> Void) {
    var seen = SIMD4<UInt64>(repeating: 0)
    var (length, index) = (length, index)
    var weight = 1.0
    while length > 0 {
      let (context, level) = (levels[length &- 1], levels[length])
      for child in context.children(index) {
        let byte = level.records.byte(child)
        let bit: UInt64 = 1 &<< UInt64(byte & 63)
        if seen[Int(byte &>> 6)] & bit != 0 { continue }
        seen[Int(byte &>> 6)] |= bit
        body(byte, level.probability(child) * weight)
      }
      weight *= context.backoff(index)
      length &-= 1
      index = length > 0 ? context.records.link(index) : 0
    }
    for byte in UInt8.min ... .max where seen[Int(byte &>> 6)] &>> UInt64(byte & 63) & 1 == 0 {
      body(byte, bytes[Int(byte)] * weight)
    }
  }
}
