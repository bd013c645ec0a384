public import BPBCore

/// One encoder or decoder run over an input that is cut into pieces, and everything it did.
public struct CoderRun {
  /// What it handed out, up to the limit.
  public private(set) var bytes: [UInt8] = []
  /// The error that ended it; nil if it reached its end.
  public private(set) var error: BPBError?
  public private(set) var framingBytes = 0
  public private(set) var peakMemory = 0
  /// The most bytes handed out at once.
  public private(set) var largestPiece = 0
  /// Whether it went on after the sink refused a piece, or kept that to itself.
  public private(set) var ignoredRefusal = false

  /// Runs the coder that `make` makes.
  ///
  /// - Parameters:
  ///   - piece: how many bytes of `input` are pushed at a time; nil: all at once.
  ///   - limit: the sink refuses to take more bytes than this.
  public init(
    _ make: () throws(BPBError) -> any StreamCoder, over input: [UInt8], piece: Int? = nil,
    limit: Int = .max
  ) {
    let sink = Collector(limit: limit)
    do {
      try run(try make(), input, piece: piece ?? max(1, input.count), into: sink)
    } catch {
      self.error = error
    }
    bytes = sink.bytes
    largestPiece = sink.largestPiece
    ignoredRefusal = sink.refusals > 1 || (sink.refusals == 1 && error != Collector.refusal)
  }

  private mutating func run(
    _ coder: any StreamCoder, _ input: [UInt8], piece: Int, into collector: Collector
  ) throws(BPBError) {
    defer { peakMemory = coder.peakMemory }
    let sink: ByteSink = { bytes throws(BPBError) in try collector.take(bytes) }
    for start in stride(from: 0, to: input.count, by: piece) {
      let bytes = Array(input[start..<min(start + piece, input.count)])
      try coder.push(bytes.span, to: sink)
    }
    try coder.finish(to: sink)
    framingBytes = coder.framingBytes
  }

  /// A sink with a limit.
  private final class Collector {
    static let refusal = BPBError(.cancelled, "the sink takes no more")
    let limit: Int
    var bytes: [UInt8] = []
    var largestPiece = 0
    var refusals = 0

    init(limit: Int) { self.limit = limit }

    func take(_ piece: Span<UInt8>) throws(BPBError) {
      largestPiece = max(largestPiece, piece.count)
      guard bytes.count + piece.count <= limit else {
        refusals += 1
        throw Self.refusal
      }
      bytes.append(piece)
    }
  }
}
