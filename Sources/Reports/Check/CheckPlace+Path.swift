import BPBCore

extension CheckPlace {
  /// The path of the input called `name`.
  func path(of name: String) -> String {
    let (prefix, rest) = (Self.relative(inputPrefix), Self.relative(name))
    return prefix.isEmpty || prefix.hasSuffix("/") ? prefix + rest : "\(prefix)/\(rest)"
  }

  /// What `SafeText` was given, where that can be printed; the escaped text otherwise.
  static func plain(_ text: String) -> String {
    guard let bytes = SafeText.unescape(text), let plain = String(validating: bytes, as: UTF8.self),
      SafeText.escape(plain).utf8.count == plain.utf8.count + plain.utf8.count(where: isBackslash)
    else { return SafeText.printable(text) }
    return plain
  }

  private static func isBackslash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\\") }

  /// `path` without a `./` in front and without more than one slash at its end.
  static func relative(_ path: String) -> String {
    var rest = path.hasPrefix("./") ? path.dropFirst(2) : path == "." ? "" : path[...]
    while rest.hasSuffix("//") { rest.removeLast() }
    return String(rest)
  }
}
