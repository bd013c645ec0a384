import BPBCore
import Testing

@testable import ByteModels

/// Blocks never overlap, come back, and run out politely, whatever their sizes are.
@Suite struct BlockArenaTests {
  @Test func blocksDoNotOverlapAndReturn() throws {
    try checkBlocks(DishBlocks.self, start: 2, end: 4096)
    try checkBlocks(ContextBlocks.self, start: 12, end: 16384)
  }

  /// Takes blocks and gives them back at random, some thousand times more than there is memory for.
  private func checkBlocks<Sizes: BlockSizes>(
    _ sizes: Sizes.Type, start: UInt32, end: UInt32
  ) throws {
    let memory = try AnonymousMemory(bytes: Int(end) * Sizes.offsetBytes)
    var arena = BlockArena<Sizes>(base: memory.base, start: start, end: end)
    var owner = [Int?](repeating: nil, count: Int(end))
    var live: [(block: UInt32, units: Int)] = []
    var refused = 0
    var state: UInt32 = 1
    for step in 0..<20_000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      let units = 1 + Int(state >> 8) % Sizes.units.last!
      if state >> 31 == 0 {
        let block = arena.allocate(units: units)
        guard block != 0 else {
          refused += 1
          continue
        }
        for i in places(of: block, units, sizes) {
          #expect(owner[i] == nil, "place \(i) belongs to two blocks at step \(step)")
          owner[i] = step
        }
        #expect(block >= start)
        live.append((block, units))
      } else if !live.isEmpty {
        let (block, units) = live.remove(at: Int(state >> 4) % live.count)
        for i in places(of: block, units, sizes) { owner[i] = nil }
        arena.release(block, units: units)
      }
    }
    #expect(!live.isEmpty)
    #expect(refused > 0)
  }

  /// What a block takes up, in steps of offsets.
  private func places<Sizes: BlockSizes>(
    of block: UInt32, _ units: Int, _ sizes: Sizes.Type
  ) -> Range<Int> {
    let size = Sizes.units.first { $0 >= units }!
    return Int(block)..<Int(block) + size * Sizes.unitBytes / Sizes.offsetBytes
  }

  @Test func aFullArenaSaysSoAndSplitsWhatIsGivenBack() throws {
    let memory = try AnonymousMemory(bytes: 2048)
    var arena = BlockArena<DishBlocks>(base: memory.base, start: 2, end: 512)
    let block = arena.allocate(units: 256)
    #expect(block != 0)
    while arena.allocate(units: 1) != 0 {}
    let another = arena.allocate(units: 256)
    #expect(another == 0)
    arena.release(block, units: 256)
    var small = 0
    while arena.allocate(units: 1) != 0 { small += 1 }
    #expect(small == 128)
  }

  @Test func aResetGivesEverythingBack() throws {
    let memory = try AnonymousMemory(bytes: 8192)
    var arena = BlockArena<ContextBlocks>(base: memory.base, start: 4092, end: 8192)
    let first = arena.allocate(units: 128)
    let second = arena.allocate(units: 5)
    #expect(second == first + 128 * 12)
    #expect(arena.usedBytes == (128 + 6) * 12)
    arena.release(second, units: 5)
    arena.reset()
    #expect(arena.usedBytes == 0)
    let again = arena.allocate(units: 5)
    #expect(again == 4092)
  }

  @Test func sizesAreThoseOfTheSmallestClassThatFits() throws {
    let memory = try AnonymousMemory(bytes: 4096)
    let arena = BlockArena<DishBlocks>(base: memory.base, start: 2, end: 512)
    for units in 1..<256 {
      let isStep = DishBlocks.units.contains(units)
      #expect(arena.isSameSize(units, units + 1) == !isStep, "\(units) units")
    }
  }
}
