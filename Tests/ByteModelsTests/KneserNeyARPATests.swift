import BPBCore
import ByteModels
import SystemPackage
import Testing
import _TestSupport

/// ARPA files: what KenLM makes of ours, and what we make of those that are wrong.
@Suite struct KneserNeyARPATests {
  private static let training = Array(
    """
    The band began, and then the band ended. A banana in the hand of a bandit;
    then an end, an and, and the bandana.\n
    """.utf8)

  /// The file at `name` beside the other references.
  private static func reference(_ name: String) throws -> [UInt8] {
    let path = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .appending("Reference").appending(name)
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = try piece.withUnsafeMutableBytes({ try file.read(into: $0) }),
        count > 0
      {
        bytes += piece.prefix(count)
      }
      return bytes
    }
  }

  private static func export(_ body: [UInt8]) throws -> [UInt8] {
    var text: [UInt8] = []
    try KneserNeyLearning.exportARPA(ModelBytes(copying: body.span)) { piece throws(BPBError) in
      text.append(piece)
    }
    return text
  }

  private static func body(_ training: [UInt8], order: Int) throws -> [UInt8] {
    let learner = try KneserNeyLearning(order: order).makeLearner(byteCount: 0)
    learner.learn(training.span)
    return try learner.fileBody()
  }

  private static func model(_ body: [UInt8]) throws -> any FrozenModel {
    try KneserNeyLearning(order: 1).open(ModelBytes(copying: body.span))
  }

  @Test func theExportIsTheOneThatKenLMRead() throws {
    let text = try Self.export(Self.body(Self.training, order: 3))
    #expect(text == (try Self.reference("kneser_ney.arpa")))
  }

  @Test func probabilitiesAreThoseThatKenLMReads() throws {
    let body = try KneserNeyLearning.importARPA(Self.reference("kneser_ney.arpa"))
    let rows = try Self.reference("kneser_ney.tsv").split(separator: UInt8(ascii: "\n"))
      .dropFirst().map { String(decoding: $0, as: UTF8.self).split(separator: "\t") }
    let text = rows.map { UInt8($0[0])! }
    let bits = try Self.model(body).score(text.span, blockSize: 1)
    #expect(rows.count == 45)
    for (position, row) in rows.enumerated() {
      let expected = -Double(row[1])! * 3.321928094887362
      // Coding keeps every byte likelier than 2^-24, and less than one by 2^-14.
      #expect(abs(bits[position] - expected) < 0.02 + (expected > 15 ? 1 : 0), "byte \(position)")
    }
  }

  @Test(arguments: [1, 2, 4, 8]) func whatIsExportedIsImported(order: Int) throws {
    for (name, training) in KneserNeyTests.texts {
      let body = try Self.body(Array(training.prefix(200)), order: order)
      let again = try KneserNeyLearning.importARPA(try Self.export(body))
      #expect(again.count == body.count, "\(name)")
      let text = Array(training.suffix(40)) + Array("and \u{0}".utf8)
      let expected = try Self.model(body).score(text.span, blockSize: 1)
      let actual = try Self.model(again).score(text.span, blockSize: 1)
      #expect(zip(expected, actual).allSatisfy { abs($0 - $1) < 0.001 }, "\(name)")
    }
  }

  private static let small = """
    \\data\\
    ngram 1=3
    ngram 2=2

    \\1-grams:
    -0.5\ta\t-0.4
    -0.6\tb\t-0.3
    -1\t<unk>

    \\2-grams:
    -0.2\ta b
    -0.4\tb <0x20>

    \\end\\

    """

  @Test func aFileOfAnotherProgramIsRead() throws {
    let model = try Self.model(try KneserNeyLearning.importARPA(Array(Self.small.utf8)))
    let text = Array("ab a".utf8)
    let bits = model.score(text.span, blockSize: 1)
    // <0x20> is not listed by itself: it has its part of what the other 254 bytes share, and "b" comes before.
    let expected = [0.5, 0.2, 0.4, 0.5].map { $0 * 3.321928094887362 }
    #expect(zip(bits, expected).allSatisfy { abs($0 - $1) < 0.001 })
    let unlisted: [UInt8] = [0x7A]
    let share = model.score(unlisted.span, blockSize: 1)[0]
    #expect(abs(share - (3.321928094887362 + log2Reference(254))) < 0.01)
  }

  /// Each a change of the small file, and what is said of it.
  @Test(arguments: [
    ("-0.5\ta\t-0.4", "0.5\ta\t-0.3", "line 6 of the ARPA file has a probability above one"),
    ("-0.5\ta\t-0.4", "nan\ta\t-0.3", "line 6 of the ARPA file has nan, which is no number"),
    ("-0.5\ta\t-0.4", "-0.5\ta\tinf", "line 6 of the ARPA file has inf, which is no number"),
    ("-0.5\ta\t-0.4", "-1e999\ta", "line 6 of the ARPA file has -1e999, which is no number"),
    ("-0.5\ta\t-0.4", "-0.5\ta", "needs the backoff that line 6 does not have"),
    ("-0.6\tb\t-0.3", "-0.6\ta\t-0.3", "line 7 of the ARPA file repeats the n-gram of line 6"),
    ("-0.6\tb\t-0.3", "-0.6\tbb\t-0.3", "has the word bb, which is no byte"),
    ("-0.6\tb\t-0.3", "-0.6\t<0x0a>\t-0.3", "has the word <0x0a>, which is no byte"),
    ("-0.2\ta b", "-0.2\ta b c d", "is not a logarithm, 2 words and maybe a backoff"),
    ("-0.2\ta b", "-0.2\ta b\t-1", "has a backoff at the highest order"),
    ("-0.2\ta b", "-0.2\ta <unk>", "has <unk> in a longer n-gram"),
    ("-0.4\tb <0x20>", "-0.05\ta <0x20>", "probabilities sum to more than one"),
    ("-0.4\tb <0x20>", "-0.4\tb <0x20>\n-0.4\tb c", "line 13 of the ARPA file is not \\end\\"),
    ("-0.4\tb <0x20>\n", "", "is not a logarithm, 2 words"),
    ("ngram 2=2", "ngram 2=99999", "more than the file has room for"),
    ("ngram 2=2", "ngram 3=2", "does not say how many n-grams of length 2 come"),
    ("ngram 2=2", "ngram 2=-2", "does not say how many n-grams of length 2 come"),
    ("\\data\\", "data", "line 1 of the ARPA file is not \\data\\"),
    ("\\end\\", "\\end\\\nmore", "comes after \\end\\"),
  ])
  func whatIsWrongIsNamedWithItsLine(old: String, new: String, sentence: String) throws {
    let range = try #require(Self.small.firstRange(of: old))
    var text = Self.small
    text.replaceSubrange(range, with: new)
    let error = #expect(throws: BPBError.self) {
      try KneserNeyLearning.importARPA(Array(text.utf8))
    }
    #expect(error?.code == .badData)
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func cutAndDamagedFilesDoNoHarm() throws {
    let text = Array(Self.small.utf8)
    for length in 0..<text.count - 7 {
      #expect(throws: BPBError.self) { try KneserNeyLearning.importARPA(Array(text[..<length])) }
    }
    for (place, byte) in SplitMix64.bytes(count: 600, seed: 11).enumerated() {
      var damaged = text
      damaged[place % text.count] = byte
      guard let body = try? KneserNeyLearning.importARPA(damaged) else { continue }
      let residual = try Self.model(body).encode(text.span)
      #expect(try Self.model(body).decode(residual.span, byteCount: text.count) == text)
    }
  }
}
