/// The blocks of the restaurants' dishes: a unit is a dish, and what is too much is at most a third of the
/// block. Offsets count words.
enum DishBlocks: BlockSizes {
  static var unitBytes: Int { 4 }
  static var offsetBytes: Int { 4 }
  static var units: [Int] { [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256] }
}
