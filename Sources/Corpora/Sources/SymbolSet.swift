/// The bytes that small alphabets are made of.
enum SymbolSet {
  /// All bytes: letters, digits and blank first, so that texts over few symbols can be read, then the
  /// rest in ascending order.
  private static let order: [UInt8] = {
    let readable = Array("abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    return readable + (UInt8.min ... .max).filter { !readable.contains($0) }
  }()

  /// The first `count` of them.
  static func first(_ count: Int) -> [UInt8] { Array(order.prefix(count)) }
}
