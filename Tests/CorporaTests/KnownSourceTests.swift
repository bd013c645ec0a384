import BPBCore
import Corpora
import Testing

/// What every source must keep, whatever it is.
struct KnownSourceTests {
  static let names = [
    "uniform", "iid:symbols=4:entropy=1.5:seed=1", "iid:symbols=200:entropy=6.25:seed=9",
    "bernoulli:p=0.1", "markov:order=2:symbols=4:entropy=1.5:seed=1",
    "markov:order=1:symbols=27:entropy=2:seed=3", "markov:order=5:symbols=2:entropy=0.3:seed=4",
    "hmm:states=3:symbols=4:stay=0.8:seed=1", "hmm:states=2:symbols=5:stay=0.95:seed=2",
    "grammar:fillers=all:seed=1", "grammar:fillers=heldout:seed=7",
  ]

  private func source(_ name: String) throws -> any KnownSource {
    try KnownSourceTable.builtin.source(named: name)
  }

  @Test(arguments: names) func namesLeadBack(name: String) throws {
    #expect(try source(name).name == name)
  }

  @Test(arguments: [
    ("iid", "iid:symbols=4:entropy=1.5:seed=1"), ("bernoulli:0.250", "bernoulli:p=0.25"),
    ("markov", "markov:order=2:symbols=4:entropy=1.5:seed=1"),
    ("markov:1:seed=7:entropy=01.0", "markov:order=1:symbols=4:entropy=1:seed=7"),
    ("hmm", "hmm:states=3:symbols=4:stay=0.8:seed=1"),
    ("grammar:heldout", "grammar:fillers=heldout:seed=1"),
  ])
  func namesAreCompleted(short: String, whole: String) throws {
    #expect(try source(short).name == whole)
  }

