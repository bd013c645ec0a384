import BPBCore

/// How a network learns while it codes.
///
/// The text is parted into `streams` stretches that are coded side by side, one byte of each at a time, so that the network
/// has a batch to work on. After every `segment` bytes of each stream it learns from what was coded: encoder and decoder do the
/// same, since both know it. Every byte is thus predicted before it is learned from (Dawid's prequential account,
/// 1984; Mahoney, "Fast text compression with neural networks", 2000; Bellard, "NNCP", 2019).
///
/// Beside the network stand direct connections from hashed contexts to the output, as in Mikolov et al., "Strategies for
/// training large scale neural network language models" (2011): they learn within a few bytes what the network takes
/// thousands to learn.
struct OnlineShape: Sendable, Hashable {
  var architecture: Architecture
  /// Stretches that are coded side by side.
  var streams: Int
  /// Bytes of each stream between two steps of learning.
  var segment: Int
  /// The longest context with direct connections, in bytes; 0 for a network alone.
  var contexts: Int
  /// Memory for the direct connections, in bytes.
  var memory: Int
  /// The network's peak learning rate.
  var rate: Double

  /// Parts of the batch, each of which one thread works on at a time: a constant, since sums of gradients
  /// depend on it.
  var shards: Int { streams.isMultiple(of: 2) ? 2 : 1 }

  /// Bytes of each stream that the network sees when it learns: a recurrent one goes on where it was, others get as much
  /// before the new bytes as there is room for.
  var window: Int { architecture.carriesState ? segment : 2 * segment }
}

extension OnlineShape {
  /// Parameters of a method besides those of its architecture.
  static let parameters: [MethodParameter] = [
    MethodParameter(
      "streams", .integer(1...64), default: "16", summary: "stretches that are coded side by side"),
    MethodParameter(
      "segment", .integer(1...256), default: "16",
      summary: "bytes of each between two steps of learning"),
    MethodParameter(
      "contexts", .integer(0...8), default: "8",
      summary: "longest context with direct connections to the output; 0 for none"),
    MethodParameter(
      "memory", .size(1 << 20...16 << 30), default: "512MiB",
      summary: "most memory for direct connections"),
    MethodParameter(
      "rate", .decimal(Millionths(count: 1)...Millionths(count: 1_000_000)), default: "0.003",
      summary: "the network's learning rate"),
  ]

  init(_ architecture: Architecture, _ values: MethodValues) {
    self.init(
      architecture: architecture, streams: values.integer("streams"),
      segment: values.integer("segment"), contexts: values.integer("contexts"),
      memory: values.integer("memory"), rate: values.decimal("rate").value)
  }

  /// The same for a text of `byteCount` bytes: a short one has fewer streams, as each begins knowing nothing of
  /// what is before it.
  func fitted(to byteCount: Int) -> OnlineShape {
    var shape = self
    while shape.streams > 1 && byteCount / shape.streams < Self.leastStream {
      shape.streams = (shape.streams + 1) / 2
    }
    return shape
  }

  /// Bytes that a stream should have.
  private static let leastStream = 4096
}
