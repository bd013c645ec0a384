/// What contexts of a mix are made of, beside the last bytes: each is a number that is known before a byte comes.
enum MixFeature: Int, Sendable, CaseIterable {
  /// Nothing: always 0.
  case none

  // Words: runs of letters, of whatever case, or an ideograph. Of `MixText`.
  /// The word so far, 0 between words.
  case word
  case previousWord
  /// The word before the previous one.
  case wordBefore

  // Lines. Of `MixText`.
  /// How far the line is, up to 255.
  case column
  /// The first bytes of the line.
  case lineHead
  /// The byte above the next one in the line before, 0 where that was shorter; what follows there. Set by `MixModel`.
  case above
  case aboveNext

  // Classes of bytes. Of `MixText`.
  case lastClass
  case classes2
  case classes4
  case classes6
  case classes10
  /// Classes in a row, those of letters and digits once each.
  case shape
  case shortShape
  /// The last marks: what is neither of words, nor a digit, nor a space.
  case marks
  case twoMarks
  case lastMark
  /// The last 9 and 12 bytes.
  case longOrder
  case longerOrder

  // How words are written. Of `WordForms`.
  /// Vowels, other letters, spaces and the rest.
  case vowels
  case threeVowels
  case thirdWord
  case fourthWord
  /// The first letter of the word so far.
  case beginning
  /// The first letters of the last words.
  case firstLetters
  /// The same and how long the word so far is.
  case firstLettersLength
  case lastLetters
  /// Letters alone.
  case letters3
  case letters6
  /// Up to four letters that the previous word began with, and the three it ended with.
  case previousStem
  case previousEnding
  /// What stands between the last words, and between the ones before.
  case gap
  case gapBefore
  /// How long ago the word so far was a whole word, by half doublings.
  case distance

  // What encloses the next byte. Of `MixStructure`.
  /// The last name after a `<`.
  case tag
  /// The two innermost open brackets, and how many are open.
  case nesting
  case quote
  /// The first word of the line.
  case lineWord
  /// The text with each number's digits as one.
  case number
  /// Words since the sentence or the line began.
  case sentence

  // Which part of the text it is. Of `MixSections`.
  /// The last word that a colon or an equals sign ended.
  case keyword
  /// The first word of the last line that was indented less.
  case outerWord
  /// Where the line began; how long the one before was; which of its paragraph it is.
  case line
  case lineLength
  case paragraphLine
  /// Which kilobyte of the text, and which four of them: what comes again in a context of it came lately.
  case stretch
  case longStretch

  // Characters of UTF-8, each time with what has come of the next one. Of `LastCharacters`.
  /// The last character, the last two to six.
  case character
  case twoCharacters
  case threeCharacters
  case fourCharacters
  case fiveCharacters
  case sixCharacters
  /// The two before the last one.
  case skippedCharacter

  // What followed. Of `FollowedCharacters`.
  /// The last four bytes, or two, that followed the last byte.
  case afterOne
  case afterOneTwo
  /// The last four bytes, or one, that followed the last two.
  case afterPair
  case afterPairOne
  case afterTriple
  case afterWord

  // Records and rows of bytes that are no text. Of `MixRecords`.
  /// The byte a short length back, and that length; the one two lengths back; what came after the first; how far the record
  /// is.
  case record
  case recordBefore
  case recordNext
  case recordColumn
  /// The same of a long length; the byte before the one above, and what goes on from the three as a plane would.
  case row
  case rowBefore
  case rowNext
  case rowLast
  case rowColumn
  case rowSlope
  /// Bits around the next byte, in its row and the one above; those of the row two above, and of the one before it.
  case rowBits
  case rowBitsBefore
  case rowThird
  /// Bits near the first half of the next byte, and near the second one, in its row and the two above.
  case rowFirstHalf
  case rowSecondHalf
  /// How long ago the last byte was met, up to 255, the last two, by doublings, and a zero.
  case sinceSame
  case sincePair
  case sinceZero

  // What matches expect. Set by `MixModel`.
  /// The byte that the longest match expects, that another one does, and how long the first is.
  case expected
  case expectedToo
  case expectedLength

  /// As it is written in the name of a context.
  var name: String {
    "\(self)".reduce(into: "") { name, letter in
      let isNumber = letter.isNumber && name.last?.isNumber != true
      if letter.isUppercase || isNumber { name.append("-") }
      name.append(letter.lowercased())
    }
  }
}

/// The features of the byte that comes next.
struct MixFeatures: ~Copyable {
  let values: UnsafeMutablePointer<UInt64>

  init() {
    values = .allocate(capacity: MixFeature.allCases.count)
    values.initialize(repeating: 0, count: MixFeature.allCases.count)
  }

  deinit { values.deallocate() }

  subscript(_ feature: MixFeature) -> UInt64 {
    @inline(__always) get { values[feature.rawValue] }
    @inline(__always) nonmutating set { values[feature.rawValue] = newValue }
  }
}
