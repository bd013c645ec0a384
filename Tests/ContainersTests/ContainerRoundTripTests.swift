import BPBCore
import Containers
import Testing
import _TestSupport

@Suite struct ContainerRoundTripTests {
  @Test(arguments: HostileInputs.all.map(\.name), ["store", "counting"])
  func decodesToWhatWasEncoded(input: String, method: String) throws {
    let bytes = HostileInputs.all.first { $0.name == input }!.bytes
    let file = try pack(bytes, with: TestMethods.find(method))
    #expect(try unpack(file) == bytes)
  }

  @Test func headerSaysWhatIsInside() throws {
    let bytes = Array("abc".utf8)
    let header = try inspect(pack(bytes, with: TestMethods.counting))
    #expect(header.method == "counting")
    #expect(header.methodVersion == "1.2")
    #expect(header.byteCount == 3)
    // The well-known beginning of SHA-256("abc").
    #expect(header.checksum == [0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA])
    #expect(try inspect(pack(bytes, with: TestMethods.store)).methodVersion == nil)
  }

  @Test func writerEqualsTheSpecification() throws {
    let bytes = SplitMix64.bytes(count: 3000, seed: 9)
    let file = try pack(bytes, with: TestMethods.store)
    #expect(file == HandmadeFile(storing: bytes).bytes)
    #expect(try inspect(file).size == file.count - bytes.count)
  }

  @Test func piecesAreBounded() throws {
    let bytes = [UInt8](repeating: 7, count: 300_000)
    var largest = 0
    let header = try Container.write(TestMethods.store, byteCount: bytes.count) {
      sink throws(BPBError) in
      try sink(bytes.span)
    } to: {
      largest = max(largest, $0.count)
    }
    #expect(header.codedByteCount == 300_000)
    #expect(largest == 65_536)
  }

  @Test(arguments: [2, 4])
  func inputOfAnotherLengthIsRefused(announced: Int) {
    let bytes = Array("abc".utf8)
    var written = 0
    #expect {
      try Container.write(TestMethods.store, byteCount: announced) { sink throws(BPBError) in
        try sink(bytes.span)
      } to: {
        written += $0.count
      }
    } throws: {
      ($0 as? BPBError)?.code == .inputOutput
    }
    #expect(written == 0)
  }

  @Test func nameThatDoesNotFitIsRefused() {
    let name = String(repeating: "n", count: 1025)
    #expect {
      try pack([1], with: TestMethods.method(name, TestMethods.store.codec, version: nil))
    } throws: {
      ($0 as? BPBError)?.code == .usage
    }
  }

  @Test func writingStopsWhenTheOutputFails() {
    let full = BPBError(.inputOutput, "no space left")
    #expect(throws: full) {
      try Container.write(TestMethods.store, byteCount: 0) { _ in
      } to: {
        _ throws(BPBError) in
        throw full
      }
    }
  }
}
