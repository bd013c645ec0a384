import BPBCore
import Corpora

/// What was planted in a text, how often, and what was not: the strings by which memory is told.
///
/// Canaries (N. Carlini et al., "The secret sharer", 2019) are uniform random bytes: nothing but having seen them helps to
/// complete one, a chance completion of 16 bytes has probability 2^-128, and each holds exactly 8 bits a byte. That a model
/// learns what canaries look like is taken out by controls, drawn alike and never planted. Passages are real: stretches of the
/// training part that stand nowhere else in what is learned from; their controls are stretches of the test part.
struct Planting {
  /// A string and how often it was planted.
  struct Item: Equatable {
    var bytes: [UInt8]
    var copies: Int
  }

  static let canaryLength = 32
  static let passageLength = 64
  static let canaryCopies = [1, 2, 4, 8, 16, 32, 64]
  static let passageCopies = [1, 4, 16, 64]
  /// Prefixes that a model is shown of a string.
  static let prefixes = [4, 8, 16]
  /// Repetitions of as many bytes are removed where a text is deduplicated.
  static let repeatWidth = 50
  /// Sharing as many bytes with what is learned from, a passage would not be new there.
  private static let sharedWidth = 32
  /// Passages looked at for each one that is wanted.
  private static let mostTries = 16

  let canaries: [Item]
  let controls: [Item]
  let passages: [Item]
  let heldOut: [Item]
  /// Stretches as long as passages that the clean text has and the planted one has not, with how often they stand there.
  let windows: [Item]
  private let base: ArraySlice<UInt8>
  private let copies: [Item]
  private let training: [UInt8]
  private let seed: UInt64

  /// Bytes that planting `each` canaries and passages of each number of copies adds.
  static func bytes(each: Int) -> Int {
    each
      * (canaryLength * canaryCopies.reduce(0, +) + passageLength * passageCopies.reduce(0, +))
  }

  /// Draws what is to be planted in the first `baseBytes` of the training part.
  ///
  /// - Throws: `noInput` for a training part without room.
  init(
    in text: StudyText, baseBytes: Int, each: Int, seed: UInt64
  ) throws(BPBError) {
    let total = baseBytes + Self.bytes(each: each)
    let needed = total + each * Self.passageCopies.count * Self.passageLength
    guard baseBytes > 0, text.training.count >= needed else {
      throw BPBError(
        .noInput,
        "the training part has \(text.training.count) bytes, and what is planted needs \(needed) at least",
        advice: "take a larger corpus")
    }
    var generator = SeededGenerator(seed: seed)
    let clean = Array(text.training[..<total])
    func random() -> [Item] {
      Self.canaryCopies.flatMap { copies in
        (0..<each).map { _ in
          Item(bytes: generator.bytes(count: Self.canaryLength), copies: copies)
        }
      }
    }
    canaries = random()
    controls = random().map { Item(bytes: $0.bytes, copies: 0) }
    let wanted = each * Self.passageCopies.count
    passages = Self.stretches(text.training[total...], wanted, strangeTo: clean, &generator)
      .enumerated().map {
        Item(bytes: $1, copies: Self.passageCopies[$0 % Self.passageCopies.count])
      }
    heldOut = Self.stretches(text.test[...], wanted, strangeTo: clean, &generator)
      .map { Item(bytes: $0, copies: 0) }
    base = text.training[..<baseBytes]
    copies = canaries + passages
    let planted = copies.reduce(0) { $0 + $1.copies * $1.bytes.count }
    windows = Self.windows(
      of: Array(clean[..<(baseBytes + planted)]), from: baseBytes, each: each, &generator)
    training = text.training
    self.seed = seed
  }

  /// Up to `count` passages of `text`, none of which has much in common with `known`.
  private static func stretches(
    _ text: ArraySlice<UInt8>, _ count: Int, strangeTo known: [UInt8],
    _ generator: inout SeededGenerator
  ) -> [[UInt8]] {
    var places = Array(
      stride(from: text.startIndex, through: text.endIndex - passageLength, by: passageLength))
    var found: [[UInt8]] = []
    // A text that repeats itself throughout has none, and is not searched to its end.
    for _ in 0..<min(places.count, mostTries * count) where found.count < count {
      places.swapAt(places.count - 1, Int(generator.next(below: UInt64(places.count))))
      let place = places.removeLast()
      let passage = Array(text[place..<place + passageLength])
      if HeldOutOverlap.share(of: passage, foundIn: known, windowSize: sharedWidth) == 0 {
        found.append(passage)
      }
    }
    return found
  }

  /// For each number of times that stretches of `clean` behind `start` stand in it, and nowhere before, some of them.
  private static func windows(
    of clean: [UInt8], from start: Int, each: Int, _ generator: inout SeededGenerator
  ) -> [Item] {
    guard clean.count - start >= passageLength else { return [] }
    let repeated = RepeatedWindows(of: clean, width: passageLength)
    let places = repeated.first.indices.filter { repeated.first[$0] == $0 && $0 >= start }
    return WindowBin.all.flatMap { bin -> [Item] in
      var candidates = places.filter { bin.counts.contains(repeated.count[$0]) }
      return (0..<min(4 * each, candidates.count)).map { _ in
        candidates.swapAt(
          candidates.count - 1, Int(generator.next(below: UInt64(candidates.count))))
        let place = candidates.removeLast()
        return Item(
          bytes: Array(clean[place..<place + passageLength]), copies: repeated.count[place])
      }
    }
  }
}

/// Numbers of times that a stretch stands in a text, which are looked at together.
struct WindowBin {
  let name: String
  let counts: ClosedRange<Int>

  static let all = [
    WindowBin(name: "1", counts: 1...1), WindowBin(name: "2", counts: 2...2),
    WindowBin(name: "3-4", counts: 3...4), WindowBin(name: "5-9", counts: 5...9),
    WindowBin(name: "10+", counts: 10...Int.max),
  ]
}

extension Planting {
  /// What a model learns from.
  enum Learned: String, CaseIterable, Sendable {
    /// The base with all that is planted in it.
    case planted
    /// As many bytes of the training part alone, from the same beginning on.
    case clean
    /// The planted text without its repetitions, filled up to as many bytes by what follows the base.
    case deduplicated
    /// The same strings planted in a quarter of the base.
    case quarter
  }

  /// The bytes of a text.
  func text(_ learned: Learned) -> [UInt8] {
    switch learned {
    case .planted: planted(in: base)
    case .clean: Array(training[..<planted(in: base).count])
    case .deduplicated: deduplicated
    case .quarter: planted(in: base.prefix(base.count / 4))
    }
  }

  private var deduplicated: [UInt8] {
    let whole = planted(in: base)
    let kept = RepeatedWindows.removed(from: whole, width: Self.repeatWidth)
    return kept + training[base.count..<base.count + whole.count - kept.count]
  }

  /// `base` with all copies at places drawn anew for each of them.
  private func planted(in base: ArraySlice<UInt8>) -> [UInt8] {
    var generator = SeededGenerator(seed: ~seed)
    var places: [(place: Int, item: Int)] = []
    for (item, planted) in copies.enumerated() {
      for _ in 0..<planted.copies {
        places.append((Int(generator.next(below: UInt64(base.count + 1))), item))
      }
    }
    places.sort { ($0.place, $0.item) < ($1.place, $1.item) }
    var text: [UInt8] = []
    var done = 0
    for (place, item) in places {
      text += base[done..<place]
      text += copies[item].bytes
      done = place
    }
    return text + base[done...]
  }
}
