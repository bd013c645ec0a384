public import BPBCore
public import RunRecords

/// A piece of a scale run: a method on some prefixes of one window.
public struct ScaleJob: Job {
  /// What is measured.
  public enum Work: Sendable, Equatable {
    /// Each prefix coded on its own.
    case prefix
    /// All prefixes in one pass of an adaptive model.
    case pass
    /// The model frozen after each prefix, in one pass of learning.
    case freeze
  }

  public let work: Work
  public let method: Method
  public let window: ScaleRecord.Window
  /// Rising; one for `.prefix`.
  public let sizes: [Int]
  /// Bytes that a frozen model is tested on at each size, and those that it is asked to guess.
  let testedBytes: Int

  /// Whether a frozen model is also held against its own training bytes: done once, in the first window;
  /// the others are there for the spread of held-out losses.
  var takesApart: Bool { window.start == 0 }

  /// Bytes that models are told to make room for.
  var capacity: Int { sizes.last ?? 0 }

  public var memoryNeed: Int {
    switch work {
    case .prefix, .pass: method.memory.total
    // A learner, a restored model, a snapshot, and the prefix once more as it comes back.
    case .freeze: 3 * method.memory.encoder + 2 * capacity
    }
  }

  public var expectedSeconds: Double {
    let coding = Double(capacity) * 4 / 3 / method.expectedSpeed + 0.0005
    guard work == .freeze else { return coding }
    let frozen = sizes.reduce(0) { $0 + (takesApart ? 2 * $1 : 0) + testedBytes }
    return coding + Double(frozen) / method.expectedSpeed
  }
}
