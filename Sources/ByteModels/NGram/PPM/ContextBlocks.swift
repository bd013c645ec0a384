/// The blocks of a PPM tree: a unit is a context or two of its entries. The sizes grow by a quarter or so, so
/// that a growing context moves only now and then. Offsets count bytes, as those into the text do.
enum ContextBlocks: BlockSizes {
  static var unitBytes: Int { 12 }
  static var offsetBytes: Int { 1 }
  /// The most units of one block: entries for all 256 symbols.
  static var mostUnits: Int { 128 }
  static var units: [Int] {
    [1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24] + Array(stride(from: 28, through: mostUnits, by: 4))
  }
}
