/// Which part of a text the next byte is in: its keyword, the line that it stands under, the line, the stretch.
struct MixSections {
  static let features: Set<MixFeature> = [
    .keyword, .outerWord, .line, .lineLength, .paragraphLine, .stretch, .longStretch,
  ]

  private var keyword: UInt64 = 0
  /// Lines that others stand under, the last one innermost: how far they are indented, and their first words.
  private var outer: [(indentation: Int, word: UInt64)] = []
  private var outerWord: UInt64 = 0
  /// The first word of the line so far.
  private var lineWord: UInt64 = 0
  private var indentation = 0
  private var isIndenting = true
  private var paragraphLine: UInt64 = 0

  /// More lines under lines are not told apart.
  private static let mostOuter = 32
  /// Bytes of a stretch, as a power of two, and of a long one.
  private static let (stretchBits, longStretchBits): (UInt64, UInt64) = (10, 12)

  /// Takes in the last byte of `text`.
  ///
  /// - Parameter features: those of `MixStructure` of this byte.
  mutating func advance(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    let byte = UInt8(truncatingIfNeeded: text.last)
    if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "="), text.hasEndedWord {
      keyword = text.previousWord
    }
    if byte == 10 { endLine() } else if isIndenting { indent(by: text.classes & 15) }
    lineWord = features[.lineWord]
    write(text, into: features)
  }

  private mutating func endLine() {
    paragraphLine = lineWord == 0 ? 0 : min(paragraphLine &+ 1, 30)
    if lineWord != 0 {
      while let last = outer.last, last.indentation >= indentation { outer.removeLast() }
      if outer.count < Self.mostOuter { outer.append((indentation, lineWord)) }
    }
    (indentation, isIndenting, outerWord) = (0, true, 0)
  }

  private mutating func indent(by kind: UInt64) {
    guard kind != MixText.space else {
      indentation &+= 1
      return
    }
    isIndenting = false
    outerWord = outer.last { $0.indentation < indentation }?.word ?? 0
  }

  private func write(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    let position = UInt64(text.position)
    features[.keyword] = keyword
    features[.outerWord] = outerWord
    features[.line] = UInt64(text.lineStart)
    features[.lineLength] = UInt64(text.lineStart &- text.previousLineStart)
    features[.paragraphLine] = paragraphLine
    features[.stretch] = position &>> Self.stretchBits
    features[.longStretch] = position &>> Self.longStretchBits
  }
}
