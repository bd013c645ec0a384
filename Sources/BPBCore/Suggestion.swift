/// "Did you mean …": the nearest of some valid words.
public enum Suggestion {
  /// A clause naming the nearest of `words`, or nil if none is near.
  public static func advice(for text: String, among words: [String]) -> String? {
    let ranked = words.map { (word: $0, distance: distance(text, $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, text.count / 2)
    else { return nil }
    return "did you mean '\(best.word)'?"
  }

  /// Damerau–Levenshtein distance (optimal string alignment), case ignored.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.lowercased())
    let b = Array(b.lowercased())
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforePrevious, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
