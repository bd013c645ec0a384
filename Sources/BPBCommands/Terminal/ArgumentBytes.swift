import BitsPerByte
import SystemPackage

/// Command-line words that need not be UTF-8.
///
/// File names may hold any bytes, Swift strings may not: a byte that is no part of valid UTF-8 travels
/// through the argument parser as a scalar of the last private-use plane and becomes a byte again when
/// the path is used (as Python does with lone surrogates).
enum ArgumentBytes {
  private static let plane: UInt32 = 0x10FE00

  /// The words behind the program's name.
  static var words: [String] {
    let count = Int(CommandLine.argc)
    return UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: count).dropFirst()
      .compactMap { $0.map { word(UnsafeBufferPointer(start: $0, count: length(of: $0))) } }
  }

  /// The bytes that a word stood for.
  static func bytes(of word: String) -> [UInt8] {
    word.unicodeScalars.flatMap { scalar -> [UInt8] in
      let byte = scalar.value &- plane
      return (0x80...0xFF).contains(byte) ? [UInt8(byte)] : Array(String(scalar).utf8)
    }
  }

  private static func word(_ characters: UnsafeBufferPointer<CChar>) -> String {
    let bytes = characters.map { UInt8(bitPattern: $0) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    // Whole characters stay as they are; see `SafeText.escape` for the same walk with another aim.
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      let width = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self) != nil }
      if let width, let whole = String(validating: rest.prefix(width), as: UTF8.self) {
        text += whole
        rest = rest.dropFirst(width)
      } else {
        text.unicodeScalars.append(Unicode.Scalar(plane + UInt32(first))!)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  private static func length(of text: UnsafePointer<CChar>) -> Int {
    var length = 0
    while text[length] != 0 { length += 1 }
    return length
  }
}

extension FilePath {
  /// The path that a command-line word names, to the byte.
  init(argument: String) {
    let terminated = ArgumentBytes.bytes(of: argument).map(CChar.init(bitPattern:)) + [0]
    self = terminated.withUnsafeBufferPointer { FilePath(platformString: $0.baseAddress!) }
  }
}

extension SafeText {
  /// A command-line word, made safe to print.
  static func escape(argument: String) -> String {
    escape(bytes: ArgumentBytes.bytes(of: argument))
  }
}
