import BPBCore
import NeuralModels

/// One model, one text: what the model then knows of every string, planted or not.
struct MemorisationCell: Sendable {
  /// A named size of a network, or a method as `kn:8`.
  let model: String
  let learned: Planting.Learned
  /// Bytes that strings are planted in.
  let baseBytes: Int
  /// Canaries of each number of copies; as many passages.
  let each: Int
  /// Times that a network goes through its text; a table counts it once.
  let epochs: Int
  /// What is planted and where, and what a network begins with, follows from it.
  let seed: UInt64

  private static let coolDownShare = 0.3

  var cell: StudyCell {
    StudyCell(
      [
        "model": model, "text": learned.rawValue, "base": "\(baseBytes)", "each": "\(each)",
        "epochs": architecture == nil ? "1" : "\(epochs)", "seed": "\(seed)",
      ],
      expectedSeconds: expectedSeconds, memoryNeed: 64 << 20
    ) { bench throws(BPBError) in
      let planting = try Planting(in: bench.text, baseBytes: baseBytes, each: each, seed: seed)
      return try measure(planting, learning: planting.text(learned), on: bench)
    }
  }

  private var architecture: Architecture? {
    NamedSize.all.first { $0.name == model }?.architecture
  }

  private var expectedSeconds: Double {
    guard let architecture else { return 2 }
    let bytes = Double((baseBytes + Planting.bytes(each: each)) * epochs)
    return 1 + bytes * architecture.trainingFLOPsPerByte(time: 256) / 4e10
  }

  /// What a model that learned from `text` knows of what `planting` says was planted, and was not.
  func measure(
    _ planting: Planting, learning text: [UInt8], on bench: StudyBench
  ) throws(BPBError) -> StudyFigures {
    let model = try model(learning: text, bench)
    let test = model.score(bench.text.test.span, blockSize: bench.text.blockSize)
    var figures = StudyFigures(
      figures: [
        "bytes": Double(text.count), "test": test.reduce(0, +) / Double(bench.text.test.count),
      ],
      series: ["test": test])
    if let architecture { figures.figures["parameters"] = Double(architecture.parameterCount) }
    for set in StringSet.allCases {
      let items = planting[set]
      let recalls = items.map { Recall(of: $0.bytes, by: model) }
      figures.series[set.series("copies")] = items.map { Double($0.copies) }
      figures.series[set.series("bits")] = recalls.map(\.bits)
      figures.series[set.series("needs")] = recalls.map { Double($0.needs) }
    }
    return figures
  }

  private func model(
    learning text: [UInt8], _ bench: StudyBench
  ) throws(BPBError) -> any FrozenModel {
    guard let architecture else {
      return try bench.model(StudyMethods.learning(model), learning: text).model
    }
    var plan = TrainingPlan.usual(for: architecture, textBytes: text.count, seed: seed)
    plan.shards = 1
    let steps = max(text.count * epochs / plan.batchBytes, 1)
    plan.schedule = Schedule(
      warmUp: min(50, max(steps / 4, 1)), steps: steps, coolDownShare: Self.coolDownShare)
    return FrozenNetwork(try bench.weights(plan, learning: text))
  }
}

/// The sets of strings that models are asked for.
enum StringSet: String, CaseIterable {
  case canaries, controls, passages, heldOut, windows

  /// The name of what a cell's record says of them.
  func series(_ what: String) -> String { "\(rawValue) \(what)" }

  /// Bytes of each string.
  var length: Int {
    switch self {
    case .canaries, .controls: Planting.canaryLength
    case .passages, .heldOut, .windows: Planting.passageLength
    }
  }
}

extension Planting {
  subscript(set: StringSet) -> [Item] {
    switch set {
    case .canaries: canaries
    case .controls: controls
    case .passages: passages
    case .heldOut: heldOut
    case .windows: windows
    }
  }
}
