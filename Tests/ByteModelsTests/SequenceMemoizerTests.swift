import BPBCore
import Testing
import _TestSupport

@testable import ByteModels

/// The sequence memoizer as a model: honest on hostile inputs, within its memory, and as good as its theory.
@Suite struct SequenceMemoizerTests {
  private func failures<M: ByteModel & ~Copyable>(
    _ make: @escaping ModelCodec.Maker<M>
  ) -> [String] {
    let checker = ModelChecker(make)
    let length = LongTests.areWanted ? Int.max : 1500
    return HostileInputs.all.flatMap { input in
      checker.failures(
        on: Array(input.bytes.prefix(length)), named: input.name,
        stops: input.name == "text" ? [0, 1, 40] : [])
    }
  }

  @Test func passesTheModelChecker() {
    let found = failures { byteCount throws(BPBError) in
      try SequenceMemoizer(memory: 1 << 20, byteCount: byteCount)
    }
    #expect(found == [])
  }

  /// A table of a few buckets: every context evicts another, and blocks run out.
  @Test func passesWithAlmostNoMemory() {
    let found = failures { byteCount throws(BPBError) in
      try SequenceMemoizer(memory: 1 << 14, byteCount: byteCount)
    }
    #expect(found == [])
  }

  @Test func mixedLevelsPassTheModelChecker() {
    let found = failures { byteCount throws(BPBError) in
      try MixedMemoizer(memory: 1 << 14, byteCount: byteCount)
    }
    #expect(found == [])
  }

  private func bits(_ input: [UInt8], memory: Int = 1 << 20) throws -> Double {
    var model = try SequenceMemoizer(memory: memory, byteCount: input.count)
    var length = IdealLength()
    for byte in input { _ = model.code(byte, with: &length) }
    return length.bits
  }

  @Test func staysWithinItsMemory() throws {
    for memory in [1 << 16, 1 << 20, 3 << 20] {
      let model = try SequenceMemoizer(memory: memory, byteCount: 1 << 30)
      #expect(model.memoryBytes <= memory + 100_000)
      #expect(model.memoryBytes >= memory / 2)
    }
  }

  /// Bytes drawn uniformly cost 8 bits and little more: the price of learning that nothing can be learned.
  @Test func randomBytesCostLittleMoreThanEightBits() throws {
    var generator = SeededGenerator(seed: 5)
    let input = generator.bytes(count: 20_000)
    #expect(try bits(input) < 8.15 * Double(input.count))
  }

  /// The second half repeats the first 20,000 random bytes: only the unbounded context can know that, and it
  /// has to be followed from its twelfth byte on.
  @Test func aLongRepetitionCostsNextToNothing() throws {
    var generator = SeededGenerator(seed: 6)
    let input = generator.bytes(count: 20_000)
    #expect(try bits(input + input) - bits(input) < 0.08 * Double(input.count))
  }

  /// A byte that follows deterministically from the one three before, against a background of noise in between.
  @Test func contextsOfThreeBytesAreLearned() throws {
    var generator = SeededGenerator(seed: 7)
    var input: [UInt8] = [0, 1, 2]
    for i in 3..<30_000 {
      input.append(UInt8(generator.next(below: 2)) &+ 2 &* ((input[i - 3] &* 3 &+ 1) & 3))
    }
    let late = try bits(input) - bits(Array(input[..<15_000]))
    #expect(late < 1.03 * 15_000)
  }

  /// PPMd var. H at its best order codes this file in 38,645 bytes; the process alone has to be below, and
  /// mixing its levels has to earn its time.
  @Test(
    .enabled(
      if: RealCorpora.directory != nil && LongTests.areWanted, "takes the corpora and a minute"))
  func predictsEnglishBetterThanPPM() throws {
    let input = try RealCorpora.bytes("canterbury/alice29.txt")
    let plain = try bits(input, memory: 3 << 20) / 8
    var model = try MixedMemoizer(memory: 3 << 20, byteCount: input.count)
    var length = IdealLength()
    for byte in input { _ = model.code(byte, with: &length) }
    #expect(plain < 0.985 * 38_645)
    #expect(length.bits / 8 < 0.99 * plain)
  }

  /// Levels whose contexts have not begun stay out of it, and none serves a dish twice.
  @Test(arguments: 1...12)
  func theShortestContextCountsEveryByteOnce(count: Int) throws {
    let input = (0..<count).map { UInt8($0 % 3) }
    var model = try SequenceMemoizer(memory: 1 << 20, byteCount: count)
    var length = IdealLength()
    for byte in input { _ = model.code(byte, with: &length) }
    let found = model.chain.restaurants.find(SequenceMemoizer.hash(0, order: 0))
    let slot = try #require(found)
    let (first, dishes) = model.chain.restaurants.dishes(of: slot)
    #expect((0..<dishes).map { Dish.byte(first[$0]) }.sorted() == Array(0..<UInt8(min(count, 3))))
  }

  @Test func moreMemoryPredictsBetter() throws {
    let words = ["alpha ", "beta ", "gamma ", "delta ", "epsilon ", "zeta ", "eta ", "theta "]
    var generator = SeededGenerator(seed: 8)
    var input: [UInt8] = []
    for _ in 0..<6_000 { input += words[Int(generator.next(below: 8))].utf8 }
    let small = try bits(input, memory: 1 << 14)
    let large = try bits(input, memory: 1 << 20)
    #expect(large < small)
    // 3 bits a word are what the source has.
    #expect(large < 3.2 * 6_000)
  }
}