  @Test(arguments: [
    ("", "the name of the source is empty"), ("markof", "did you mean 'markov'?"),
    ("markov:entropi=1", "did you mean 'entropy'?"), ("markov:entropy=3", "take symbols=8"),
    ("markov:entropy=0.001", "nearest is 0.01"), ("markov:order=14", "nearest is 12"),
    ("markov:order=7:symbols=16", "lower order to 3"), ("markov:1:order=2", "given twice"),
    ("bernoulli:1", "nearest is 0.999999"), ("bernoulli:0.1234567", "at most six decimals"),
    ("bernoulli:-1", "at most six decimals"), ("bernoulli:1e-3", "at most six decimals"),
    ("bernoulli:.5", "at most six decimals"), ("uniform:8", "takes no value"),
    ("grammar:held", "source 'grammar:held'"), ("hmm:states=1", "nearest is 2"),
    ("hmm:\"", "a source is name[:value]"), ("iid:symbols=2:entropy=1.01", "less than 1.01 bits"),
  ])
  func whatMakesNoSenseIsSaid(name: String, saying words: String) throws {
    let error = #expect(throws: BPBError.self) { try source(name) }
    #expect(error?.code == .usage)
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("method") == false)
  }

  @Test(arguments: names) func piecesMakeTheWhole(name: String) throws {
    let source = try source(name)
    let whole = source.bytes(count: 1000, seed: 5)
    #expect(whole.count == 1000)
    var pieces: [UInt8] = []
    var emitter = source.makeEmitter(seed: 5)
    var meter = source.makeMeter()
    for count in [0, 1, 2, 7, 390, 0, 599, 1] {
      let before = pieces.count
      emitter.emit(count, into: &pieces)
      meter.add(pieces.span.extracting(before...))
    }
    #expect(pieces == whole)
    #expect(abs(meter.bits - source.codeLength(of: whole).bits) < 1e-6)
    #expect(source.bytes(count: 1000, seed: 6) != whole)
  }

  /// Whatever came before, the next byte is one of 256: so the length of every beginning is a true one.
  @Test(arguments: names) func probabilitiesSumToOneAfterEveryPrefix(name: String) throws {
    let source = try source(name)
    let text = source.bytes(count: 70, seed: 11)
    for end in [0, 1, 35, 36, 70] {
      let prefix = Array(text.prefix(end))
      let bits = source.codeLength(of: prefix).bits
      let ratios = (UInt8.min ... .max).map { byte in
        Self.power(bits - source.codeLength(of: prefix + [byte]).bits)
      }
      #expect(abs(ratios.reduce(0, +) - 1) < 1e-9, "after \(end) bytes")
    }
  }

  /// The mean over a text comes as near to the rate as its own scatter lets it.
  @Test(arguments: names) func textsCostTheEntropyRate(name: String) throws {
    let source = try source(name)
    let text = source.bytes(count: 100_000, seed: 21)
    var meter = source.makeMeter()
    let blocks = stride(from: 0, to: text.count, by: 1000).map { start in
      let before = meter.bits
      meter.add(text.span.extracting(start..<start + 1000))
      return (meter.bits - before) / 1000
    }
    let mean = blocks.reduce(0, +) / 100
    let variance = blocks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99
    let slack = 4 * (variance / 100).squareRoot() + 1e-9
    #expect(mean > source.entropyRate.lower - slack && mean < source.entropyRate.upper + slack)
    #expect(slack < 0.04, "nothing is shown by a slack of \(slack)")
    #expect(source.entropyRate.upper - source.entropyRate.lower < 0.005)
  }

  @Test func impossibleTextsCostInfinitelyMuch() throws {
    for name in Self.names where name != "uniform" && !name.hasPrefix("iid:symbols=200") {
      let source = try source(name)
      let text = source.bytes(count: 100, seed: 1)
      for place in [0, 50, 99] {
        var wrong = text
        wrong[place] = UInt8(ascii: "@")
        #expect(source.codeLength(of: wrong).bits == .infinity, "\(name)")
      }
    }
  }

  /// First bytes, of seed 1; a change means other texts under old names.
  @Test(arguments: [
    ("uniform", "d26f62779578c06d3b1f89d8ae8c9b1d0e7683bf457265bbc84dd5fbeabebf2b"),
    ("iid", "463199d78203b8f7d7bd8d2a8595c353261a1e4b7363d090d9e8226f7ee1aeed"),
    ("bernoulli", "eb563a7f6df7daaa2298120f300877134ce55883aa4c90fe03f46fe418f6c1e5"),
    ("markov", "fff1de5b2ab95852234b45082de18074f500d2100c44a7d08230fc012f194f57"),
    ("hmm", "8f8b073531014cf05554990d1c7e40d6e41d4fa55bc97c702d52bce40ec12ea5"),

    ("grammar", "ca55e8749c14166e553498353e9357ca956de2f2fb5b3d9eb9bbb3fb2eee38ce"),
    ("grammar:heldout", "f743d8e34eb723448d791ac8bfa0cf68bff2aa40999f381979b0f3a8e2ec4904"),
    (
      "markov:order=3:symbols=8:entropy=2.2:seed=5",
      "bf62c2c36fad121ef5b5b19bc2ae63b1cff2b433770a4d5e5fee2c15d7d77a98"
    ),

  ])
  func bytesAreTheSameForEver(name: String, sha256: String) throws {
    var bytes: [UInt8] = []
    let synthesis = try source(name).write(byteCount: 65_536, seed: 1) { bytes.append($0) }
    #expect(synthesis.sha256 == sha256, "\(name)")
    #expect(CorpusFile(name: "x", bytes: bytes).sha256 == sha256)
    #expect(synthesis.codeLength.byteCount == 65_536)
  }

  /// 2^x for x ≤ 0.
  private static func power(_ x: Double) -> Double {
    guard x > -1000 else { return 0 }
    var term = 1.0
    var sum = 1.0
    let whole = x.rounded(.down)
    for n in 1...25 {
      term *= (x - whole) * 0.6931471805599453 / Double(n)
      sum += term
    }
    return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
  }
}
