/// What an encoder aims at: how many bits an error may save, and from which price on bytes are left out.
public struct OperatingPoint: Sendable, Equatable {
  /// Bits that the encoder holds one wrong byte to be worth: it looks for the reconstruction of the least
  /// bits + `slope` × errors. Infinite for none. The decoder need not know it.
  public let slope: Double
  /// Bits above which a byte has no code word, so that the decoder fills in the likeliest instead. Infinite
  /// where all have one, 0 for the model alone.
  public let dearness: Double
  /// The share of all code words that may follow any one context, above 0 and at most 1.
  ///
  /// Less than 1 makes a sparse tree of reconstructions, drawn at random, among which a search finds one that is
  /// near: what a source without memory needs, as every byte by itself is as dear as any other.
  public let window: Double

  /// A point of these two numbers of bits, neither negative, and this share.
  public init(slope: Double, dearness: Double, window: Double = 1) {
    precondition(slope >= 0 && dearness >= 0, "slope and dearness are bits, not negative")
    precondition(window > 0 && window <= 1, "a window is above 0 and at most 1")
    self.slope = slope
    self.dearness = dearness
    self.window = window
  }

  /// Every byte as it is.
  public static let lossless = OperatingPoint(slope: .infinity, dearness: .infinity)

  /// No bits at all: what the model goes on with by itself.
  public static let modelAlone = OperatingPoint(slope: 0, dearness: 0)

  /// Points from the lossless one to the model alone, as a curve needs them. Between them errors grow by
  /// what they are worth; near the end it is the dearness that brings the rate down.
  public static let ladder: [OperatingPoint] =
    [lossless] + between.map { OperatingPoint(slope: $0.0, dearness: $0.1) } + [modelAlone]

  /// Points of sparse trees, for sources without memory, beside those of `ladder`.
  public static let trees: [OperatingPoint] = [
    (5, 0.85), (5, 0.7), (4, 0.6), (4, 0.5), (4, 0.4), (4, 0.3), (4, 0.2), (3, 0.4), (2.5, 0.3),
  ].map { OperatingPoint(slope: $0.0, dearness: .infinity, window: $0.1) }

  private static let between: [(Double, Double)] = [
    (14, 19), (11, 16), (9, 14), (7.5, 12.5), (6.25, 11.25), (5, 10), (4, 9), (3, 8), (2.5, 7),
    (2, 5), (2, 4), (2, 3), (1.5, 2.5),
  ]
}
