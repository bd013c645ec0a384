/// What kind of byte a byte of a text is.
enum ByteClass: Int, CaseIterable {
  case letter, digit, space, punctuation, lineEnd, firstOfSeveral, laterOfSeveral, other

  /// As tables name it.
  var label: String {
    switch self {
    case .letter: "letters"
    case .digit: "digits"
    case .space: "spaces and tabs"
    case .punctuation: "punctuation"
    case .lineEnd: "ends of lines"
    case .firstOfSeveral: "non-ASCII, first byte"
    case .laterOfSeveral: "non-ASCII, other bytes"
    case .other: "neither text nor UTF-8"
    }
  }

  /// As programs name it.
  var name: String {
    switch self {
    case .letter: "letter"
    case .digit: "digit"
    case .space: "space"
    case .punctuation: "punctuation"
    case .lineEnd: "line_end"
    case .firstOfSeveral: "non_ascii_first"
    case .laterOfSeveral: "non_ascii_other"
    case .other: "other"
    }
  }

  /// The class of the byte at `place`, which belongs to `character`.
  init(_ place: Int, of character: TextCharacters.Character) {
    guard let scalar = character.scalar else {
      self = .other
      return
    }
    guard place == character.range.lowerBound else {
      self = .laterOfSeveral
      return
    }
    switch scalar {
    case "a"..."z", "A"..."Z": self = .letter
    case "0"..."9": self = .digit
    case " ", "\t": self = .space
    case "\n", "\r": self = .lineEnd
    case "!"..."~": self = .punctuation
    default: self = scalar.isASCII ? .other : .firstOfSeveral
    }
  }
}

/// Where in a word a byte is; a word is a run of letters of any script.
enum WordPlace: Int, CaseIterable {
  case first, rest, outside

  /// As tables name it.
  var label: String {
    switch self {
    case .first: "first byte of a word"
    case .rest: "rest of a word"
    case .outside: "between words"
    }
  }

  /// As programs name it.
  var name: String { "\(self)" }
}

extension TextCharacters.Character {
  /// Whether it is part of a word.
  var isLetter: Bool {
    guard let scalar else { return false }
    switch scalar {
    case "a"..."z", "A"..."Z": return true
    default: return !scalar.isASCII && scalar.properties.isAlphabetic
    }
  }
}
