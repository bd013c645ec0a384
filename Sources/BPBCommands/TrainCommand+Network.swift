import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

extension TrainCommand {
  /// Whether the method is a kind of network.
  var isNetwork: Bool {
    get throws(BPBError) {
      let name = try MethodSpec(parsing: method).name
      return (Architecture.kinds + [NamedSize.family]).contains(name)
    }
  }

  /// Trains a network, writes it and says what came of it.
  func trainNetwork() throws {
    guard !fromArpa && arpa == nil else {
      throw BPBError(
        .usage, "a network has nothing to do with ARPA files",
        subject: "method '\(SafeText.escape(argument: method))'",
        advice: "name a method of n-grams, as in kn:6")
    }
    let file = try modelOutput()
    let run = NeuralTrainingRun(
      name: method, options: neural, corpus: try trainingCorpus(), holdOut: holdOut, seed: seed)
    let type = neural.weights.tensorType
    let outcome = try run.train { plan throws(BPBError) in
      let numberBytes = neural.weights == .f32 ? 4 : 2
      try file.checkRoom(for: plan.architecture.parameterCount * numberBytes)
    }
    outcome.weights.round(to: type)
    try outcome.write(to: file, as: type)
    let heldOut = try outcome.heldOutFigures()
    try file.commit()
    let account = NeuralTrainingAccount(
      outcome: outcome, file: output, fileBytes: file.byteCount, heldOut: heldOut)
    let report = try ReportOutput(path: nil)
    switch format {
    case .text: try report.write(account.lines)
    case .json: try report.write(account.json.text + "\n")
    }
  }
}

extension NeuralTrainingRun.Outcome {
  /// Writes the model file.
  ///
  /// - Throws: as `ByteOutput.write`, with how the model can still be had.
  func write(to file: ByteOutput, as type: TensorType) throws(BPBError) {
    do throws(BPBError) {
      try weights.write(metadata, as: type) { bytes throws(BPBError) in try file.write(bytes) }
    } catch {
      let advice = [error.advice, advice].compactMap(\.self).joined(separator: "; ")
      throw BPBError(
        error.code, error.problem, subject: error.subject, advice: advice.isEmpty ? nil : advice)
    }
  }

  /// What the network pays for what it did not see; nil if nothing was held out.
  func heldOutFigures() throws(BPBError) -> Estimate? {
    guard !heldOut.isEmpty else { return nil }
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: kernels)
    return HeldOutEstimate.estimate(of: FrozenNetwork(weights, kernels: kernels), on: heldOut)
  }
}

/// What a frozen model pays for a text, with an interval.
enum HeldOutEstimate {
  static func estimate(of model: any FrozenModel, on text: [UInt8]) -> Estimate? {
    let blockSize = ScaleOptions.blockSize
    let bits = model.score(text.span, blockSize: blockSize)
    let blocks = bits.enumerated().map { index, bits in
      BlockCost(bits: bits, bytes: Double(min(blockSize, text.count - index * blockSize)))
    }
    var generator = SeededGenerator(seed: 1)
    return Bootstrap().distribution(
      of: [Replicate(blocks: blocks)], blocks: .own, using: &generator)?.estimate()
  }
}
