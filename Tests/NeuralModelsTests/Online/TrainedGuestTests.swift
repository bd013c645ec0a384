import BPBCore
import ByteModels
import ModelFiles
import SystemPackage
import Testing
import _TestSupport

@testable import NeuralModels

/// A network that was trained before, in the company of a mix.
@Suite struct TrainedGuestTests {
  private static let table = MethodTable(
    families: ModelFamilies.families(guests: NeuralFamilies.guests))
  private static let text = Array(TrainerTests.text.prefix(300))
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// The file of a network that was not trained, and a mix that listens to it.
  private func guest(
    _ architecture: String, seed: UInt64 = 1, file name: String = "net.safetensors"
  ) throws -> (file: [UInt8], method: Method) {
    let weights = Weights(try Architecture(parsing: architecture))
    weights.initialise(seed: seed)
    let file = try NeuralModelFormatTests.file(weights)
    try directory.write(file, to: FilePath(name))
    return (file, try method(name))
  }

  private func method(_ file: String) throws -> Method {
    let network = "model:\"\(directory.path)/\(file)\""
    return try Self.table.method(named: "mix:fast:memory=1MiB:neural=[\(network)]")
  }

  @Test(arguments: OnlineCodecTests.architectures)
  func aMixWithATrainedNetworkIsACoder(architecture: String) throws {
    let (file, method) = try guest(architecture)
    #expect(method.modelBytes == file.count && method.needsSameVersion)
    #expect(method.parameterCount == (try Architecture(parsing: architecture)).parameterCount)
    let hash = try #require(method.modelHash)
    #expect(try #require(method.version).hasSuffix("sha256 \(hash.prefix(16))"))
    for count in [0, 1, 7, 300] {
      let text = Array(Self.text.prefix(count))
      let coded = try method.codec.encode(text.span)
      #expect(try method.codec.decode(coded.span, limit: 1 << 20) == text, "\(count) bytes")
    }
    // A canonical name is a name.
    #expect(try Self.table.method(named: method.name).name == method.name)
  }

  @Test func otherWeightsAreAnotherMethod() throws {
    let one = try guest("gru:width=8:embedding=8")
    let two = try guest("gru:width=8:embedding=8", seed: 2, file: "other.safetensors")
    #expect(one.method.version != two.method.version)
    let alone = try Self.table.method(named: "mix:fast:memory=1MiB")
    let coded = try [one.method, two.method, alone].map { try $0.codec.encode(Self.text.span) }
    #expect(Set(coded).count == 3)
  }

  /// What the network says is what it says when it codes alone.
  @Test func itForetellsWhatItForetellsAlone() throws {
    let weights = Weights(try Architecture(parsing: "gru:width=8:embedding=8"))
    weights.initialise(seed: 3)
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: .best)
    let (alone, guest) = (FrozenNetwork(weights), FrozenNetwork(weights))
    guest.startListening()
    let bits = Self.text.reduce(into: 0.0) { bits, byte in
      let next = Array(unsafeUninitializedCapacity: 256) { buffer, count in
        guest.expect(buffer.baseAddress!)
        count = 256
      }
      let share = Double(next[Int(byte)]) / Double(next.reduce(0, +))
      bits -= log2Reference(share)
      guest.advance(past: byte)
    }
    let score = alone.score(Self.text.span, blockSize: Self.text.count)[0]
    #expect(abs(bits - score) < 0.01)
  }

  @Test func whatIsNoNetworkIsRefused() throws {
    _ = try guest("gru:width=8:embedding=8", file: "good.safetensors")
    let good = try guest("gru:width=8:embedding=8", file: "good.safetensors").file
    try directory.write(Array(good.dropLast(8)), to: "short.safetensors")
    try directory.write(Array("BPBM".utf8) + good, to: "other")
    for (file, code) in [
      ("nothing", BPBError.Code.noInput), ("short.safetensors", .badData), ("other", .badData),
    ] {
      let error = #expect(throws: BPBError.self) { try method(file) }
      #expect(error?.code == code && "\(error!)".contains(file), "\(file)")
    }
  }
}
