import BPBCore
import NeuralModels

/// What the ladder measures: something that makes a text short.
enum LadderCoder: Sendable, Hashable {
  /// A method by its name, as `ppm:best`.
  case method(String)
  /// A network of that size alone, without contexts beside it, that learns while it codes.
  case online(size: String)
  /// A network of that size that is trained first and sent along.
  case network(size: String, seed: UInt64)
  /// The same with all bits of its weights: what it learned by heart stays known, however dear.
  case whole(size: String, seed: UInt64)

  /// A network's size below those that have names, so that short texts have a best one that is not the smallest.
  private static let smallest = "1k"
  /// A network that learns in one pass alone is best at higher rates than one with contexts beside it.
  private static let onlineRate = "0.01"

  static func architecture(_ size: String) -> Architecture {
    size == smallest ? .transformer(layers: 1, width: 4, heads: 1, context: 256) : .size(size)
  }

  /// The method that it is measured as; nil for a network that is trained first, and for what this build has not.
  var resolved: Method? {
    switch self {
    case .method(let name): try? StudyMethods.table.method(named: name)
    case .online(let size):
      try? StudyMethods.table.method(
        named: "\(Self.architecture(size)):contexts=0:rate=\(Self.onlineRate)")
    case .network, .whole: nil
    }
  }

  /// A rough number of seconds that so many bytes take.
  func expectedSeconds(bytes: Int) -> Double {
    let bytes = Double(bytes)
    let size: String
    switch self {
    case .network(let network, _), .whole(let network, _): size = network
    case .method, .online: return 1 + 6 * bytes / (resolved?.expectedSpeed ?? 1e6)
    }
    let flops = Self.architecture(size).trainingFLOPsPerByte(time: 256)
    let seen = Double(LadderNetwork.bytesSeen(textBytes: Int(bytes)))
    return 2 + (seen + 6 * bytes) * flops / 6e10
  }

  /// Whether it is a network that learns while it codes, of which 2,048 bytes say nothing.
  var learnsSlowly: Bool {
    switch self {
    case .method(let name): NeuralFamilies.families.contains { name.hasPrefix($0.name + ":") }
    case .online: true
    case .network, .whole: false
    }
  }

  var memoryNeed: Int { (resolved?.memory.total ?? 0) + 256 << 20 }

  /// All accounts of `text`.
  func measure(
    _ text: [UInt8], unseen: [UInt8], inChunks: Bool, _ bench: StudyBench
  ) throws(BPBError) -> StudyFigures {
    switch self {
    case .network(let size, let seed):
      return try Self.network(size, seed).measure(text, unseen: unseen, inChunks: inChunks, bench)
    case .whole(let size, let seed):
      var network = Self.network(size, seed)
      network.precisions = [.float(bits: 23)]
      return try network.measure(text, unseen: unseen, inChunks: inChunks, bench)
    case .method, .online:
      return try measured(text, unseen, inChunks, bench)
    }
  }

  private static func network(_ size: String, _ seed: UInt64) -> LadderNetwork {
    LadderNetwork(architecture: architecture(size), seed: seed)
  }

  /// As a method.
  private func measured(
    _ text: [UInt8], _ unseen: [UInt8], _ inChunks: Bool, _ bench: StudyBench
  ) throws(BPBError) -> StudyFigures {
    guard let method = resolved else {
      throw BPBError(.methodFailed, "is not in this build")
    }
    var result = try MethodAccounts(
      method: method, text: text, unseen: unseen, inChunks: inChunks, bench: bench
    ).measure()
    result.figures["parameters"] = method.parameterCount.map(Double.init)
    if case .online(let size) = self {
      result.figures["parameters"] = Double(Self.architecture(size).parameterCount)
    }
    return result
  }
}

/// One coder on one text: a cell of the ladder.
struct LadderCell {
  /// What is coded.
  enum Source: Sendable {
    /// The beginning of the training part.
    case training
    /// Uniform random bytes of a seed, of which every account must be 8 bits a byte at least.
    case uniform(seed: UInt64)
  }

  let coder: LadderCoder
  let source: Source
  let bytes: Int
  let inChunks: Bool

  /// Random bytes that frozen models are tried on, besides those that they learned.
  private static let unseenBytes = 1 << 14

  var cell: StudyCell {
    switch coder {
    case .method(let name):
      cell(["coder": name, "text": source.name, "bytes": "\(bytes)", "chunks": "\(inChunks)"])
    case .online(let size):
      cell([
        "online": size, "text": source.name, "bytes": "\(bytes)", "chunks": "\(inChunks)",
      ])
    case .network(let size, let seed):
      cell([
        "network": size, "text": source.name, "bytes": "\(bytes)", "chunks": "\(inChunks)",
        "seed": "\(seed)",
      ])
    case .whole(let size, let seed):
      cell([
        "network": size, "precision": "whole", "text": source.name, "bytes": "\(bytes)",
        "chunks": "\(inChunks)", "seed": "\(seed)",
      ])
    }
  }

  private func cell(_ parameters: KeyValuePairs<String, String>) -> StudyCell {
    StudyCell(
      parameters, expectedSeconds: coder.expectedSeconds(bytes: bytes),
      memoryNeed: coder.memoryNeed
    ) { bench throws(BPBError) in
      let (text, unseen) = texts(bench)
      var result = try coder.measure(text, unseen: unseen, inChunks: inChunks, bench)
      result.figures["bytes"] = Double(text.count)
      return result
    }
  }

  private func texts(_ bench: StudyBench) -> (text: [UInt8], unseen: [UInt8]) {
    switch source {
    case .training: return (Array(bench.text.training.prefix(bytes)), bench.text.test)
    case .uniform(let seed):
      var generator = SeededGenerator(seed: seed)
      return (generator.bytes(count: bytes), generator.bytes(count: Self.unseenBytes))
    }
  }
}

extension LadderCell.Source {
  /// As cells are named.
  var name: String {
    switch self {
    case .training: "training"
    case .uniform(let seed): "uniform-\(seed)"
    }
  }

  static let controls = "uniform-"
}
