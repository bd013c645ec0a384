/// The M-algorithm: of all reconstructions up to a byte the best few go on, by bits + slope × errors.
///
/// Two that end in the same context will cost the same from there on, so only the better one is kept, as
/// in Viterbi's algorithm; what remains are truly different ways. Costs are whole numbers: the same search
/// everywhere.
struct BeamSearch {
  private struct Way {
    /// In parts of 2^16 of a bit.
    var cost: Int64
    var context: UInt64
    /// Its place among the ways one byte shorter.
    var parent: Int32
    var byte: UInt8
  }

  /// Bytes after which only the best way goes on, so that little is kept of the others.
  private static let segment = 1 << 14

  /// How much worse than the best a way may be beyond the price of an error, in parts of 2^16 of a bit: 6 bits.
  /// Measured: what is further behind hardly ever comes first.
  private static let patience: Int64 = 6 << 16

  private let width: Int
  private let slope: Int64
  private let costs: ContextCosts
  private let mask: UInt64
  private var ways: [Way]
  private var next: [Way] = []
  /// Of each byte of the segment the ways to it, and where they begin.
  private var trellis: [(parent: Int32, byte: UInt8)] = []
  private var starts: [Int] = []

  /// - Parameter slope: bits that an error is worth, at most a million count.
  init(width: Int, slope: Double, costs: ContextCosts) {
    self.width = width
    self.slope = Int64((min(slope, 1e6) * 65536).rounded())
    self.costs = costs
    mask = (1 << UInt64(8 * costs.reach)) - 1
    ways = [Way(cost: 0, context: 0, parent: 0, byte: 0)]
  }

  /// The best reconstruction that was found.
  mutating func reconstruction(of text: [UInt8]) -> [UInt8] {
    var reconstruction: [UInt8] = []
    for place in text.indices {
      extend(to: text[place], length: min(place, costs.reach))
      if starts.count == Self.segment || place == text.count - 1 {
        reconstruction += traced()
        ways = [ways[0]]
        trellis.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
      }
    }
    return reconstruction
  }

  /// Takes all ways on past a byte whose true value is `truth`.
  private mutating func extend(to truth: UInt8, length: Int) {
    next.removeAll(keepingCapacity: true)
    let limit = ways[0].cost &+ slope &+ Self.patience
    for parent in ways.indices {
      let way = ways[parent]
      if way.cost > limit { break }
      let bytes = costs.bytes(after: way.context, length: length, truth: truth)
      for place in 0..<bytes.count {
        let (byte, cost) = (bytes[place].byte, bytes[place].cost)
        insert(
          Way(
            cost: way.cost &+ Int64(cost) &+ (byte == truth ? 0 : slope),
            context: (way.context &<< 8 | UInt64(byte)) & mask, parent: Int32(parent), byte: byte))
      }
    }
    swap(&ways, &next)
    starts.append(trellis.count)
    for way in ways { trellis.append((way.parent, way.byte)) }
  }

  /// Keeps `way` in its place if it is among the best and the best to its context; of equal ones the earlier.
  @inline(__always)
  private mutating func insert(_ way: Way) {
    if next.count == width && way.cost >= next[width &- 1].cost { return }
    if let rival = next.firstIndex(where: { $0.context == way.context }) {
      if next[rival].cost <= way.cost { return }
      next.remove(at: rival)
    }
    if next.count == width { next.removeLast() }
    var place = next.count
    while place > 0 && next[place &- 1].cost > way.cost { place &-= 1 }
    next.insert(way, at: place)
  }

  /// The bytes of the best way through the segment.
  private func traced() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: starts.count)
    var way = 0
    for place in starts.indices.reversed() {
      let (parent, byte) = trellis[starts[place] + way]
      bytes[place] = byte
      way = Int(parent)
    }
    return bytes
  }
}
