extension TemplateGrammar {
  /// The probability that the next sentence begins with `text`; if that is a sentence, that it is it.
  ///
  /// The sum over all derivations, by dynamic programming: after each item of a template the places in
  /// `text` that it may have come to, with their probabilities.
  ///
  /// - Parameter isWhole: whether `text` is a sentence with its end.
  func probability(of text: [UInt8], isWhole: Bool) -> Double {
    templates.indices.reduce(0) { sum, index in
      let p = probability(of: text, isWhole: isWhole, under: templates[index])
      return p > 0 ? sum + weights.probability(of: index) * p : sum
    }
  }

  private func probability(of text: [UInt8], isWhole: Bool, under items: [Item]) -> Double {
    var places = [(offset: 0, probability: 1.0)]
    // Derivations of which `text` is a beginning only.
    var unfinished = 0.0
    for item in items {
      var next: [(offset: Int, probability: Double)] = []
      for place in places {
        for choice in item.strings.indices {
          let agreed = Self.agreement(of: item.strings[choice], with: text, at: place.offset)
          guard let agreed else { continue }
          let p = place.probability * item.weights.probability(of: choice)
          if agreed < item.strings[choice].count {
            unfinished += p
          } else {
            Self.add(p, at: place.offset + agreed, to: &next)
          }
        }
      }
      places = next
      if places.isEmpty { break }
    }
    let whole = places.first { $0.offset == text.count }?.probability ?? 0
    return isWhole ? whole : whole + unfinished
  }

  /// How many bytes of `string` stand in `text` at `offset`, all or those that there is room for; nil if
  /// another byte stands there.
  private static func agreement(of string: [UInt8], with text: [UInt8], at offset: Int) -> Int? {
    let count = min(string.count, text.count - offset)
    for index in 0..<count where string[index] != text[offset + index] { return nil }
    return count
  }

  private static func add(
    _ p: Double, at offset: Int, to places: inout [(offset: Int, probability: Double)]
  ) {
    if let known = places.firstIndex(where: { $0.offset == offset }) {
      places[known].probability += p
    } else {
      places.append((offset, p))
    }
  }
}
