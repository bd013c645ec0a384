package import BPBCore

/// Where a run stands, as a safetensors file: everything that its next step depends on.
///
/// The tensors are the parameters, the optimiser's moments, the best parameters so far, and what recurrent networks carry
/// from batch to batch, each as the buffer that it is in memory.
package struct Checkpoint {
  /// A buffer and its name in the file.
  typealias Part = (name: String, values: UnsafeMutableBufferPointer<Float>)

  package let layout: ParameterLayout
  package let numbers: FloatBuffer
  /// What the file's header says besides.
  package let metadata: [String: String]

  static let kind = "bpb training checkpoint"

  /// A copy of `parts` as they are now.
  init(_ parts: [Part], metadata: [String: String]) {
    layout = Self.layout(of: parts)
    self.metadata = metadata
    numbers = FloatBuffer(count: layout.bufferCount)
    for (tensor, part) in zip(layout.tensors, parts) {
      (numbers.base + tensor.offset).update(from: part.values.baseAddress!, count: tensor.count)
    }
  }

  private static func layout(of parts: [Part]) -> ParameterLayout {
    var layout = ParameterLayout()
    for part in parts { _ = layout.add(part.name, [part.values.count], .matrix) }
    return layout
  }

  /// Writes the file.
  ///
  /// - Throws: `methodFailed` when a number is none; whatever `output` throws.
  package func write(to output: SafetensorsFile.Sink) throws(BPBError) {
    try SafetensorsFile.write(numbers.base, layout, metadata: metadata, to: output)
  }

  /// Fills `parts` with what `file` holds.
  ///
  /// - Throws: `badData` unless the file holds exactly these, in finite numbers.
  static func restore(_ parts: [Part], from file: SafetensorsFile) throws(BPBError) {
    let layout = layout(of: parts)
    let tensors = file.header.tensors
    guard tensors.map(\.name) == layout.tensors.map(\.name),
      tensors.map(\.shape) == layout.tensors.map(\.shape),
      tensors.allSatisfy({ $0.type == .float32 })
    else { throw BPBError(.badData, "the checkpoint does not hold what its run consists of") }
    for (tensor, part) in zip(tensors, parts) {
      file.read(tensor, into: part.values.baseAddress!)
      guard part.values.allSatisfy(\.isFinite) else {
        throw BPBError(.badData, "the checkpoint's '\(tensor.name)' holds what is no number")
      }
    }
  }
}

extension Trainer {
  /// The run as it stands, to be taken after a step.
  package func checkpoint() -> Checkpoint {
    Checkpoint(checkpointParts, metadata: checkpointMetadata)
  }

  /// Goes on where `file` was written.
  ///
  /// - Throws: `badData` for a file that is no checkpoint, or one of another run, with what differs; the run is then of no use.
  package func resume(from file: SafetensorsFile) throws(BPBError) {
    try check(file)
    try Checkpoint.restore(checkpointParts, from: file)
    try resumePlace(from: file)
  }

  /// What the next step depends on, besides the place in the text.
  var checkpointParts: [Checkpoint.Part] {
    [
      ("parameters", parameterBuffer), ("moments.first", optimiser.first.buffer),
      ("moments.second", optimiser.second.buffer),
    ]
      + networks.enumerated().flatMap { index, network in
        network.carriedStates.enumerated().map { ("carried.\(index).\($0)", $1) }
      }
  }

  /// What a checkpoint of this run says of the run, and one of another would say otherwise.
  private var checkpointIdentity: [(key: String, value: String)] {
    [
      ("architecture", plan.architecture.description), ("seed", String(plan.seed)),
      ("options", plan.options), ("text_bytes", String(textByteCount)),
      ("text_hash", String(batches.textHash, radix: 16)),
    ]
  }

  var checkpointMetadata: [String: String] {
    var metadata = checkpointIdentity.reduce(into: [:]) { $0[$1.key] = $1.value }
    metadata["kind"] = Checkpoint.kind
    metadata["steps"] = String(steps)
    metadata["epoch"] = String(batches.place.epoch)
    metadata["used"] = String(batches.place.used)
    if let coolDown = plan.schedule.coolDown {
      metadata["cool_down"] = "\(coolDown.lowerBound) \(coolDown.upperBound)"
    }
    return metadata
  }

  /// Checks that `file` is a checkpoint of this run.
  ///
  /// - Throws: `badData` for a file that is no checkpoint, or one of another run, with what differs.
  func check(_ file: SafetensorsFile) throws(BPBError) {
    let metadata = file.header.metadata
    guard metadata["kind"] == Checkpoint.kind else {
      throw BPBError(.badData, "this is no checkpoint of a training run")
    }
    for (key, value) in checkpointIdentity where metadata[key] != value {
      let other = SafeText.escape(metadata[key] ?? "")
      throw BPBError(
        .badData, "the checkpoint is of another run: its \(key) is '\(other)', not '\(value)'",
        advice: "repeat the command that wrote it, or name another checkpoint")
    }
  }

  /// Goes on where `file` was written, once the parts are restored.
  func resumePlace(from file: SafetensorsFile) throws(BPBError) {
    let metadata = file.header.metadata
    steps = try Self.count("steps", metadata)
    plan.schedule.coolDown = try Self.coolDown(metadata["cool_down"])
    try restoreBatches(
      at: Batches.Place(
        epoch: Self.count("epoch", metadata), used: Self.count("used", metadata)))
    repack()
  }

  /// More than any run counts to, and little enough to be multiplied by a batch.
  private static let mostCount = 1 << 40

  static func count(_ key: String, _ metadata: [String: String]) throws(BPBError) -> Int {
    guard let count = metadata[key].flatMap({ Int($0) }), 0...mostCount ~= count else {
      throw BPBError(.badData, "the checkpoint does not say its \(key)")
    }
    return count
  }

  private static func coolDown(_ text: String?) throws(BPBError) -> Range<Int>? {
    guard let text else { return nil }
    let ends = text.split(separator: " ").compactMap { Int($0) }
    guard ends.count == 2, ends[0] >= 0, ends[0] <= ends[1] else {
      throw BPBError(.badData, "the checkpoint's cool-down makes no sense")
    }
    return ends[0]..<ends[1]
  }
}
