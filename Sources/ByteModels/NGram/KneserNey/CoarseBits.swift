import BPBCore

/// The adaptive decisions of a coarse snapshot: whether an n-gram is there, and its number, each given what was to be
/// expected.
struct CoarseBits: ~Copyable {
  /// What a number is of.
  enum Kind: Int {
    case gram, rest
  }

  private static let classes = 32
  private static let small: UInt32 = 16
  private static let numbers = classes * 8 * 4
  private static let anyone = numbers + 2 * classes * Int(small)
  private static let large = anyone + 8 * 16
  private var bits = AdaptiveBits(count: CoarseBits.large + 2 * 64)

  /// Codes whether there is any of `candidates` n-grams after one of number `root`.
  mutating func codeAny<C: SymbolCoder & ~Copyable>(
    _ isAny: Bool, after root: UInt32, candidates: Int, depth: Int, with coder: inout C
  ) -> Bool {
    let size = min(Self.expectedClass(Double(root)) - 4, 15)
    let context = Self.anyone + min(depth, 7) * 16 + max(size, 0)
    return bits.code(isAny ? 1 : 0, in: context, with: &coder) == 1
  }

  /// Codes whether an n-gram is there of which `expected` was to be expected, `found` others being there already.
  mutating func codePresence<C: SymbolCoder & ~Copyable>(
    _ isPresent: Bool, expected: Double, depth: Int, found: Int, with coder: inout C
  ) -> Bool {
    let context = (Self.expectedClass(expected) * 8 + min(depth, 7)) * 4 + min(found, 3)
    return bits.code(isPresent ? 1 : 0, in: context, with: &coder) == 1
  }

  /// Codes a number from 1 on of which `expected` was to be expected.
  mutating func codeNumber<C: SymbolCoder & ~Copyable>(
    _ number: UInt32, _ kind: Kind, expected: Double, with coder: inout C
  ) -> UInt32 {
    let last = Self.small - 1
    let base = Self.numbers + (kind.rawValue * Self.classes + Self.expectedClass(expected)) * 16
    let own = bits.code(min(number &- 1, last), width: 4, from: base, with: &coder)
    guard own == last else { return own + 1 }
    return own + 1 + codeLarge(number &- last &- 1, kind, with: &coder)
  }

  /// Any number below 2^20: how many bits it has, then all but the highest of them.
  private mutating func codeLarge<C: SymbolCoder & ~Copyable>(
    _ number: UInt32, _ kind: Kind, with coder: inout C
  ) -> UInt32 {
    let own = UInt32(32 - number.leadingZeroBitCount)
    let width = min(
      bits.code(own, width: 5, from: Self.large + 64 * kind.rawValue, with: &coder), 20)
    guard width > 1 else { return width }
    let highest: UInt32 = 1 << (width - 1)
    return highest | coder.codeEven(number & (highest &- 1), width: width - 1)
  }

  /// Half an octave each from 1/16 on.
  private static func expectedClass(_ expected: Double) -> Int {
    guard expected > 0x1p-4 else { return 0 }
    guard expected < 0x1p11 else { return classes - 1 }
    return min(8 + 2 * Int(expected.exponent) + (expected.significand < 1.414 ? 0 : 1), classes - 1)
  }
}
