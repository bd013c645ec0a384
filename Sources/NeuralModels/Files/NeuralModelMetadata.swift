package import BPBCore
import FoundationEssentials
package import RunRecords

/// What a safetensors file of ours says of its model besides the tensors. All of it is optional for a
/// reader, so that files of other programs open too.
package struct NeuralModelMetadata: Sendable, Equatable {
  /// Version of what the keys mean; readers refuse newer ones.
  static let formatVersion = 1

  /// Canonical text of the architecture.
  package var architecture: String?
  /// Version of bpb that wrote the file, and of the method that learned.
  package var bpbVersion: String?
  package var methodVersion: String?
  /// The files that were learned from, whole or in part.
  package var corpus: CorpusRecord?
  /// Bytes learned from: those of the corpus less what was held out.
  package var learnedBytes: Int?
  /// The share of the corpus that was to be held out; nil if all was learned from.
  package var holdOutShare: Double?
  package var seed: UInt64?
  /// Steps of the optimiser.
  package var steps: Int?
  /// What else decided the outcome, in one line.
  package var options: String?
  /// What tells whether a text stands in the training data; see `WindowSketch`. Empty if there is none.
  package var sketch: [UInt8] = []
  /// What a user should know of the model, one sentence each.
  package var notes: [String] = []

  /// Metadata that say nothing.
  package init() {}
}

extension NeuralModelMetadata {
  /// As a file holds it: one text a key.
  package var texts: [String: String] {
    let pairs: [(String, String?)] = [
      ("format_version", String(Self.formatVersion)), ("vocabulary", Self.vocabulary),
      ("architecture", architecture), ("bpb_version", bpbVersion),
      ("method_version", methodVersion), ("corpus", corpus.flatMap(Self.json)),
      ("learned_bytes", learnedBytes.map(String.init)),
      ("hold_out_share", holdOutShare.map { "\($0)" }), ("seed", seed.map { String($0) }),
      ("steps", steps.map(String.init)), ("options", options),
      ("sketch", sketch.isEmpty ? nil : Data(sketch).base64EncodedString()),
      ("notes", notes.isEmpty ? nil : notes.joined(separator: "\n")),
    ]
    return pairs.reduce(into: [:]) { $0[$1.0] = $1.1 }
  }

  /// Reads what a file holds; keys that mean nothing here are passed over.
  ///
  /// - Throws: `badData` for a text that does not fit its key, with the key.
  package init(_ texts: [String: String]) throws(BPBError) {
    try Self.check(texts)
    architecture = texts["architecture"]
    bpbVersion = texts["bpb_version"]
    methodVersion = texts["method_version"]
    corpus = try Self.value(of: "corpus", in: texts, Self.corpus)
    learnedBytes = try Self.value(of: "learned_bytes", in: texts) { Int($0) }
    holdOutShare = try Self.value(of: "hold_out_share", in: texts) { Double($0) }
    seed = try Self.value(of: "seed", in: texts) { UInt64($0) }
    steps = try Self.value(of: "steps", in: texts) { Int($0) }
    options = texts["options"]
    sketch =
      try Self.value(of: "sketch", in: texts) { Data(base64Encoded: $0).map(Array.init) } ?? []
    notes = texts["notes"]?.split(separator: "\n").map(String.init) ?? []
  }

  /// Every network of ours predicts these.
  static let vocabulary = "256 bytes"

  private static func check(_ texts: [String: String]) throws(BPBError) {
    guard texts["kind"] != Checkpoint.kind else {
      throw BPBError(
        .badData, "this is a checkpoint of a training that is under way, and no model",
        advice: "end the training, which writes the model")
    }
    if let version = try value(of: "format_version", in: texts, { Int($0) }),
      version > formatVersion
    {
      throw BPBError(
        .badData,
        "the file's metadata have format version \(version), and this bpb reads versions up to "
          + "\(formatVersion)", advice: "use a newer bpb")
    }
    if let vocabulary = texts["vocabulary"], vocabulary != Self.vocabulary {
      throw BPBError(
        .badData, "the model predicts '\(SafeText.escape(vocabulary))' and not \(Self.vocabulary)",
        advice: "name a model of bytes")
    }
  }

  private static func value<Value>(
    of key: String, in texts: [String: String], _ read: (String) -> Value?
  ) throws(BPBError) -> Value? {
    guard let text = texts[key] else { return nil }
    guard let value = read(text) else {
      throw BPBError(
        .badData, "what the file's metadata say of '\(key)' cannot be understood",
        advice: "get a fresh copy of the file")
    }
    return value
  }

  private static func json(_ corpus: CorpusRecord) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(corpus)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func corpus(_ json: String) -> CorpusRecord? {
    try? JSONDecoder().decode(CorpusRecord.self, from: Data(json.utf8))
  }
}
