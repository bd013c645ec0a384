import BPBCore
import Measuring
import RunRecords
import Testing

@Suite struct ScaleMeterTests {
  private func records(
    _ plan: ScalePlan, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BPBError) -> (prefixes: [PrefixRecord], frozen: [FrozenRecord]) {
    let meter = ScaleMeter(
      run: "run", plan: plan, clock: TickingClock(), isCancelled: isCancelled)
    var lines: [RecordLine] = []
    for job in plan.jobs {
      try meter.measure(job) { line in lines.append(line) }
    }
    let records = Records(lines)
    return (records.prefixes, records.frozen)
  }

  private func model(_ damage: FakeLearning.Damage = .none) -> Method {
    var method = fakeMethod("model", FakeAdaptiveCodec())
    method.learning = FakeLearning(damage: damage)
    return method
  }

  @Test func aCodecsPrefixesAreCodedOneByOne() throws {
    let prefixes = try records(fakePlan(count: 5000, methods: [fakeMethod("codec")])).prefixes
    #expect(prefixes.map(\.bytes) == [1024, 1821, 3238, 5000])
    #expect(prefixes.map(\.codedBytes) == [1025, 1822, 3239, 5001])
    #expect(prefixes.allSatisfy { $0.verified == true && $0.capacity == $0.bytes })
  }

  @Test func anAdaptiveModelTellsEveryPrefixInOnePass() throws {
    let method = fakeMethod("adaptive", FakeAdaptiveCodec())
    let prefixes = try records(fakePlan(count: 5000, methods: [method])).prefixes
    #expect(prefixes.dropLast().map(\.codedBytes) == [112, 192, 333])
    // What came out, not what was said to come out.
    #expect(prefixes.last?.codedBytes == 5000)
    #expect(prefixes.allSatisfy { $0.verified == true && $0.capacity == 5000 })
  }

  @Test(arguments: [FakeCodec.Damage.changes, .cutsShort, .adds, .throwsBadData])
  func whatDoesNotDecodeHasNoSize(damage: FakeCodec.Damage) throws {
    let method = fakeMethod("broken", FakeCodec(damage: damage))
    let prefixes = try records(fakePlan(count: 5000, methods: [method])).prefixes
    #expect(prefixes.count == 4)
    #expect(prefixes.allSatisfy { $0.codedBytes == nil && $0.verified == false && $0.error != nil })
  }

  @Test func aFrozenModelIsTakenApart() throws {
    let frozen = try records(fakePlan(count: 9000, heldOut: 4096, methods: [model()])).frozen
    #expect(frozen.map(\.bytes) == [1024, 1821, 3238, 4904])
    #expect(frozen.map(\.modelBytes) == [2, 2, 4, 5])
    #expect(frozen.map(\.residualBytes) == [1024, 1821, 3238, 4904])
    #expect(frozen.allSatisfy { $0.verified == true && $0.heldOutBits == [8 * 4096] })
    // The model always names the last byte that it saw, which is every 256th before it.
    #expect(
      frozen.map(\.topOne) == [
        .init(right: 4, of: 1024), .init(right: 8, of: 1821), .init(right: 13, of: 3238),
        .init(right: 20, of: 4904),
      ])
  }

  @Test(arguments: [FakeLearning.Damage.decodesOtherBytes, .doesNotRestore])
  func aModelThatDoesNotGiveTheBytesBackHasNoFigures(damage: FakeLearning.Damage) throws {
    let frozen = try records(fakePlan(count: 9000, heldOut: 4096, methods: [model(damage)])).frozen
    #expect(frozen.count == 4)
    #expect(frozen.allSatisfy { $0.residualBytes == nil && $0.heldOutBits.isEmpty })
    #expect(frozen.allSatisfy { $0.verified == false && $0.error != nil })
  }

  @Test func aCancelledJobLeavesNothing() {
    #expect(throws: BPBError.self) {
      try records(fakePlan(count: 5000, methods: [fakeMethod("codec")]), isCancelled: { true })
    }
  }
}
