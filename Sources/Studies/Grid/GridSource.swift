import BPBCore
import Corpora

/// What rows of a grid learn from.
enum GridSource: String, CaseIterable, Sendable {
  /// The corpus' training part: there is no more of it than there is.
  case corpus
  /// English sentences from templates, of which there is no end, so that no best size hides behind the end of the data.
  case grammar

  /// Bytes that losses are read on, and those that a learning rate is chosen by.
  static let testBytes = 1 << 17
  static let tuneBytes = 1 << 15
  /// Of one stretch of them.
  static let stretchBytes = 1 << 11

  /// - Parameter bytes: how much of the text is needed; there may be more.
  func training(_ bytes: Int, _ bench: StudyBench) throws(BPBError) -> [UInt8] {
    switch self {
    case .corpus: bench.text.training
    case .grammar: try Self.sentences(bytes + Self.stretchBytes, seed: 1)
    }
  }

  /// Stretches from all over the test part, read as one text.
  func test(_ bench: StudyBench) throws(BPBError) -> [UInt8] {
    switch self {
    case .corpus: bench.text.test.sampled(Self.testBytes, stretch: Self.stretchBytes)
    case .grammar: try Self.sentences(Self.testBytes, seed: 2)
    }
  }

  /// The same of the tune part.
  func tune(_ bench: StudyBench) throws(BPBError) -> [UInt8] {
    switch self {
    case .corpus: bench.text.tune.sampled(Self.tuneBytes, stretch: Self.stretchBytes)
    case .grammar: try Self.sentences(Self.tuneBytes, seed: 3)
    }
  }

  static func sentences(_ count: Int, seed: UInt64) throws(BPBError) -> [UInt8] {
    try KnownSourceTable.builtin.source(named: "grammar").bytes(count: count, seed: seed)
  }
}

extension Array where Element == UInt8 {
  /// About `count` bytes, in stretches at equal distances; all of a text that has no more.
  func sampled(_ count: Int, stretch: Int) -> [UInt8] {
    guard self.count > count else { return self }
    let (places, wanted) = (self.count / stretch, count / stretch)
    return (0..<wanted).flatMap { place -> ArraySlice<UInt8> in
      let start = place * places / wanted * stretch
      return self[start..<start + stretch]
    }
  }
}
