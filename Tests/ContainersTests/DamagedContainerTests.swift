import BPBCore
import Containers
import Testing
import _TestSupport

@Suite struct DamagedContainerTests {
  private let bytes = Array("to be or not to be, that is the question".utf8)

  @Test(arguments: ["store", "counting"])
  func truncationIsFoundAtEveryOffset(method: String) throws {
    let file = try pack(bytes, with: TestMethods.find(method))
    for length in file.indices {
      let error = complaint(about: Array(file[..<length]))
      #expect(error?.code == .badData, "cut to \(length) bytes")
      #expect(throws: BPBError.self) { try inspect(Array(file[..<length])) }
    }
  }

  @Test(arguments: ["store", "counting"])
  func everyFlippedBitIsFound(method: String) throws {
    let file = try pack(bytes, with: TestMethods.find(method))
    let headerSize = try inspect(file).size
    for offset in file.indices {
      for bit in 0..<8 {
        var damaged = file
        damaged[offset] ^= 1 << bit
        // The last bytes of a range coder may be of no consequence; nothing else may.
        let isHarmless = offset >= headerSize && (try? unpack(damaged)) == bytes
        #expect(
          isHarmless || complaint(about: damaged)?.code == .badData, "bit \(bit) of \(offset)")
        #expect(!(method == "store" && isHarmless))
      }
    }
  }

  @Test func extraBytesAreFound() throws {
    let file = try pack(bytes, with: TestMethods.store)
    #expect(complaint(about: file + [0])?.problem == "the file goes on after its end")
    #expect(throws: BPBError.self) { try inspect(file + [0]) }
  }

  @Test(arguments: [1 << 60, UInt64.max, 1 << 63, 41])
  func lengthsThatLieAreFound(length: UInt64) {
    var lying = HandmadeFile(storing: bytes)
    lying.byteCount = length
    #expect(complaint(about: lying.bytes)?.code == .badData)
    lying = HandmadeFile(storing: bytes)
    lying.codedByteCount = length
    #expect(complaint(about: lying.bytes)?.code == .badData)
  }

  @Test func outputIsHeldToTheLengthAnnounced() {
    var bomb = HandmadeFile(storing: bytes)
    bomb.method = Array("inflating".utf8)
    bomb.byteCount = 1500
    let error = complaint(about: bomb.bytes)
    #expect(error?.description.contains("more than the 1500 bytes announced") == true)
  }

  @Test func otherContentsAreFound() {
    var other = HandmadeFile(storing: bytes)
    other.checksum[7] ^= 1
    #expect(complaint(about: other.bytes)?.problem.contains("checksum differs") == true)
  }

  @Test func errorsOfTheSinkPassUnchanged() throws {
    var rest = try pack(bytes, with: TestMethods.store)[...]
    let full = BPBError(.inputOutput, "no space left")
    #expect(throws: full) {
      try Container.read(
        from: { count throws(BPBError) in
          defer { rest = rest.dropFirst(count) }
          return Array(rest.prefix(count))
        }, method: TestMethods.find
      ) { _ throws(BPBError) in throw full }
    }
  }
}
