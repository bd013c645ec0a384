import BPBCore
import ByteModels

/// Hands every byte on: the shortest codec that there is.
private final class Copier: StreamCoder {
  let peakMemory = 0
  let framingBytes = 0
  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) { try sink(input) }
  func finish(to sink: ByteSink) throws(BPBError) {}
}

private struct StoreCodec: Codec {
  func makeEncoder(byteCount: Int) -> any StreamCoder { Copier() }
  func makeDecoder() -> any StreamCoder { Copier() }
}

/// Hands out a thousand bytes for each that it gets.
private final class Inflater: StreamCoder {
  let peakMemory = 0
  let framingBytes = 0
  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    let piece = [UInt8](repeating: 0, count: 1000)
    for _ in 0..<input.count { try sink(piece.span) }
  }
  func finish(to sink: ByteSink) throws(BPBError) {}
}

private struct InflatingCodec: Codec {
  func makeEncoder(byteCount: Int) -> any StreamCoder { Copier() }
  func makeDecoder() -> any StreamCoder { Inflater() }
}

/// Counts bytes: the simplest model that learns.
private struct CountingModel: DistributionModel, ~Copyable {
  var next = ByteDistribution()
  private var counts = [UInt32](repeating: 1, count: 256)
  var memoryBytes: Int { 2048 }

  mutating func predict() {
    let weights = counts
    next.fill(proportionalTo: weights.span)
  }
  mutating func observe(_ byte: UInt8) { counts[Int(byte)] += 8 }
}

enum TestMethods {
  static let store = method("store", StoreCodec(), version: nil)
  static let counting = method("counting", ModelCodec { _ in CountingModel() }, version: "1.2")
  static let inflating = method("inflating", InflatingCodec(), version: nil)

  static func method(_ name: String, _ codec: any Codec, version: String?) -> Method {
    Method(
      name: name, version: version, codec: codec, memory: MemoryNeed(encoder: 0, decoder: 0),
      expectedSpeed: 1e6)
  }

  static func find(_ name: String) throws(BPBError) -> Method {
    guard let method = [store, counting, inflating].first(where: { $0.name == name }) else {
      throw BPBError(.usage, "there is no such method", advice: "'bpb methods' lists them")
    }
    return method
  }
}
