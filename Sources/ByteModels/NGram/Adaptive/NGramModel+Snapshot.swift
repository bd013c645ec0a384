public import BPBCore

extension NGramModel: FreezableModel {
  public static var precision: String {
    "every decision's visits in 8 bits and how many of them were ones, a whole number"
  }

  public borrowing func frozen<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> Self {
    let own = UInt32(table.pairs.count.trailingZeroBitCount)
    let pairsLog2 = try NGram.passTableSize(own, memory: memoryLimit, with: &coder)
    let copy = try Self(memory: memoryLimit, pairs: 1 << pairsLog2)
    var snapshot = NGramSnapshot(order: order, from: tablesToRead, to: copy.tablesToRead)
    snapshot.pass(through: &coder)
    return copy
  }

  private var tablesToRead: NGramTables { NGramTables(direct: direct, pairs: table.pairs) }
}

extension NGram {
  /// Passes log2 of the number of pairs.
  ///
  /// - Throws: `badData` if there are more than `memory` holds.
  static func passTableSize<C: SymbolCoder & ~Copyable>(
    _ pairsLog2: UInt32, memory: Int, with coder: inout C
  ) throws(BPBError) -> Int {
    var coded: UInt32 = 0
    for shift in UInt32(0)..<6 {
      coded |= coder.code(bit: pairsLog2 >> shift & 1, probability: evenOdds) << shift
    }
    guard coded >= 1, coded < 48, 1 << Int(coded) <= mostPairs(memory: memory) else {
      throw BPBError(
        .badData, "the snapshot's table does not fit \(ByteSize.exact(memory))",
        advice: "restore it with the method that wrote it")
    }
    return Int(coded)
  }
}
