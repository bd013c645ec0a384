import BPBCore
import ByteModels

/// Weights from contexts of one kind to the few outputs that each of them has led to.
///
/// A context has one cache line (`ConnectionLine`). Outputs that it never led to have the weight 0, so that nothing is kept
/// for them: ten million bytes of text have a million contexts of eight bytes, and a row of 256 outputs would take a kilobyte
/// for each.
///
/// To the weight of an output comes one that all contexts share which were met as often, led to as many outputs, and had
/// this one last, before last, or before that: so what a context met once is worth is learned from all others that were met
/// once, as escape estimation does in PPM (Shkarin, "PPM: one step to practicality", 2002).
final class SparseConnections {
  private let memory: AnonymousMemory
  /// Lines come in pairs; a context may be in either.
  private let pairs: Int
  private let rates: LearningRates
  /// [classes of lines][recent].
  private let shared: FloatBuffer

  private static let sharedRate: Float = 0.01
  /// Outputs, from the one that came last, whose weights have a shared part.
  private static let recent = 3

  /// Connections in about `bytes` bytes.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int, rates: LearningRates) throws(BPBError) {
    self.rates = rates
    pairs = max(bytes / (2 * ConnectionLine.byteCount), 1)
    memory = try AnonymousMemory(bytes: pairs * 2 * ConnectionLine.byteCount)
    shared = FloatBuffer(count: ConnectionLine.classes * Self.recent)
  }

  var memoryBytes: Int { memory.byteCount + shared.byteCount }

  /// Adds the weights of a context to `logits`, [256].
  /// - Returns: whether the context was met before.
  func add(_ context: UInt64, to logits: UnsafeMutablePointer<Float>) -> Bool {
    guard let line = find(context) else { return false }
    let common = shared.base + line.class * Self.recent
    for slot in 0..<line.used {
      let weight = line.weights[slot] + (slot < Self.recent ? common[slot] : 0)
      logits[Int(line.symbols[slot])] += weight
    }
    return true
  }

  /// Moves the weights of a context, after which `byte` came, against `gradient`, that of the logits.
  func learn(_ context: UInt64, byte: UInt8, gradient: UnsafePointer<Float>) {
    let line = find(context) ?? claim(context)
    let rate = rates[line.visits]
    let common = shared.base + line.class * Self.recent
    for slot in 0..<line.used {
      let slope = gradient[Int(line.symbols[slot])]
      line.weights[slot] -= rate * slope
      if slot < Self.recent { common[slot] -= Self.sharedRate * slope }
    }
    line.moveToFront(byte, orInsert: -rate * gradient[Int(byte)])
    line.countVisit(limit: rates.limit)
  }

  @inline(__always)
  private func pair(_ context: UInt64) -> (ConnectionLine, ConnectionLine) {
    let index = Int(context.multipliedFullWidth(by: UInt64(pairs)).high)
    let first = memory.base + index &* 2 &* ConnectionLine.byteCount
    return (ConnectionLine(base: first), ConnectionLine(base: first + ConnectionLine.byteCount))
  }

  @inline(__always)
  private func find(_ context: UInt64) -> ConnectionLine? {
    let (first, second) = pair(context)
    return first.holds(context) ? first : second.holds(context) ? second : nil
  }

  /// The line that a new context gets: of two, the one that was met less often. The other one counts for less from now on, so that
  /// nothing stays for ever.
  private func claim(_ context: UInt64) -> ConnectionLine {
    let (first, second) = pair(context)
    let isFirst = first.visits <= second.visits
    let (line, other) = isFirst ? (first, second) : (second, first)
    other.forgetVisit()
    line.clear(for: context)
    return line
  }
}
