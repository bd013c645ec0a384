/// A number that is not negative and has at most six decimals, held exactly: what stands in a name must
/// mean the same on every machine, to the last bit.
public struct Millionths: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number times 1,000,000.
  public let count: Int

  /// The number of `count` millionths.
  public init(count: Int) {
    precondition(count >= 0, "a number of millionths is not negative")
    self.count = count
  }

  /// Reads digits, and a point and up to six more digits behind it; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? parts[1] : "0"
    guard (parts + [decimals]).allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isDigit) }),
      let whole = Int(parts[0]), whole <= 1_000_000_000, decimals.utf8.count <= 6,
      let rest = Int(decimals + String(repeating: "0", count: 6 - decimals.utf8.count))
    else { return nil }
    count = whole * 1_000_000 + rest
  }

  /// The nearest double.
  public var value: Double { Double(count) / 1_000_000 }

  /// The shortest spelling, as 1.5 or 2.
  public var description: String {
    var decimals = String(count % 1_000_000 + 1_000_000).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return "\(count / 1_000_000)" + (decimals.isEmpty ? "" : "." + decimals)
  }

  public static func < (left: Millionths, right: Millionths) -> Bool { left.count < right.count }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
