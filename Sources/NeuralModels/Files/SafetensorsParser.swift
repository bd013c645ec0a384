import BPBCore

/// Reads the JSON of a safetensors header: one object, of objects whose form is known. Whatever else JSON can
/// say is refused, so nothing can nest without end; a name that is said twice is refused too, where most readers of
/// JSON drop one of the two.
struct SafetensorsParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// A parser of `bytes`, which outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The whole header, tensors in the order of the text.
  ///
  /// - Throws: `badData` for anything else, also for what follows it, blanks apart.
  mutating func header() throws(BPBError) -> SafetensorsHeader {
    var header = SafetensorsHeader(metadata: [:], tensors: [])
    try members { parser, name throws(BPBError) in
      if name == "__metadata__" {
        header.metadata = try parser.metadata()
      } else {
        header.tensors.append(try parser.tensor(name))
      }
    }
    skipBlanks()
    guard position == bytes.count else { throw unexpected("the end") }
    return header
  }

  private mutating func metadata() throws(BPBError) -> [String: String] {
    var metadata: [String: String] = [:]
    try members { parser, key throws(BPBError) in metadata[key] = try parser.string() }
    return metadata
  }

  private mutating func tensor(_ name: String) throws(BPBError) -> SafetensorsHeader.Tensor {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try members { parser, key throws(BPBError) in
      switch key {
      case "dtype": type = try parser.string()
      case "shape": shape = try parser.numbers()
      case "data_offsets": offsets = try parser.numbers()
      default: throw Self.refusal("says '\(SafeText.escape(key))' of", name)
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw Self.refusal("does not say type, shape and place of", name)
    }
    guard let type = TensorType(rawValue: type) else {
      throw BPBError(
        .badData,
        "the tensor '\(SafeText.escape(name))' holds numbers of type \(SafeText.escape(type))",
        advice: "convert them to F32, BF16 or F16")
    }
    return .init(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  private static func refusal(_ what: String, _ tensor: String) -> BPBError {
    BPBError(
      .badData, "the header \(what) the tensor '\(SafeText.escape(tensor))'",
      advice: "get a fresh copy of the file")
  }
}

// MARK: JSON

extension SafetensorsParser {
  /// An object, each of whose values `value` reads, given its key.
  private mutating func members(
    _ value: (inout Self, String) throws(BPBError) -> Void
  ) throws(BPBError) {
    var seen: Set<String> = []
    try expect("{")
    guard !accepts("}") else { return }
    repeat {
      let name = try string()
      guard seen.insert(name).inserted else {
        throw BPBError(
          .badData, "the header says '\(SafeText.escape(name))' twice",
          advice: "get a fresh copy of the file")
      }
      try expect(":")
      try value(&self, name)
    } while accepts(",")
    try expect("}")
  }

  /// An array of natural numbers.
  private mutating func numbers() throws(BPBError) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    guard !accepts("]") else { return numbers }
    repeat { numbers.append(try number()) } while accepts(",")
    try expect("]")
    return numbers
  }

  private mutating func number() throws(BPBError) -> Int {
    skipBlanks()
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Int(digits), digits == String(number) else {
      throw unexpected("a natural number below 2^63")
    }
    return number
  }

  private mutating func string() throws(BPBError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] >= 0x20 else { break }
      guard bytes[position] == UInt8(ascii: "\\") else {
        text.append(bytes[position])
        position += 1
        continue
      }
      text += String(try escaped()).utf8
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\""),
      let string = String(validating: text, as: UTF8.self)
    else { throw unexpected("a text in UTF-8 and its closing quote") }
    position += 1
    return string
  }

  /// The character that an escape at `position` stands for.
  private mutating func escaped() throws(BPBError) -> Unicode.Scalar {
    position += 2
    guard position <= bytes.count else { throw unexpected("an escape") }
    switch Unicode.Scalar(bytes[position - 1]) {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "u": return try scalar()
    default: throw unexpected("an escape that JSON knows")
    }
  }

  /// The scalar whose UTF-16 code units, four hexadecimal digits each, stand at `position`.
  private mutating func scalar() throws(BPBError) -> Unicode.Scalar {
    var units = [try codeUnit()]
    if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: [0x5C, 0x75]) {
      position += 2
      units.append(try codeUnit())
    }
    let text = String(validating: units, as: UTF16.self)
    guard let text, text.unicodeScalars.count == 1 else { throw unexpected("a Unicode scalar") }
    return text.unicodeScalars.first!
  }

  private mutating func codeUnit() throws(BPBError) -> UInt16 {
    let digits = bytes[position..<min(position + 4, bytes.count)]
    guard digits.count == 4, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unexpected("four hexadecimal digits") }
    position += 4
    return unit
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(BPBError) {
    guard accepts(character) else { throw unexpected("'\(character)'") }
  }

  /// Whether `character` comes next, blanks apart; it is then passed over.
  private mutating func accepts(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private func unexpected(_ expected: String) -> BPBError {
    BPBError(
      .badData, "the header is damaged: byte \(position) should begin \(expected)",
      advice: "get a fresh copy of the file")
  }
}
