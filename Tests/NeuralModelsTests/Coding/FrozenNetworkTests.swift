import BPBCore
import NeuralModels
import Testing
import _TestSupport

@testable import NeuralModels

/// A network whose logits are a function of what it was fed since it was reset, and which insists on the
/// contract of `Network`.
final class RememberingNetwork: Network {
  let capacity: Int?
  private let time: Int
  private(set) var held: [UInt8] = []
  private(set) var resets = 0
  /// What it held when each byte but those shown again had been fed.
  private(set) var contexts: [[UInt8]] = []

  init(capacity: Int?, time: Int) {
    self.capacity = capacity
    self.time = time
  }

  var memoryBytes: Int { held.count }
  var carriedState: UnsafeMutableBufferPointer<Float> { .init(start: nil, count: 0) }

  func reset() {
    held = []
    resets += 1
  }

  func extend(
    by bytes: UnsafePointer<UInt8>, time: Int, logits: UnsafeMutablePointer<Float>?
  ) {
    precondition(time > 0 && time <= self.time, "no more than the network was made for")
    for t in 0..<time {
      held.append(bytes[t])
      precondition(held.count <= capacity ?? .max, "no more than the network holds")
      guard let logits else { continue }
      contexts.append(held)
      var generator = SplitMix64(seed: held.reduce(7) { $0 &* 31 &+ UInt64($1) })
      for byte in 0..<256 {
        logits[256 * t + byte] = Float(UInt32(truncatingIfNeeded: generator.next() >> 40)) * 0x1p-22
      }
    }
  }

  func learn(
    inputs: UnsafePointer<UInt8>, targets: UnsafePointer<UInt8>, gradientScale: Float,
    dropoutSeed: UInt64, gradient: UnsafeMutablePointer<Float>
  ) -> Double { 0 }
}

@Suite struct NetworkStreamTests {
  private static let text = (0..<100).map { UInt8($0) }

  private static func contexts(capacity: Int?, stride: Int?, pieces: Int) -> [[UInt8]] {
    let network = RememberingNetwork(capacity: capacity, time: 6)
    var stream = NetworkStream(network, time: 6, stride: stride)
    var logits = [Float](repeating: 0, count: 256 * text.count)
    for start in Swift.stride(from: 0, to: text.count, by: pieces) {
      text[start..<min(start + pieces, text.count)].withUnsafeBufferPointer { piece in
        logits.withUnsafeMutableBufferPointer { stream.extend(by: piece, logits: $0.baseAddress) }
      }
    }
    return network.contexts
  }

  @Test func aWindowIsFollowedByOneThatBeginsWithItsSecondHalf() {
    let contexts = Self.contexts(capacity: 16, stride: nil, pieces: 5)
    #expect(contexts.count == 100)
    for (index, context) in contexts.enumerated() {
      let length = index < 16 ? index + 1 : 8 + (index - 16) % 8 + 1
      #expect(context == Array(Self.text[(index + 1 - length)...index]), "\(index)")
    }
  }

  @Test(arguments: [(16, nil), (16, 1), (16, 16), (7, 3), (1, nil), (nil, nil)] as [(Int?, Int?)])
  func whatIsKnownDoesNotDependOnPieces(capacity: Int?, stride: Int?) {
    let whole = Self.contexts(capacity: capacity, stride: stride, pieces: 100)
    for pieces in [1, 5, 17] {
      #expect(Self.contexts(capacity: capacity, stride: stride, pieces: pieces) == whole)
    }
    #expect(whole.count == 100 && whole.allSatisfy { $0.count <= capacity ?? 100 })
    let least = capacity.map { $0 - (stride ?? max(1, $0 / 2)) + 1 } ?? 100
    #expect(whole.enumerated().allSatisfy { $1.count >= min($0 + 1, least) })
  }
}

/// The coder around a network.
@Suite struct FrozenNetworkTests {
  private static let text = (0..<7).flatMap { _ in
    HostileInputs.all.first { $0.name == "text" }!.bytes.prefix(60)
  }

