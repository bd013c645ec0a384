/// Context-tree weighting by its definition: the tree is written out, nothing is updated, nothing is
/// rounded but by `Double`. For short inputs.
///
/// Source: F. M. J. Willems, Y. M. Shtarkov, T. J. Tjalkens, "The context-tree weighting method: basic
/// properties" (1995), equations for P_e and P_w; a tree for each of the 255 decisions of a byte.
public struct ReferenceContextTree {
  private let bytes: [UInt8]
  private let depth: Int
  /// log2 of the products of i + 1/2 and of i + 1 for i below n.
  private var halves = [0.0]
  private var wholes = [0.0]

  /// Zeros come before the first byte.
  public init(_ bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
    for i in 0..<8 * bytes.count + 1 {
      halves.append(halves[i] + log2Reference(Double(i) + 0.5))
      wholes.append(wholes[i] + log2Reference(Double(i) + 1))
    }
  }

  /// -log2 of the weighted probability of all bytes.
  public var bits: Double {
    var visits = [[Visit]](repeating: [], count: 256)
    for (position, byte) in bytes.enumerated() {
      for place in 0..<8 {
        let decision = 1 << place | Int(byte) >> (8 - place)
        visits[decision].append(Visit(position: position, bit: Int(byte) >> (7 - place) & 1))
      }
    }
    return -visits.reduce(0) { $0 + weighted($1, length: 0) }
  }

  /// One time that a decision came up.
  private struct Visit {
    var position: Int
    var bit: Int
  }

  /// log2 P_w of the node that these visits share the last `length` bytes in.
  private func weighted(_ visits: [Visit], length: Int) -> Double {
    guard !visits.isEmpty else { return 0 }
    let ones = visits.reduce(0) { $0 + $1.bit }
    let own = halves[ones] + halves[visits.count - ones] - wholes[visits.count]
    guard length < depth else { return own }
    var product = 0.0
    var rest = visits
    while let first = rest.first {
      let isSibling = { (visit: Visit) in byte(visit, length) == byte(first, length) }
      product += weighted(rest.filter(isSibling), length: length + 1)
      rest.removeAll(where: isSibling)
    }
    let larger = max(own, product)
    return larger - 1 + log2Reference(1 + exp2(min(own, product) - larger))
  }

  /// The byte before the last `length` ones that a decision followed.
  private func byte(_ visit: Visit, _ length: Int) -> UInt8 {
    let position = visit.position - 1 - length
    return position < 0 ? 0 : bytes[position]
  }
}
