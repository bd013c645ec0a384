package import BPBCore

/// Where a run stands, as a safetensors file: everything that its next step depends on.
///
/// The tensors are the parameters, the optimiser's moments, and what recurrent networks carry from batch to batch, each as
/// the buffer that it is in memory.
package struct Checkpoint {
  package let layout: ParameterLayout
  package let numbers: FloatBuffer
  /// What the file's header says besides.
  package var metadata: [String: String]

  package static let kind = "bpb training checkpoint"
}

extension Trainer {
  /// Names and sizes of what a checkpoint holds.
  private var checkpointParts: [(name: String, values: UnsafeMutableBufferPointer<Float>)] {
    [("parameters", parameterBuffer)] + optimiserParts
      + networks.enumerated().compactMap { index, network in
        let state = network.carriedState
        return state.isEmpty ? nil : ("carried.\(index)", state)
      }
  }

  private var optimiserParts: [(name: String, values: UnsafeMutableBufferPointer<Float>)] {
    [("moments.first", optimiser.first.buffer), ("moments.second", optimiser.second.buffer)]
  }

  private var checkpointLayout: ParameterLayout {
    var layout = ParameterLayout()
    for part in checkpointParts { _ = layout.add(part.name, [part.values.count], .matrix) }
    return layout
  }

  /// The run as it stands.
  package func checkpoint() -> Checkpoint {
    let layout = checkpointLayout
    let numbers = FloatBuffer(count: layout.bufferCount)
    for (tensor, part) in zip(layout.tensors, checkpointParts) {
      (numbers.base + tensor.offset).update(from: part.values.baseAddress!, count: tensor.count)
    }
    var metadata = checkpointIdentity
    metadata["steps"] = String(steps)
    metadata["epoch"] = String(batches.place.epoch)
    metadata["used"] = String(batches.place.used)
    if let coolDown = plan.schedule.coolDown {
      metadata["cool_down"] = "\(coolDown.lowerBound) \(coolDown.upperBound)"
    }
    return Checkpoint(layout: layout, numbers: numbers, metadata: metadata)
  }

  /// What a checkpoint of this run says of the run, and one of another would say otherwise.
  private var checkpointIdentity: [String: String] {
    [
      "kind": Checkpoint.kind, "architecture": plan.architecture.description,
      "seed": String(plan.seed), "options": plan.options, "text_bytes": String(textByteCount),
    ]
  }

  /// Goes on where `file` was written.
  ///
  /// - Throws: `badData` for a file that is no checkpoint, or one of another run, with what differs.
  package func resume(from file: SafetensorsFile) throws(BPBError) {
    let metadata = file.header.metadata
    guard metadata["kind"] == Checkpoint.kind else {
      throw BPBError(.badData, "this is no checkpoint of a training run")
    }
    for key in ["architecture", "seed", "options", "text_bytes"] {
      guard metadata[key] == checkpointIdentity[key] else {
        throw BPBError(
          .badData,
          "the checkpoint is of another run: its \(key) is '\(SafeText.escape(metadata[key] ?? ""))', "
            + "not '\(checkpointIdentity[key] ?? "")'",
          advice: "repeat the command that wrote it, or name another checkpoint")
      }
    }
    let place = try [
      Self.count("steps", metadata), Self.count("epoch", metadata), Self.count("used", metadata),
    ]
    try restoreNumbers(from: file)
    steps = place[0]
    plan.schedule.coolDown = try Self.coolDown(metadata["cool_down"])
    try restoreBatches(at: Batches.Place(epoch: place[1], used: place[2]))
    repack()
  }

  private func restoreNumbers(from file: SafetensorsFile) throws(BPBError) {
    let layout = checkpointLayout
    let tensors = file.header.tensors
    guard tensors.map(\.name) == layout.tensors.map(\.name),
      tensors.map(\.shape) == layout.tensors.map(\.shape),
      tensors.allSatisfy({ $0.type == .float32 })
    else { throw BPBError(.badData, "the checkpoint does not hold what its run consists of") }
    for (tensor, part) in zip(tensors, checkpointParts) {
      file.read(tensor, into: part.values.baseAddress!)
      guard part.values.allSatisfy(\.isFinite) else {
        throw BPBError(.badData, "the checkpoint's '\(tensor.name)' holds what is no number")
      }
    }
  }

  private static func count(_ key: String, _ metadata: [String: String]) throws(BPBError) -> Int {
    guard let count = metadata[key].flatMap({ Int($0) }), count >= 0 else {
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
