package import BPBCore

extension Architecture {
  /// The architecture of the tensors in a file: what its metadata say, and else what the shapes tell, so
  /// that a checkpoint of another program opens if its tensors have our names.
  ///
  /// - Throws: `badData` for metadata that name no architecture, or shapes that tell none.
  package init(of header: SafetensorsHeader) throws(BPBError) {
    let text =
      if let text = header.metadata["architecture"] { text } else {
        try TensorShapes(header).architecture()
      }
    do throws(BPBError) {
      // What shapes tell is read as text too: every number is then held against its range.
      try self.init(parsing: text)
    } catch {
      throw BPBError(
        .badData, "the file's network cannot be made: \(error.description)",
        advice: "see whether the file is a model of bytes that bpb knows")
    }
  }
}

/// What the shapes of a file's tensors tell of its network.
private struct TensorShapes {
  private let shapes: [String: [Int]]
  private let metadata: [String: String]

  init(_ header: SafetensorsHeader) {
    shapes = header.tensors.reduce(into: [:]) { $0[$1.name] = $1.shape }
    metadata = header.metadata
  }

  /// The text of the architecture.
  ///
  /// - Throws: `badData` where they do not tell.
  func architecture() throws(BPBError) -> String {
    guard let embedding = matrix("embedding.weight")?.columns else {
      throw Self.unknown("it has no matrix 'embedding.weight'")
    }
    if let state = matrix("rnn.weight_hh_l0") {
      return try recurrent(gates: state.rows / state.columns)
        + ":width=\(state.columns):embedding=\(embedding)"
        + ":layers=\(count { "rnn.weight_ih_l\($0)" })"
    }
    if let hidden = matrix("hidden.0.weight") {
      return "mlp:context=\(hidden.columns / embedding):embedding=\(embedding)"
        + ":width=\(hidden.rows):layers=\(count { "hidden.\($0).weight" })"
    }
    return try transformer(width: embedding)
  }

  private func recurrent(gates: Int) throws(BPBError) -> String {
    switch gates {
    case 3: return "gru"
    case 4: return "lstm"
    default: throw Self.unknown("'rnn.weight_hh_l0' has neither 3 nor 4 gates")
    }
  }

  /// The number of heads and the context leave no trace in a transformer's shapes.
  private func transformer(width: Int) throws(BPBError) -> String {
    let layers = count { "layers.\($0).attention.qkv.weight" }
    guard layers > 0 else { throw Self.unknown("its tensors have other names than ours") }
    let head = matrix("head.weight") == nil ? "tied" : "own"
    guard let heads = metadata["heads"].flatMap({ Int($0) }),
      let context = metadata["context"].flatMap({ Int($0) })
    else {
      throw BPBError(
        .badData,
        "its tensors are of \(layers) layers of width \(width), but heads and context do not show",
        advice:
          "save it with 'heads' and 'context' in its metadata, as in {'heads': '4', 'context': '256'}"
      )
    }
    return
      "transformer:layers=\(layers):width=\(width):heads=\(heads):context=\(context):head=\(head)"
      + ":lookback=\(count { "lookback.\($0 + 1).weight" })"
      + (metadata["activation"].map { ":activation=\($0)" } ?? "")
  }

  /// Nil also for a matrix of nothing.
  private func matrix(_ name: String) -> (rows: Int, columns: Int)? {
    guard let shape = shapes[name], shape.count == 2, shape[0] > 0, shape[1] > 0 else { return nil }
    return (shape[0], shape[1])
  }

  /// How many tensors there are of a name with a number in it, from 0 on.
  private func count(_ name: (Int) -> String) -> Int {
    var count = 0
    while shapes[name(count)] != nil { count += 1 }
    return count
  }

  private static func unknown(_ reason: String) -> BPBError {
    BPBError(
      .badData, "the file does not say which network it is of, and \(reason)",
      advice: "save it with 'architecture' in its metadata, as in {'architecture': 'gru:width=256'}"
    )
  }
}
