import Testing

@testable import ByteModels

@Suite struct HashedLinesTests {
  /// Hashes that differ in all bits.
  private static let hashes = (0..<100_000).map { ContextHash.mix(UInt64($0)) }

  /// Sizes need not be powers of two: every line is used, and none beyond them.
  @Test(arguments: [0, 4096, 5 * 4096, 100 * 4096 + 4095])
  func everyLineIsUsed(bytes: Int) throws {
    let lines = try HashedLines(bytes: bytes)
    #expect(lines.memoryBytes == max(bytes / 4096, 1) * 4096)
    let first = Self.hashes.map { Int(bitPattern: lines.line($0)) }.min()!
    let places = Set(Self.hashes.map { Int(bitPattern: lines.line($0)) - first })
    let expected = stride(from: 0, to: lines.memoryBytes, by: HashedLines.lineBytes)
    // Sets are long to print.
    let isEvery = places == Set(expected)
    #expect(isEvery)
  }

  @Test func secondNibblesAreOnThePageOfTheFirst() throws {
    let lines = try HashedLines(bytes: 100 * 4096)
    func page(_ hash: UInt64) -> Int { Int(bitPattern: lines.line(hash)) / 4096 }
    let hashes = Self.hashes.prefix(1000)
    var others = 0
    for hash in hashes {
      for bits in 8..<16 {
        let second = HashedLines.second(hash, bits)
        #expect(page(second) == page(hash))
        others += lines.line(second) == lines.line(hash) ? 0 : 1
        // The fourth bit changes what a tenant is known by, not the line.
        let known = HashedLines.known(second, fourth: 1)
        #expect(lines.line(known) == lines.line(second) && known & 0xFF != second & 0xFF)
      }
    }
    // One of 64 lines is the same by chance.
    #expect(others > hashes.count * 8 * 62 / 64)
  }
}

@Suite struct ContextLinesTests {
  /// Hashes of one line that are known apart.
  private static func tenants(_ count: Int) -> [UInt64] { (1...count).map { UInt64($0) } }

  @Test func fourTenantsOfALineAreKept() throws {
    let lines = try ContextLines(bytes: 0)
    let tenants = Self.tenants(4)
    for tenant in tenants {
      let slot = lines.slot(tenant)
      for place in 1...15 { slot[place] = UInt8(tenant) * 16 + UInt8(place) }
    }
    for tenant in tenants {
      let slot = lines.slot(tenant)
      for place in 1...15 { #expect(slot[place] == UInt8(tenant) * 16 + UInt8(place)) }
    }
  }

  @Test(arguments: 0..<4)
  func theOneMetLeastYields(least: Int) throws {
    let lines = try ContextLines(bytes: 0)
    let tenants = Self.tenants(5)
    for (index, tenant) in tenants.prefix(4).enumerated() {
      let slot = lines.slot(tenant)
      slot[1] = index == least ? 1 : 2
      slot[15] = 7
    }
    let fresh = lines.slot(tenants[4])
    #expect((1...15).allSatisfy { fresh[$0] == 0 })
    for (index, tenant) in tenants.prefix(4).enumerated() where index != least {
      #expect(lines.slot(tenant)[15] == 7)
    }
  }
}
