import BPBCore
import ByteModels
import Testing

@testable import NeuralModels

/// A network that learns from a text on the way, in the company of a mix.
@Suite struct ReplayNetworkTests {
  private static let table = MethodTable(
    families: ModelFamilies.families(guests: NeuralFamilies.guests))

  /// All frequencies along a text, with the bytes that they are for.
  private func expectations(
    _ architecture: String, _ text: [UInt8], kernels: Kernels = .best, threads: Int = 1
  ) throws -> [[UInt32]] {
    let shape = ReplayShape(
      architecture: try Architecture(parsing: architecture), readers: 4, segment: 8, rate: 0.01)
    let network = ReplayNetwork(
      shape, byteCount: text.count, kernels: kernels, team: ThreadTeam(threads: threads))
    return text.map { byte in
      let next = Array(unsafeUninitializedCapacity: 256) { buffer, count in
        network.expect(buffer.baseAddress!)
        count = 256
      }
      network.advance(past: byte)
      return next
    }
  }

  @Test(arguments: OnlineCodecTests.architectures) func itLearns(architecture: String) throws {
    let text = Array("what was is what will be; ".utf8)
    let all = Array((0..<40).map { _ in text }.joined())
    let expectations = try expectations(architecture, all)
    for next in expectations {
      #expect(next.allSatisfy { $0 >= 1 } && next.reduce(0, +) <= 1 << 24)
    }
    func rightly(_ range: Range<Int>) -> Double {
      range.reduce(0) { sum, place in
        let next = expectations[place]
        return sum + Double(next[Int(all[place])]) / Double(next.reduce(0, +))
      } / Double(range.count)
    }
    #expect(rightly(0..<26) < 0.1)
    #expect(rightly(all.count - 104..<all.count) > 0.2)
  }

  @Test(arguments: OnlineCodecTests.architectures)
  func threadsAndInstructionSetsChangeNoBit(architecture: String) throws {
    let text = Array(TrainerTests.text.prefix(200))
    let one = try expectations(architecture, text)
    #expect(try expectations(architecture, text, threads: 2) == one)
    for kernels in Kernels.allNames.compactMap(Kernels.init(named:)) {
      #expect(try expectations(architecture, text, kernels: kernels) == one, "\(kernels.name)")
    }
  }

  /// What a decoder is told that it takes: much is read at once and little of the network is weights.
  @Test(arguments: OnlineCodecTests.architectures)
  func itTakesWhatItSays(architecture: String) throws {
    let shape = ReplayShape(
      architecture: try Architecture(parsing: architecture), readers: 32, segment: 8, rate: 0.01)
    let network = ReplayNetwork(
      shape, byteCount: 100, kernels: .best, team: ThreadTeam(threads: 1))
    #expect(network.memoryBytes <= shape.memoryBytes)
    #expect(shape.memoryBytes < network.memoryBytes * 5 / 4)
  }

  @Test(arguments: OnlineCodecTests.architectures)
  func aMixWithANetworkIsACoder(architecture: String) throws {
    let name = "mix:fast:memory=1MiB:neural=[\(architecture):readers=2:segment=8]"
    let method = try Self.table.method(named: name)
    let alone = try Self.table.method(named: "mix:fast:memory=1MiB")
    for count in [0, 1, 7, 8, 9, 300] {
      let text = Array(TrainerTests.text.prefix(count))
      let coded = try coded(text, method)
      #expect(try decoded(coded[...], method) == text, "\(count) bytes")
      if count == 300 {
        #expect(try coded != self.coded(text, alone))
        for end in stride(from: 0, to: coded.count, by: 7) {
          #expect((try? decoded(coded[..<end], method)) != text)
        }
      }
    }
    #expect(method.parameterCount == (try Architecture(parsing: architecture)).parameterCount)
  }

  private func coded(_ text: [UInt8], _ method: Method) throws -> [UInt8] {
    try method.codec.encode(text.span)
  }

  private func decoded(_ coded: ArraySlice<UInt8>, _ method: Method) throws -> [UInt8] {
    let bytes = Array(coded)
    return try method.codec.decode(bytes.span, limit: 1 << 20)
  }

  @Test func whatCannotBeIsSaid() throws {
    for (network, sentence) in [
      ("gruu", "no such kind of network"), ("gru:readers=0", "readers"),
      ("gru:speed=9", "speed"), ("model", "says no file"), ("model:file:stride=8", "stride"),
      ("transformer:context=16:segment=32", "its context is 16"),
    ] {
      let error = #expect(throws: BPBError.self) {
        try Self.table.method(named: "mix:neural=[\(network)]")
      }
      #expect(error?.code == .usage && "\(error!)".contains(sentence), "\(network)")
    }
  }
}
