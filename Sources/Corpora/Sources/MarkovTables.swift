import BPBCore

/// What a Markov source is emitted and measured by: its rows, and where each cell leads.
struct MarkovTables: Sendable {
  let rows: WeightedRows
  /// The byte that each cell emits.
  let bytes: [UInt8]
  /// The context that each cell leads to.
  let successors: [UInt32]
  /// The place of each byte in the alphabet; -1 for bytes that the source cannot emit.
  let places: [Int16]

  init(_ source: MarkovSource) {
    let symbols = source.alphabet.count
    let cells = source.weights.indices
    rows = WeightedRows(source.weights, length: symbols)
    bytes = cells.map { source.alphabet[$0 % symbols] }
    successors = cells.map { UInt32(source.successor(of: $0 / symbols, $0 % symbols)) }
    places = Self.places(in: source.alphabet)
  }

  /// -log2 p of each cell.
  var costs: [Double] { bytes.indices.map { -PortableMath.log2(rows.probability(of: $0)) } }

  static func places(in alphabet: [UInt8]) -> [Int16] {
    (UInt8.min ... .max).map { byte in Int16(alphabet.firstIndex(of: byte) ?? -1) }
  }

  struct Emitter: SourceEmitter {
    let tables: MarkovTables
    var generator: SeededGenerator
    var context = 0

    mutating func emit(_ count: Int, into bytes: inout [UInt8]) {
      for _ in 0..<count {
        let cell = tables.rows.draw(row: context, from: &generator)
        bytes.append(tables.bytes[cell])
        context = Int(tables.successors[cell])
      }
    }
  }

  struct Meter: SourceMeter {
    let tables: MarkovTables
    /// Those of the tables.
    let costs: [Double]
    var context = 0
    var bits = 0.0

    mutating func add(_ bytes: Span<UInt8>) {
      var sum = 0.0
      for index in bytes.indices {
        let place = tables.places[Int(bytes[index])]
        guard place >= 0 else {
          bits = .infinity
          return
        }
        let cell = context * tables.rows.length + Int(place)
        sum += costs[cell]
        context = Int(tables.successors[cell])
      }
      bits += sum
    }
  }
}
