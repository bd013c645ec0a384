import Testing

@testable import ByteModels

/// What contexts of a mix are made of: which texts they tell apart, and which not.
@Suite struct MixFeatureTests {
  /// The features after `text`, by what `MixText`, `WordForms`, `MixStructure`, `MixSections`, `LastCharacters` and
  /// `FollowedCharacters` make of it.
  private func features(after text: String) throws -> (MixFeature) -> UInt64 {
    try features(afterBytes: Array(text.utf8))
  }

  private func features(
    afterBytes bytes: [UInt8], isData: Bool = false
  ) throws -> (MixFeature) -> UInt64 {
    let features = MixFeatures()
    var read = MixText()
    var forms = WordForms()
    var structure = MixStructure()
    var sections = MixSections()
    var last = LastCharacters()
    var followed = try FollowedCharacters()
    for byte in bytes {
      read.advance(past: byte, isData: isData)
      read.write(into: features)
      forms.advance(read, into: features)
      structure.advance(read, into: features)
      sections.advance(read, into: features)
      last.advance(read, into: features)
      _ = followed.advance(read, into: features)
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
    // Of other scripts.
    (.word, "Какая весна", "такая ВЕСНА", "весны"),
    (.previousWord, "«Братья» и", "братья, а", "братьев и"),
    (.previousWord, "Ёлка — а", "ёлка … я", "ёлки — а"),
    (.previousWord, "红楼梦", "大梦", "红梦楼"),
    (.wordBefore, "红楼梦", "青楼台", "红梦楼"),
    (.marks, "да, «нет» — ах!", "ой, «и» — а!", "да, «нет» – ах!"),
    (.marks, "来，去。", "你，不。", "来、去。"),
    (.nesting, "он: «да", "«ну", "он: «да»"),
    (.nesting, "道：“来", "“去（好）", "道：“来”"),
    (.classes6, "Мир, н", "Дом. а", "мир, н"),
    (.shape, "Братья и", "Мысли о", "БРатья и"),
    (.letters3, "и дом", "адом", "и там"),
    (.lineWord, "x\n红楼", "红梦", "楼红"),
    (.sentence, "那。红楼", "你！红楼", "那，红楼"),
    (.character, "же", "те", "жи"),
    (.twoCharacters, "оже", "аже", "оте"),
    (.threeCharacters, "так же", "и же", "так зе"),
    (.fourCharacters, "то же", "это же", "та же"),
    (.fiveCharacters, "это же", "что же", "эта же"),
    (.sixCharacters, "и это же", "- это же", "и то же"),
    (.skippedCharacter, "abcd", "abcx", "axcd"),
    (.skippedCharacter, "红楼梦", "红楼台", "红大梦"),
    (.keyword, "Area: 7, some words", "area=8: words", "area 7: some words"),
    (.keyword, "name: ключ: x", "ключ=y", "name: ключом: x"),
    (.outerWord, "one\n  two\n  three\n  x", "one\n  other\n  x", "one\n  two\n    x"),
    (.outerWord, "a\n b\n  c\n d", "a\n e", "b\n d"),
    (.line, "one\ntwo", "two\none and more", "three\nfour"),
    (.lineLength, "abc\nx", "def\nyz", "abcd\nx"),
    (.paragraphLine, "one\ntwo\n\nthree\nx", "\nfour\nx", "three\n\nx"),
    (.stretch, "one", "two, and more", String(repeating: "one", count: 400)),
    (
      .longStretch, "one", String(repeating: "one", count: 400),
      String(repeating: "one", count: 1400)
    ),
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
    /// Characters of 16 bits each, the last one lowest.
    func history(_ characters: String) -> UInt64 {
      characters.unicodeScalars.reduce(0) { $0 << 16 | UInt64($1.value) }
    }
    let after = try features(after: "a1 a2 ab a")
    #expect(after(.afterOne) == history("12b"))
    #expect(after(.afterOneTwo) == history("2b"))
    let pairs = try features(after: "xab xac xa")
    #expect(pairs(.afterPair) == history("bc"))
    #expect(pairs(.afterPairOne) == history("c"))
    #expect(pairs(.afterTriple) == history("c"))
    #expect(try features(after: "xab xac xab xa")(.afterTriple) == history("cb"))
    let other = try features(after: "红楼。红梦。红")
    #expect(other(.afterOne) == history("楼梦"))
    #expect(try features(after: "жук и жар и ж")(.afterOne) == history("уа"))
    #expect(try features(after: "😀a 😀")(.afterOne) == history("a"))
  }

  /// What has come of a character belongs to what followed the ones before it.
  @Test func begunCharacters() throws {
    func after(_ bytes: [UInt8]) throws -> UInt64 {
      try features(afterBytes: Array("红楼。红".utf8) + bytes)(.afterOne)
    }
    #expect(try Set([[], [0xE6], [0xE7], [0xE6, 0xA5], [0xE6, 0xA6]].map(after)).count == 5)
    // Neither Latin-1 nor what is no text at all is taken for something that goes on.
    #expect(try features(afterBytes: [0xE9, 0x61, 0x20, 0xE9, 0x62, 0xE9, 0x20])(.afterOne) != 0)
    let bytes: [UInt8] = [0xE6, 1, 0xE6, 2, 0xE6]
    #expect(try features(afterBytes: bytes, isData: true)(.afterOne) == 0x1_0002)
  }

  /// Characters of UTF-8 are read as whoever decodes it reads them; what goes wrong is characters byte by byte.
  @Test func charactersAreRead() {
    func read(_ bytes: some Sequence<UInt8>) -> [UInt64] {
      var reader = CharacterReader()
      var characters: [UInt64] = []
      for byte in bytes {
        reader.take(byte, isData: false)
        if let stray = reader.stray { characters.append(stray) }
        if reader.isComplete { characters.append(reader.last) }
      }
      return characters
    }
    let text = "a\u{7F}\u{80}ÿ\u{7FF}\u{800}红\u{FFFD}\u{10000}😀\u{10FFFF}z"
    #expect(read(text.utf8) == text.unicodeScalars.map { UInt64($0.value) })
    #expect(read([0xE9, 0x61, 0x80, 0xC3, 0xC3, 0xA9]) == [0xE9, 0x61, 0x80, 0xC3, 0xE9])
  }

  /// A script is taken for wide when enough letters were, and for narrow again soon after.
  @Test func scriptsAreTold() {
    func script(after text: String) -> MixScript {
      var read = MixText()
      for byte in text.utf8 { read.advance(past: byte) }
      return read.script
    }
    #expect(script(after: "Only letters of a byte, été") == .narrow)
    #expect(script(after: "Братья Карамазовы") == .wide)
    #expect(script(after: "Братья Карамазовы, and others") == .narrow)
    #expect(script(after: "滿紙荒唐言，一把辛酸淚, and others") == .narrow)
    #expect(script(after: "滿紙荒唐言，одна горсть слёз") == .wide)
    #expect(script(after: "红楼梦，第一回，甄士隐梦幻识通灵") == .ideographic)
  }

  /// Words of other codes than UTF-8 are words too.
  @Test func wordsOfOtherCodes() throws {
    let koi: [UInt8] = [0xED, 0xE9, 0xF2, 0x20]  // three letters of KOI8-R
    let latin: [UInt8] = [0x63, 0x61, 0x66, 0xE9, 0x20]
    let others = try [koi, latin, Array("cafe ".utf8)].map {
      try features(afterBytes: $0)(.previousWord)
    }
    #expect(Set(others).count == 3 && !others.contains(0))
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

  /// Lines under lines under lines, more of them than are kept; what is indented less than the first ones is under none.
  @Test func linesUnderLines() throws {
    let deep = (0..<100).map { String(repeating: " ", count: $0) + "w\($0)\n" }.joined()
    #expect(try features(after: deep + "x")(.outerWord) == 0)
    let under = try features(after: deep + "  x")(.outerWord)
    #expect(try under != 0 && under == features(after: " w1\n  x")(.outerWord))
    #expect(try features(after: "\n\n \n  \n x")(.outerWord) == 0)
  }

  @Test func namesAreWords() {
    let names = MixFeature.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("previous-word") && names.contains("classes-10"))
  }
}
