import BPBCore

/// What a safetensors file says of its tensors: the format of Hugging Face's library of that name.
///
/// A file is the header's length in 8 bytes, little-endian; the header, JSON; and the tensors' bytes, one after the
/// other without gaps. https://github.com/huggingface/safetensors describes it.
package struct SafetensorsHeader: Sendable, Equatable {
  /// One tensor, row-major.
  package struct Tensor: Sendable, Equatable {
    package var name: String
    package var type: TensorType
    package var shape: [Int]
    /// Where its bytes lie, counted from the end of the header.
    package var range: Range<Int>
  }

  /// Longest header that the reference implementation reads, in bytes.
  static let longest = 100_000_000
  /// The tensors' bytes begin at a multiple of this, in files that we write.
  static let alignment = 64

  /// What is said of the file as a whole. Comes from a file: escape it before printing.
  package var metadata: [String: String]
  /// In the order of their bytes.
  package var tensors: [Tensor]

  /// Bytes after the header.
  var dataCount: Int { tensors.last?.range.upperBound ?? 0 }
}

extension SafetensorsHeader {
  /// Length field and JSON, filled up with blanks so that the tensors are aligned. Equal headers give equal bytes.
  var encoded: [UInt8] {
    let entries =
      [#""__metadata__":{"# + metadata.keys.sorted().map(member).joined(separator: ",") + "}"]
      + tensors.map { tensor in
        #"\#(Self.quoted(tensor.name)):{"dtype":"\#(tensor.type.rawValue)","shape":\#(tensor.shape.json)"#
          + #","data_offsets":\#([tensor.range.lowerBound, tensor.range.upperBound].json)}"#
      }
    var json = Array("{\(entries.joined(separator: ","))}".utf8)
    let padding = -(8 + json.count) & (Self.alignment - 1)
    json += repeatElement(UInt8(ascii: " "), count: padding)
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
  }

  private func member(_ key: String) -> String {
    Self.quoted(key) + ":" + Self.quoted(metadata[key] ?? "")
  }

  /// `text` as a JSON string.
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { json, scalar in
      switch scalar {
      case "\"": json += #"\""#
      case "\\": json += #"\\"#
      case "\n": json += #"\n"#
      case "\u{0}"..."\u{1F}": json += #"\u00"# + SafeText.hex([UInt8(scalar.value)])
      default: json.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}

extension [Int] {
  fileprivate var json: String { "[" + map(String.init).joined(separator: ",") + "]" }
}