  private static func frozen(capacity: Int?) -> FrozenNetwork {
    FrozenNetwork(
      RememberingNetwork(capacity: capacity, time: FrozenNetwork.chunk),
      time: FrozenNetwork.chunk, kernels: .best)
  }

  @Test(arguments: [nil, 100, 150]) func whatIsEncodedIsDecoded(capacity: Int?) throws {
    let (model, text) = (Self.frozen(capacity: capacity), Self.text)
    let residual = model.encode(text.span)
    let bits = model.score(text.span, blockSize: 50)
    #expect(bits.count == 9)
    let ideal = bits.reduce(0, +)
    // Zeros at the end of the code are not written.
    #expect(abs(8 * Double(residual.count) - ideal) < 24)
    #expect(
      try Self.frozen(capacity: capacity).decode(residual.span, byteCount: text.count) == text)
    #expect(FrozenUse.failure(of: model) == nil)
  }

  @Test func damageIsNoticed() throws {
    let (model, text) = (Self.frozen(capacity: 100), Self.text)
    let residual = model.encode(text.span)
    let (cut, long) = (residual.dropLast(20), residual + [1, 2, 3, 4, 5, 6, 7, 8, 9])
    for damaged in [Array(cut), long] {
      #expect(throws: BPBError.self) { try model.decode(damaged.span, byteCount: text.count) }
    }
    #expect(try model.decode([UInt8]().span, byteCount: 0) == [])
  }

  @Test func everyCallBeginsAStreamAfterALineFeed() throws {
    let network = RememberingNetwork(capacity: nil, time: FrozenNetwork.chunk)
    let model = FrozenNetwork(network, time: FrozenNetwork.chunk, kernels: .best)
    let text = Array("abc".utf8)
    let first = model.score(text.span, blockSize: 1)
    #expect(network.held == Array("\nab".utf8))
    _ = model.likeliestBytes(in: text.span)
    #expect(model.score(text.span, blockSize: 1) == first)
  }

  @Test func guessesAreTheLikeliest() {
    let (model, text) = (Self.frozen(capacity: 100), Self.text)
    let all = model.likeliestBytes(in: text.span)
    #expect(all.count == text.count)
    for count in [0, 1, 130, 300] {
      let prompt = Array(text.prefix(count))
      #expect(model.continuation(of: prompt.span, count: 1) == [all[count]])
    }
    let alone = model.continuation(of: text.span, count: 40)
    let again = model.likeliestBytes(in: (text + alone).span)
    #expect(Array(again.suffix(40)) == alone)
  }
}

/// Networks of every kind, under all kernels that this machine has.
@Suite struct FrozenKindsTests {
  private static let text = Array(
    String(repeating: "when the wind blows over the hill, the mill turns\n", count: 3).utf8)

  private static func frozen(_ architecture: String, _ kernels: Kernels) throws -> FrozenNetwork {
    let weights = Weights(try Architecture(parsing: architecture))
    weights.initialise(seed: 5)
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: kernels)
    return FrozenNetwork(weights, kernels: kernels)
  }

  @Test(arguments: [
    "mlp:context=3:embedding=5:width=17:layers=2", "gru:width=17:layers=2:embedding=5",
    "lstm:width=19:layers=1:embedding=7", "transformer:layers=2:width=24:heads=2:context=40",
  ])
  func aFileIsTheSameAndDecodesUnderAllKernels(architecture: String) throws {
    let text = Self.text
    let residual = try Self.frozen(architecture, .best).encode(text.span)
    for kernels in Kernels.allNames.compactMap({ Kernels(named: $0) }) {
      let model = try Self.frozen(architecture, kernels)
      #expect(model.encode(text.span) == residual, "\(kernels.name)")
      #expect(try model.decode(residual.span, byteCount: text.count) == text, "\(kernels.name)")
    }
    #expect(FrozenUse.failure(of: try Self.frozen(architecture, .best)) == nil)
  }
}
