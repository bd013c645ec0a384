import BitsPerByte
import SystemPackage
import Testing
import _TestSupport

/// What holds for every method that can be named.
@Suite struct BuiltinMethodTests {
  /// All but those that need a file.
  private static let names = MethodTable.builtin.families.map(\.name).filter { $0 != "model" }

  /// Networks of the default size take minutes where nothing is optimised.
  private static let small = [
    "gru": "gru:8", "lstm": "lstm:8", "transformer": "transformer:1:width=8:heads=1",
    "mlp": "mlp:3:width=8", "neural": smallNetwork,
  ]
  private static let smallNetwork =
    "neural:[transformer:layers=1:width=8:heads=1:context=16]:steps=2"

  @Test(arguments: names)
  func defaultsMakeAMethodThatVerifies(name: String) throws {
    let byDefault = try MethodTable.builtin.method(named: name)
    #expect(try MethodTable.builtin.method(named: byDefault.name).name == byDefault.name)
    #expect(byDefault.expectedSpeed > 0 && byDefault.memory.encoder >= 0)
    let isNetwork = Self.small[name] != nil
    let method = try MethodTable.builtin.method(named: Self.small[name] ?? name)
    for input in HostileInputs.all where !isNetwork || input.bytes.count < 2000 {
      let coded = try method.codec.encode(input.bytes.span)
      let decoded = try method.codec.decode(coded.span, limit: input.bytes.count)
      #expect(decoded == input.bytes, "\(name) on \(input.name)")
    }
  }

  /// Every model writes, the same text for the same seed; what is no model does not.
  @Test(arguments: names)
  func modelsWrite(name: String) throws {
    let method = try MethodTable.builtin.method(named: Self.small[name] ?? name)
    let text = Array("What learned a sentence can go on with another sentence. ".utf8)
    let prompt = Array("What".utf8)
    func written() throws -> [UInt8]? {
      let writer = try method.codec.makeWriter(byteCount: text.count + prompt.count + 50)
      guard let writer else { return nil }
      writer.learn(text.span)
      var bytes: [UInt8] = []
      try writer.write(50, after: prompt.span, drawing: Sampling()) { bytes.append($0) }
      return bytes
    }
    let first = try written()
    let again = try written()
    #expect(first?.count == (try MethodTable.builtin.family(named: name).kind == .model ? 50 : nil))
    #expect(first == again)
  }

  /// The families that learn something, each by a method that is quick to check.
  private static let learners = ["ngram": "ngram", "kn": "kn:3", "neural": smallNetwork]

  /// Whatever says that it learns something holds what that promises.
  @Test(arguments: names)
  func whatIsLearnedIsHonest(name: String) throws {
    let byDefault = try MethodTable.builtin.method(named: name)
    let learner = Self.learners[name]
    #expect(
      (byDefault.learning == nil) == (learner == nil), "a new method that learns? Name it here")
    guard let learner else { return }
    let learning = try #require(MethodTable.builtin.method(named: learner).learning)
    #expect(!learning.precision.isEmpty && !learning.filePrecision.isEmpty)
    let checker = LearningChecker(learning)
    for input in HostileInputs.all where ["text", "sparse", "empty"].contains(input.name) {
      let isNetwork = Self.small[name] != nil
      let training = Array(input.bytes.prefix(isNetwork ? 400 : 2000))
      let text = Array(input.bytes.suffix(isNetwork ? 100 : 300))
      #expect(checker.failures(training: training, text: text, named: input.name) == [])
    }
  }

  /// Orders, and what makes a model smaller.
  private static let settings =
    (0...6).map { "ngram:\($0)" } + (1...8).map { "kn:\($0)" } + [
      "kn:4:prune=1", "kn:4:entropy=100", "kn:4:bits=8", "kn:4:prune=2:bits=4",
      "kn:4:grain=1", "kn:5:entropy=30:grain=0.5:bits=8",
    ]

  @Test(arguments: settings)
  func everySettingLearns(name: String) throws {
    let learning = try #require(MethodTable.builtin.method(named: name).learning)
    let text = Array(HostileInputs.all.first { $0.name == "text" }!.bytes.prefix(600))
    let found = LearningChecker(learning).failures(training: text, text: text, named: "text")
    #expect(found == [])
  }

  @Test(arguments: 0...6)
  func idealAndCodedLengthAgree(order: Int) throws {
    let method = try MethodTable.builtin.method(named: "ngram:\(order)")
    let codec = try #require(method.codec as? ModelCodec)
    for input in HostileInputs.all {
      let coded = try codec.encode(input.bytes.span)
      let framing = try codec.makeEncoder(byteCount: input.bytes.count).framingBytes
      let excess = Double(8 * (coded.count - framing)) - (try codec.score(input.bytes.span)).bits
      #expect(abs(excess) <= 64 + 0.00002 * Double(input.bytes.count), "\(input.name)")
    }
  }
}

/// The published figures of the n-gram model, on files that a fresh clone does not have.
@Suite(
  .enabled(
    if: RealCorpora.directory != nil,
    "the benchmark corpora are not here; BPB_CORPORA names them"))
struct NGramFigureTests {
  /// File, and the size of bzip2 -9, which order 5 must stay below.
  @Test(arguments: [
    ("canterbury/alice29.txt", 43_202), ("calgary/book1", 232_598),
    ("natural/tinyshakespeare.txt", 328_477),
  ])
  func orderFiveIsBelowBzip2(path: String, limit: Int) throws {
    let bytes = try RealCorpora.bytes(path)
    let method = try MethodTable.builtin.method(named: "ngram:5")
    let coded = try method.codec.encode(bytes.span)
    #expect(coded.count < limit)
  }
}

/// What every model promises on every corpus file: minutes, so only when asked for.
@Suite(
  .enabled(
    if: RealCorpora.directory != nil && LongTests.areWanted,
    "takes minutes and the benchmark corpora: BPB_LONG_TESTS=1"))
struct CorpusCodingTests {
  @Test(arguments: 0...6)
  func idealAndCodedLengthAgreeOnEveryFile(order: Int) throws {
    let method = try MethodTable.builtin.method(named: "ngram:\(order)")
    let codec = try #require(method.codec as? ModelCodec)
    let files = try CorpusWalk().corpus(of: [FilePath(RealCorpora.directory!)]).files
    #expect(files.count > 20)
    for file in files {
      let bytes = try RealCorpora.bytes(file.name)
      let coded = try codec.encode(bytes.span)
      let framing = try codec.makeEncoder(byteCount: bytes.count).framingBytes
      let excess = Double(8 * (coded.count - framing)) - (try codec.score(bytes.span)).bits
      #expect(abs(excess) <= 64 + 0.00002 * Double(bytes.count), "\(file.name): \(excess) bits")
      let decoded = try codec.decode(coded.span, limit: bytes.count)
      #expect(decoded == bytes, "\(file.name)")
    }
  }
}
