/// Where the bits of a whole text are: by how many a byte takes, by kinds of bytes, by places in words.
struct ByteSurvey {
  /// Some bytes, and what they take together.
  struct Tally: Equatable {
    var bytes = 0
    var bits = 0.0

    mutating func add(_ more: Double) {
      bytes += 1
      bits += more
    }

    /// Bits of each; nil where there are no bytes.
    var bitsPerByte: Double? { bytes > 0 ? bits / Double(bytes) : nil }
  }

  /// What a byte takes at least to be counted one place further in `levels`, in bits.
  static let edges = [0.1, 1, 4]
  /// As tables name the levels.
  static let levelLabels = ["under 0.1", "0.1 to 1", "1 to 4", "4 and more"]

  /// All bytes.
  var total = Tally()
  /// Bytes by what each takes; see `edges`.
  var levels = Array(repeating: Tally(), count: edges.count + 1)
  /// By `ByteClass`.
  var classes = Array(repeating: Tally(), count: ByteClass.allCases.count)
  /// By `WordPlace`.
  var words = Array(repeating: Tally(), count: WordPlace.allCases.count)

  /// The bytes of `text`, which take `bits`.
  init(_ text: [UInt8], _ bits: [Double]) {
    var isInWord = false
    for character in TextCharacters(text) {
      let isLetter = character.isLetter
      for place in character.range {
        let isFirst = isLetter && !isInWord && place == character.range.lowerBound
        let word: WordPlace = !isLetter ? .outside : isFirst ? .first : .rest
        total.add(bits[place])
        levels[Self.edges.reduce(0) { $0 + (bits[place] >= $1 ? 1 : 0) }].add(bits[place])
        classes[ByteClass(place, of: character).rawValue].add(bits[place])
        words[word.rawValue].add(bits[place])
      }
      isInWord = isLetter
    }
  }

  /// Part of all bytes.
  func share(ofBytes tally: Tally) -> Double {
    total.bytes > 0 ? Double(tally.bytes) / Double(total.bytes) : 0
  }

  /// Part of all bits.
  func share(ofBits tally: Tally) -> Double { total.bits > 0 ? tally.bits / total.bits : 0 }
}
