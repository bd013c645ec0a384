import BPBCore

/// Sizes of transformers by name, for grids: `neural:100k` has about 100,000 parameters.
package struct NamedSize: Sendable, Hashable {
  /// What texts of a named size begin with.
  package static let family = "neural"

  package var name: String
  package var architecture: Architecture

  /// All of them, each about three times as large as the one before.
  package static let all = [
    NamedSize("3k", layers: 1, width: 8, heads: 1),
    NamedSize("10k", layers: 2, width: 16, heads: 1),
    NamedSize("30k", layers: 2, width: 32, heads: 2),
    NamedSize("100k", layers: 3, width: 48, heads: 3),
    NamedSize("300k", layers: 4, width: 80, heads: 5),
    NamedSize("1M", layers: 5, width: 128, heads: 4),
    NamedSize("3M", layers: 5, width: 224, heads: 7),
  ]

  private init(_ name: String, layers: Int, width: Int, heads: Int) {
    self.name = name
    architecture = .transformer(layers: layers, width: width, heads: heads, context: 256)
  }

  /// The architecture that `neural:NAME` stands for.
  /// - Throws: `usage` for an unknown name.
  static func architecture(_ spec: MethodSpec) throws(BPBError) -> Architecture {
    let name = spec.value?.text ?? ""
    guard spec.options.isEmpty, let size = all.first(where: { $0.name == name }) else {
      throw BPBError(
        .usage, "there is no such named size",
        subject: "architecture '\(SafeText.escape(spec.description))'",
        advice: "it is one of \(all.map { "\(family):\($0.name)" }.joined(separator: ", "))")
    }
    return size.architecture
  }
}
