public import BPBCore

extension BaselineCheck {
  /// By how much a size may differ from the baseline's and still count as held. The limit is included.
  public enum Limit: Sendable, Equatable, CustomStringConvertible {
    /// Not at all.
    case exact
    /// By so many bytes.
    case bytes(Int)
    /// By a share of the baseline's size: 0.5% is `Decimal(parsing: "0.5")`.
    case percent(Decimal)
    /// By so many bits for each raw byte.
    case bitsPerByte(Decimal)

    /// Reads `exact`, `64B`, `2KiB`, `0.5%` or `0.01bpb`.
    ///
    /// - Throws: `usage` for anything else.
    public init(parsing text: String) throws(BPBError) {
      if text == "exact" {
        self = .exact
      } else if text.hasSuffix("%"), let share = Decimal(parsing: text.dropLast()) {
        self = .percent(share)
      } else if text.hasSuffix("bpb"), let bits = Decimal(parsing: text.dropLast(3)) {
        self = .bitsPerByte(bits)
      } else if text.last?.isLetter == true, let bytes = ByteSize.parse(text) {
        self = .bytes(bytes)
      } else {
        throw BPBError(
          .usage, "'\(SafeText.escape(text))' is no limit", subject: "--tolerance",
          advice: "a limit is exact, or a number with a unit, as in 0.5%, 0.01bpb or 64B")
      }
    }

    /// As `init(parsing:)` reads it.
    public var description: String {
      switch self {
      case .exact: "exact"
      case .bytes(let count): "\(count)B"
      case .percent(let share): "\(share)%"
      case .bitsPerByte(let bits): "\(bits)bpb"
      }
    }

    /// The limit in whole bytes, rounded down.
    ///
    /// - Parameters:
    ///   - codedBytes: the size that is expected.
    ///   - rawBytes: raw bytes of the input.
    func wholeBytes(codedBytes: Int, rawBytes: Int) -> Int {
      switch self {
      case .exact: 0
      case .bytes(let count): count
      case .percent(let share): share.share(of: codedBytes, dividedBy: 100)
      case .bitsPerByte(let bits): bits.share(of: rawBytes, dividedBy: 8)
      }
    }
  }

  /// A decimal fraction as it was written, so that limits are exact: not negative, below 10^9, with at
  /// most six decimals.
  public struct Decimal: Sendable, Equatable, CustomStringConvertible {
    private static let decimals = 6
    private let millionths: Int

    /// Reads digits with at most one point between them; nil for anything else.
    public init?(parsing text: some StringProtocol) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isDigit) }),
        parts[0].utf8.count <= 9, parts.count == 1 || parts[1].utf8.count <= Self.decimals
      else { return nil }
      let fraction = parts.count == 2 ? String(parts[1]) : ""
      let padding = String(repeating: "0", count: Self.decimals - fraction.utf8.count)
      guard let millionths = Int(parts[0] + fraction + padding) else { return nil }
      self.millionths = millionths
    }

    public var description: String {
      let digits = String(millionths)
      let padded = String(repeating: "0", count: max(0, Self.decimals + 1 - digits.count)) + digits
      var fraction = padded.suffix(Self.decimals)
      while fraction.last == "0" { fraction.removeLast() }
      return padded.dropLast(Self.decimals) + (fraction.isEmpty ? "" : ".\(fraction)")
    }

    /// This times `count` over `divisor`, rounded down.
    func share(of count: Int, dividedBy divisor: Int) -> Int {
      let product = UInt128(millionths) * UInt128(count)
      return Int(clamping: product / UInt128(divisor * 1_000_000))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  }
}
