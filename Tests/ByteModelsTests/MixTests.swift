import BPBCore
import CKernels
import Testing
import _TestSupport

@testable import ByteModels

/// Context mixing: what a history knows, and that a mix is a coder at every level, in any memory and on any processor.
@Suite struct MixTests {
  private static func codec(
    _ level: MixLevel, memory: Int = 1 << 22, kernels: String? = nil
  ) throws -> ModelCodec {
    // A table that lives as long as the program.
    nonisolated(unsafe) let table = try #require(
      kernels.map { Kernel.named($0) } ?? MixingKernels.current, "no such kernels here")
    return ModelCodec { byteCount throws(BPBError) in
      try MixModel(level, memory: memory, byteCount: byteCount, kernels: table)
    }
  }

  private static func failures(
    _ level: MixLevel, memory: Int, longest: Int, stops: [Int] = [0, 1, 40]
  ) -> [String] {
    HostileInputs.all.flatMap { input -> [String] in
      let bytes = Array(input.bytes.prefix(longest))
      let stops = input.name == "text" ? stops : []
      return ModelChecker { byteCount throws(BPBError) in
        try MixModel(
          level, memory: memory, byteCount: byteCount, kernels: MixingKernels.current)
      }.failures(on: bytes, named: input.name, stops: stops)
    }
  }

  /// English that repeats itself a little, and tables and letters beyond ASCII.
  private static let text: [UInt8] = {
    var text = ""
    for line in 0..<60 {
      text += "Line \(line) of the \(line % 7 == 0 ? "table" : "text"): \(line * line % 97), "
      text += line % 3 == 0 ? "и ещё слово.\n" : "and so on, as before.\n"
    }
    return Array(text.utf8)
  }()

  @Test func histories() {
    let states = BitHistory.states
    #expect(states.counts.count > 200 && states.counts[0] == (0, 0))
    var state = 0
    for ones in 1...20 {
      state = Int(states.next[2 * state + 1])
      #expect(states.counts[state] == (0, ones))
    }
    // Twenty of one kind are as many as are counted, and one of the other makes most of them forgotten.
    #expect(Int(states.next[2 * state + 1]) == state)
    #expect(states.counts[Int(states.next[2 * state])] == (1, 7))
    // What came last makes two states of the same counts.
    func after(_ bits: Int...) -> Int { bits.reduce(0) { Int(states.next[2 * $0 + $1]) } }
    #expect(after(0, 1) != after(1, 0))
    #expect(states.counts[after(0, 1)] == states.counts[after(1, 0)])
    for state in states.counts.indices {
      for bit in 0...1 { #expect(states.next[2 * state + bit] != 0) }
      // More was met, or older decisions were forgotten.
      let (zeros, ones) = states.counts[state]
      #expect(abs(states.firstShare(of: state, scale: 1) - 0.5) < 0.5 && zeros + ones < 55)
      #expect((states.isOneSided[state] != 0) == ((zeros == 0) != (ones == 0)))
    }
  }

  @Test(arguments: MixLevel.all.map(\.name))
  func everyLevelIsACoder(name: String) throws {
    let level = try #require(MixLevel.all.first { $0.name == name })
    #expect(Self.failures(level, memory: 1 << 20, longest: level.name == "fast" ? 600 : 200) == [])
    // A page of lines, where contexts evict each other, and a text's ring that goes round.
    #expect(Self.failures(level, memory: 0, longest: 100, stops: [0, 7]) == [])
  }

  @Test func textThatIsLongerThanTheMemoryRoundTrips() throws {
    let bytes = Array((0..<6).map { _ in Self.text }.joined())
    let codec = try Self.codec(.fast, memory: 1 << 16)
    let coded = try codec.encode(bytes.span)
    #expect(try codec.decode(coded.span, limit: bytes.count) == bytes)
    // What was repeated is foretold as long as the ring holds it.
    #expect(coded.count < 2 * (try codec.encode(Self.text.span).count))
  }

  /// A change of any coded byte is a change of the format: the method's version goes up with it.
  /// Any change of the format or of a ratio shows here: of text, and of text that records follow. By FNV-1a.
  @Test func codedBytes() throws {
    for (bytes, counts, hashes) in [
      (
        Self.text, [192, 172, 167],
        [2_366_300_353_438_878_271, 8_121_149_090_017_172_764, 8_542_190_703_927_620_380]
      ),
      (
        Self.text + MixRecordTests.records(count: 100), [352, 290, 270],
        [2_018_555_779_170_986_287, 8_537_588_060_180_612_057, 14_589_136_959_252_977_526]
      ),
    ] as [([UInt8], [Int], [UInt64])] {
      let coded = try MixLevel.all.map { try Self.codec($0).encode(bytes.span) }
      #expect(coded.map(\.count) == counts)
      let found = coded.map {
        $0.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      }
      #expect(found == hashes)
    }
  }

  /// What is said before is what is taken, for sizes that are no powers of two and lengths that a damaged file may state.
  @Test(arguments: [0, 3_000_000, 513 << 20, 1500 << 20])
  func memoryIsWithinWhatIsSaid(memory: Int) throws {
    for level in MixLevel.all {
      for byteCount in [0, 5_000_000, Int.max] {
        let bytes = try Self.memoryBytes(level, memory, byteCount)
        #expect(bytes <= MixMemory.most(level, memory), "\(level.name) \(byteCount)")
      }
    }
  }

  private static func memoryBytes(
    _ level: MixLevel, _ memory: Int, _ byteCount: Int
  ) throws -> Int {
    try MixModel(
      level, memory: memory, byteCount: byteCount, kernels: MixingKernels.current
    ).memoryBytes
  }

  @Test(arguments: ["avx512", "avx2", "neon", "portable"])
  func everyInstructionSetGivesTheSameFile(name: String) throws {
    guard Kernel.named(name) != nil else { return }
    let wanted = try Self.codec(.fast, kernels: "portable").encode(Self.text.span)
    #expect(try Self.codec(.fast, kernels: name).encode(Self.text.span) == wanted)
  }

  /// What a decoder is given may be anything: it gives bytes, at most as many as were asked for, or refuses.
  @Test(arguments: MixLevel.all.map(\.name))
  func damagedFilesDecodeToSomethingElseOrAreRefused(name: String) throws {
    let level = try #require(MixLevel.all.first { $0.name == name })
    let codec = try Self.codec(level, memory: 1 << 16)
    let text = Array(Self.text.prefix(name == "fast" ? 400 : 120))
    let coded = try codec.encode(text.span)
    var random = SplitMix64(seed: 8)
    var others = 0
    for _ in 0..<80 {
      var damaged = coded
      for _ in 0...Int(random.next() % 4) {
        let place = Int(random.next() % UInt64(damaged.count))
        switch random.next() % 4 {
        case 0: damaged[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: damaged[place] ^= 1 << UInt8(random.next() % 8)
        case 2: damaged.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        default: damaged.removeSubrange(place..<min(place + 3, damaged.count))
        }
        if damaged.isEmpty { damaged = [0] }
      }
      let bytes = try? codec.decode(damaged.span, limit: 1000)
      #expect((bytes?.count ?? 0) <= 1000)
      if bytes != text { others += 1 }
    }
    // Bits of the last byte may be worth nothing.
    #expect(others > 70)
  }

  @Test func randomBytesCostHardlyMoreThanTheyHave() throws {
    let bytes = SplitMix64.bytes(count: 3000, seed: 1)
    #expect(try Self.codec(.balanced).encode(bytes.span).count < 3090)
  }

  @Test func wordsLinesAndClasses() {
    var text = MixText()
    for byte in "One two\n  thr".utf8 { text.advance(past: byte) }
    var same = MixText()
    for byte in "ONE,two.\n\nThr".utf8 { same.advance(past: byte) }
    #expect(text.word == same.word && text.previousWord == same.previousWord)
    #expect(text.wordBefore == same.wordBefore && text.wordLength == 3)
    #expect(text.column == 5 && text.lineStart - text.previousLineStart == 8)
    #expect(text.classes & 0xFFF == 0x111 && same.classes & 0xFFF == 0x211)
    #expect(text.lastBytes(2) == UInt64(UInt8(ascii: "h")) << 8 | UInt64(UInt8(ascii: "r")))
    text.advance(past: UInt8(ascii: " "))
    #expect(text.word == 0 && text.previousWord == same.word)
  }
}

private enum Kernel {
  static func named(_ name: String) -> UnsafePointer<bpb_kernels>? { bpb_kernels_named(name) }
}
