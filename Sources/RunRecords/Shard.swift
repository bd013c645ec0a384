/// One of the parts in which a plan is measured, as on several machines: the i-th of n, written `i/n`, with i from 1.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// The most parts that a plan is cut into.
  public static let most = 1_000_000

  /// From 1 to `count`.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// The part `index` of `count`; nil unless 1 <= index <= count <= `most`.
  public init?(_ index: Int, of count: Int) {
    guard (1...Self.most).contains(count), (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// The part that `text` means, as in `2/8`; nil for anything else.
  public init?(_ text: String) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let numbers = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard numbers.count == 2, numbers.joined().allSatisfy(digits.contains),
      let index = Int(String(Substring(numbers[0]))), let count = Int(String(Substring(numbers[1])))
    else { return nil }
    self.init(index, of: count)
  }

  public var description: String { "\(index)/\(count)" }
}

extension Shard: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let shard = Shard(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "is no i/n")
    }
    self = shard
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
