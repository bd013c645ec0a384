/// The stretches of a text that take the most bits above what is usual there.
///
/// Each byte scores its bits less a threshold; stretches are the maximal scoring subsequences of that: none can gain by
/// being longer or shorter, and no two overlap (Ruzzo and Tompa, "A linear time algorithm for finding all maximal scoring
/// subsequences", 1999). They begin and end where characters do.
struct DearStretches {
  /// A stretch and its score in bits.
  struct Stretch: Equatable {
    var range: Range<Int>
    var score: Double
  }

  /// A subsequence that may still become part of a longer one, by sums of scores before it and up to its end.
  private struct Candidate {
    var range: Range<Int>
    var before: Double
    var upTo: Double
    /// The place of the last candidate before it that begins lower; -1 for none.
    var lower = -1

    var stretch: Stretch { Stretch(range: range, score: upTo - before) }
  }

  private let count: Int
  private var best: [Stretch] = []
  private var candidates: [Candidate] = []
  private var sum = 0.0

  private init(count: Int) { self.count = count }

  /// The `count` stretches of `text` that score most, the best first; of equal ones the earlier.
  ///
  /// - Parameters:
  ///   - bits: of each byte.
  ///   - threshold: bits that a byte may take without being dear.
  static func most(
    _ count: Int, in text: [UInt8], bits: [Double], threshold: Double
  ) -> [Stretch] {
    var finder = DearStretches(count: count)
    for character in TextCharacters(text) {
      let score = character.range.reduce(0) { $0 + bits[$1] - threshold }
      finder.add(character.range, score)
    }
    finder.settle()
    return finder.best
  }

  /// What is dear in a text of so many bits a byte: half as much again, but four bits in any case.
  static func threshold(bitsPerByte: Double) -> Double { min(1.5 * bitsPerByte, 4) }

  private mutating func add(_ range: Range<Int>, _ score: Double) {
    let before = sum
    sum += score
    guard score > 0 else { return }
    var new = Candidate(range: range, before: before, upTo: sum)
    while case let place = lastCandidate(below: new.before), place >= 0 {
      guard candidates[place].upTo < new.upTo else {
        new.lower = place
        candidates.append(new)
        return
      }
      new.range = candidates[place].range.lowerBound..<new.range.upperBound
      new.before = candidates[place].before
      candidates.removeSubrange(place...)
    }
    // Nothing before it begins lower, so nothing before it can grow any more.
    settle()
    candidates = [new]
  }

  /// Those between a candidate and the one that it names begin no lower than itself: all of them are passed over at once,
  /// which is what makes the whole search linear.
  private func lastCandidate(below sum: Double) -> Int {
    var place = candidates.count - 1
    while place >= 0 && candidates[place].before >= sum { place = candidates[place].lower }
    return place
  }

  /// Takes all candidates as they are.
  private mutating func settle() {
    guard !candidates.isEmpty else { return }
    best = (best + candidates.map(\.stretch)).sorted {
      $0.score != $1.score ? $0.score > $1.score : $0.range.lowerBound < $1.range.lowerBound
    }
    best = Array(best.prefix(count))
    candidates = []
  }
}
