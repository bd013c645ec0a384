import Testing

@testable import ByteModels

/// What contexts of a mix are made of: which texts they tell apart, and which not.
@Suite struct MixFeatureTests {
  /// The features after `text`, by what `MixText`, `WordForms`, `MixStructure` and `FollowedBytes` make of it.
  private func features(after text: String) throws -> (MixFeature) -> UInt64 {
    let features = MixFeatures()
    var read = MixText()
    var forms = WordForms()
    var structure = MixStructure()
    var followed = try FollowedBytes()
    for byte in text.utf8 {
      read.advance(past: byte)
      read.write(into: features)
      forms.advance(read, into: features)
      structure.advance(read, into: features)
      followed.advance(read, into: features)
    }
    let values = MixFeature.allCases.map { features[$0] }
    return { values[$0.rawValue] }
  }

  private func same(_ feature: MixFeature, _ first: String, _ second: String) throws -> Bool {
    try features(after: first)(feature) == features(after: second)(feature)
  }

  /// Texts that a feature cannot tell apart, and a third one that it can.
  @Test(arguments: [
    (MixFeature.word, "Some words", "other WORDS", "some word"),
    (.previousWord, "one two th", "1: TWO, fo", "one too th"),
    (.wordBefore, "one two three", "one, too; th", "a two three"),
    (.thirdWord, "a b c d", "a x y z", "b b c d"),
    (.fourthWord, "a b c d e", "a x y z w", "b b c d e"),
    (.column, "abc\nde", "\nxy", "abcde"),
    (.lineHead, "abcdef", "x\nabcdxy", "x\nabxdef"),
    (.shape, "Word 12", "Verb 4567", "Word-12"),
    (.vowels, "a bare", "o dine", "a band"),
    (.beginning, "a band", "the b", "a land"),
    (.firstLetters, "to be or not", "Take bread, oil, nuts", "to be for not"),
    (.firstLettersLength, "to be or not", "Take bread, oil, nut", "to be or no"),
    (.lastLetters, "one true ", "the tree, ", "one two "),
    (.letters3, "a b-c", "xabc", "a b-d"),
    (.letters6, "ab cd ef", "zabcdef", "ab cd eg"),
    (.previousStem, "preparing a", "prep", "propping a"),
    (.previousEnding, "walking ", "running ", "walked "),
    (.gap, "so - ", "and\n- ", "so, "),
    (.gapBefore, "so - much", "oh - if", "so much"),
    (.tag, "<b>one</b> <i c", "<i x=\"1\">", "<b>"),
    (.nesting, "f(a[1", "g(xyz[", "f(a[1]"),
    (.quote, "he said \"no", "\"a\" \"", "he said \"no\""),
    (.marks, "a, b; c. d-", "x,y;z.w-", "a, b; c. d+"),
    (.twoMarks, "(a; b.", "[;x.", "a: b."),
    (.lastMark, "one, two", "three,", "one. two"),
    (.lineWord, "x\nkey = 1", "  key: 234", "  yek = 1"),
    (.number, "at 12:5", "at 7:123", "at 12-5"),
    (.sentence, "No. It is ", "Yes! It is ", "No. Is it "),
    (.threeCharacters, "the же", "a же", "the зе"),
    (.fourCharacters, "то же", "это же", "та же"),
    (.skippedCharacter, "abcd", "abxd", "axcd"),
    (.longOrder, "xabcdefghi", "yabcdefghi", "xAbcdefghi"),
    (.longerOrder, "xabcdefghijkl", "yabcdefghijkl", "xAbcdefghijkl"),
  ])
  func whatIsToldApart(feature: MixFeature, first: String, second: String, other: String) throws {
    if feature != .previousStem {
      #expect(try same(feature, first, second), "\(feature)")
    } else {
      // Four letters are enough to know a word again.
      #expect(try same(feature, "preparing ", "prepare "), "\(feature)")
    }
    #expect(try !same(feature, first, other), "\(feature)")
  }

  @Test func whatFollowed() throws {
    let after = try features(after: "a1 a2 ab a")
    #expect(after(.afterByte) == UInt64("12b".utf8.reduce(0) { $0 << 8 | UInt64($1) }))
    #expect(
      after(.afterByteTwo) == UInt64(("2b" as String).utf8.reduce(0) { $0 << 8 | UInt64($1) }))
    let pairs = try features(after: "xab xac xa")
    #expect(pairs(.afterPair) == UInt64("bc".utf8.reduce(0) { $0 << 8 | UInt64($1) }))
    #expect(pairs(.afterPairOne) == UInt64(UInt8(ascii: "c")))
    #expect(pairs(.afterTriple) == 0x63)
    #expect(try features(after: "xab xac xab xa")(.afterTriple) == 0x6362)
  }

  /// How long ago grows with the distance, and is the same within half a doubling.
  @Test func distances() throws {
    let distances = try [1, 2, 4, 20, 22, 200].map {
      try features(after: "word \(String(repeating: ".", count: $0)) word")(.distance)
    }
    #expect(distances == distances.sorted() && Set(distances).count > 3 && distances[0] > 0)
    #expect(distances[3] == distances[4])
    #expect(try features(after: "word wor")(.distance) == 0)
  }

  /// Nothing of the bytes before can make them trap: all bytes, and brackets that are never closed or never opened.
  @Test func whateverComes() throws {
    let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 * 167 + $0 / 256) }
    _ = try features(after: String(decoding: bytes, as: UTF8.self))
    let open = try features(after: String(repeating: "(", count: 1000))
    #expect(open(.nesting) != (try features(after: "("))(.nesting))
    let closed = try features(after: String(repeating: ")>]", count: 1000))
    #expect(closed(.nesting) == 0)
  }

  @Test func namesAreWords() {
    let names = MixFeature.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("previous-word") && names.contains("classes-10"))
  }
}
