import Testing

@testable import ByteModels

/// Blocks never overlap, come back, and run out politely.
@Suite struct BlockArenaTests {
  @Test func blocksDoNotOverlapAndReturn() throws {
    var arena = try BlockArena(wordCount: 4096)
    var owner = [Int?](repeating: nil, count: 4096)
    var live: [(block: UInt32, sizeClass: Int)] = []
    var state: UInt32 = 1
    for step in 0..<20_000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      let sizeClass = Int(state >> 8) % BlockArena.capacities.count
      if state >> 31 == 0, let block = arena.allocate(sizeClass) {
        for i in Int(block)..<Int(block) + BlockArena.capacities[sizeClass] {
          #expect(owner[i] == nil, "word \(i) belongs to two blocks at step \(step)")
          owner[i] = step
        }
        live.append((block, sizeClass))
      } else if !live.isEmpty {
        let (block, sizeClass) = live.remove(at: Int(state >> 4) % live.count)
        for i in Int(block)..<Int(block) + BlockArena.capacities[sizeClass] { owner[i] = nil }
        arena.free(block, sizeClass)
      }
    }
    #expect(!live.isEmpty)
  }

  @Test func aFullArenaSaysSoAndSplitsWhatIsGivenBack() throws {
    var arena = try BlockArena(wordCount: 512)
    let largest = BlockArena.capacities.count - 1
    let allocated = arena.allocate(largest)
    let block = try #require(allocated)
    while arena.allocate(0) != nil {}
    let another = arena.allocate(largest)
    #expect(another == nil)
    arena.free(block, largest)
    var small = 0
    while arena.allocate(0) != nil { small += 1 }
    #expect(small == 128)
  }

  @Test func theSmallestClassThatFitsIsChosen() throws {
    let arena = try BlockArena(wordCount: 512)
    for count in 1...256 {
      let sizeClass = arena.sizeClass(for: count)
      #expect(BlockArena.capacities[sizeClass] >= count)
      #expect(sizeClass == 0 || BlockArena.capacities[sizeClass - 1] < count)
    }
  }
}
