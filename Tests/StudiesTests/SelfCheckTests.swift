import BPBCore
import BitsPerByte
import Evidence
import Studies
import Synchronization
import Testing

@Suite struct SelfCheckTests {
  @Test func theMethodsOfThisBuildPass() throws {
    let methods = try ["store", "zlib:6", "xz:1", "ngram:0", "ngram:3", "kn:3"].map {
      try MethodTable.builtin.method(named: $0)
    }
    let rows = SelfCheck(methods: methods, secondsEach: 0).rows()
    #expect(rows.filter { !$0.passed } == [])
    #expect(rows.count == 7 + 3 * 6 + 3 * 3)
    #expect(SelfCheckPass(rows) != nil)
  }

  @Test(arguments: [
    (CheatingCodec.Cheat.dropsAByte, [false, false, true]),
    (.keepsASideFile, [false, false, true]), (.tellsLess, [false, false, false]),
    (.none, [true, true, true]),
  ])
  func whoCheatsFails(cheat: CheatingCodec.Cheat, holds: [Bool]) {
    let rows = SelfCheck(methods: [.cheating(cheat)], secondsEach: 0).rows()
    let own = rows.filter { $0.name.hasPrefix("\(cheat): ") }
    #expect(own.map(\.passed) == holds)
    #expect(own.count + 7 == rows.count && rows.prefix(7).allSatisfy(\.passed))
    #expect((SelfCheckPass(rows) != nil) == (cheat == .none))
  }

  @Test func aCaseThatCannotBeCarriedOutSaysWhy() {
    var reasons: [String] = []
    let methods = [Method.cheating(.dropsAByte)]
    _ = SelfCheck(methods: methods, secondsEach: 0).rows { row, error in
      if let error { reasons.append("\(row.name): \(error)") }
    }
    #expect(reasons.count == 2)
    #expect(reasons.first?.hasSuffix("and come back: dropsAByte: did not verify") == true)
  }

  @Test func aPartOfACheckProvesNothing() {
    var count = 0
    let rows = SelfCheck(methods: [.cheating(.none)], secondsEach: 0).rows(
      finished: { _, _ in count += 1 }, isCancelled: { count == 8 })
    #expect(rows.isEmpty && count == 8)
  }

  @Test func casesAreOfAsManyBytesAsThereIsTimeFor() {
    let codec = CountingCodec()
    var method = Method.cheating(.none)
    method.codec = codec
    method.expectedSpeed = 1e6
    for (seconds, most, expected) in [
      (0.0, 1 << 20, 1 << 14), (1.0, 1 << 20, 125_000), (1.0, 1 << 15, 1 << 15),
      (1e9, 1 << 17, 1 << 17),
    ] {
      _ = SelfCheck(methods: [method], secondsEach: seconds, mostBytes: most).rows()
      #expect(codec.counts.withLock { $0 } == [expected, expected, 0])
      codec.counts.withLock { $0 = [] }
    }
  }
}

/// Notes the length of each block that it is asked to code, and fails.
private final class CountingCodec: Codec {
  let counts = Mutex<[Int]>([])

  func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    counts.withLock { $0.append(byteCount) }
    throw BPBError(.methodFailed, "only counts")
  }

  func makeDecoder() throws(BPBError) -> any StreamCoder {
    throw BPBError(.methodFailed, "only counts")
  }
}
