import BPBCore
import ByteModels
import CKernels

/// Weights from contexts straight to the 256 outputs: a maximum-entropy model that learns by gradient (Rosenfeld,
/// 1996; Mikolov et al., 2011). Contexts are those of no byte to `orders` bytes, and of words.
///
/// Weights of contexts that are alike are summed up as one group; see `OutputMixer` for how groups are weighed.
final class DirectConnections {
  /// What a group has in common.
  private enum Group: CaseIterable {
    case dense, short, long, words
  }

  /// One table of sparse connections.
  private struct Table {
    var kind: Kind
    var group: Int
    var connections: SparseConnections
  }

  private enum Kind {
    case order(Int)
    case words(StreamContexts.Words)

    var group: Group {
      switch self {
      case .order(let order): order <= 4 ? .short : .long
      case .words: .words
      }
    }

    /// Its share of memory: longer contexts are more.
    var share: Double {
      switch self {
      case .order(let order): [3: 0.5, 4: 1, 5: 2, 6: 3][order] ?? 4
      case .words(.word): 2
      case .words(.skippedByte): 1
      case .words: 4
      }
    }
  }

  /// How well a place is known.
  struct Familiarity {
    /// Contexts of three bytes and more that were met before.
    var orders = 0
    /// Contexts of words that were met before.
    var words = 0
  }

  /// [order].
  private let dense: [DenseConnections]
  private let sparse: [Table]
  /// Sums that are told apart.
  let groupCount: Int
  /// [stream].
  private var contexts: [StreamContexts]
  /// What each table's context was when it was asked; [streams][tables].
  private let hashes: UnsafeMutablePointer<UInt64>

  /// Rates of a context's first step, by order; what is always there must not learn what the others can.
  private static let denseRates: [Float] = [0.18, 0.2, 0.3]
  private static let sparseRate: Float = 0.6
  /// The visits that a line can count.
  private static let steps = 4096

  /// Connections of contexts up to `orders` bytes in about `memory` bytes, for a text of `byteCount` bytes in `streams`
  /// streams; none for `orders` 0.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    orders: Int, memory: Int, byteCount: Int, streams: Int, kernels: Kernels
  ) throws(BPBError) {
    var dense: [DenseConnections] = []
    for order in 0..<(orders == 0 ? 0 : min(orders + 1, Self.denseRates.count)) {
      let rates = LearningRates(first: Self.denseRates[order], steps: Self.steps)
      dense.append(try DenseConnections(order: order, rates: rates, kernels: kernels))
    }
    self.dense = dense
    let kinds = Self.kinds(orders: orders)
    let groups = Group.allCases.filter { group in
      group == .dense ? orders > 0 : kinds.contains { $0.group == group }
    }
    groupCount = groups.count
    let shares = kinds.reduce(0) { $0 + $1.share }
    var sparse: [Table] = []
    for kind in kinds {
      let bytes = min(
        Int(Double(memory) * kind.share / shares), 2 * ConnectionLine.byteCount * byteCount)
      sparse.append(
        Table(
          kind: kind, group: groups.firstIndex(of: kind.group)!,
          connections: try SparseConnections(
            bytes: bytes, rates: LearningRates(first: Self.sparseRate, steps: Self.steps))))
    }
    self.sparse = sparse
    contexts = Array(repeating: StreamContexts(), count: streams)
    hashes = .allocate(capacity: streams * sparse.count)
    hashes.initialize(repeating: 0, count: streams * sparse.count)
  }

  deinit { hashes.deallocate() }

  var memoryBytes: Int {
    dense.reduce(0) { $0 + $1.memoryBytes } + sparse.reduce(0) { $0 + $1.connections.memoryBytes }
  }

  /// Tables, each of which learns by itself.
  var tableCount: Int { dense.count + sparse.count }

  private static func kinds(orders: Int) -> [Kind] {
    guard orders > 0 else { return [] }
    return (3..<max(orders + 1, 3)).map { .order($0) }
      + StreamContexts.Words.allCases.map { .words($0) }
  }

  /// The sums of each group for the next byte of a stream: `logits` [groupCount][256]. Streams may be asked at once.
  func sum(_ stream: Int, into logits: UnsafeMutablePointer<Float>) -> Familiarity {
    logits.update(repeating: 0, count: groupCount * 256)
    for order in dense.indices { dense[order].add(contexts[stream].row(order: order), to: logits) }
    var familiarity = Familiarity()
    for (index, table) in sparse.enumerated() {
      let hash = hash(table.kind, stream)
      hashes[stream * sparse.count + index] = hash
      guard table.connections.add(hash, to: logits + table.group * 256) else { continue }
      if table.kind.group == .words { familiarity.words += 1 } else { familiarity.orders += 1 }
    }
    return familiarity
  }

  private func hash(_ kind: Kind, _ stream: Int) -> UInt64 {
    switch kind {
    case .order(let order): contexts[stream].hash(order: order)
    case .words(let words): contexts[stream].hash(words)
    }
  }

  /// Moves a table's weights for what a stream was asked for last and turned out to be `byte`, against `gradient`, that of the
  /// logits. Tables may learn at once.
  func learn(table: Int, stream: Int, byte: UInt8, gradient: UnsafePointer<Float>) {
    if table < dense.count {
      dense[table].learn(contexts[stream].row(order: table), gradient: gradient)
    } else {
      let index = table - dense.count
      sparse[index].connections.learn(
        hashes[stream * sparse.count + index], byte: byte, gradient: gradient)
    }
  }

  /// Goes on to the next byte of a stream.
  func advance(_ stream: Int, past byte: UInt8) { contexts[stream].advance(past: byte) }
}
