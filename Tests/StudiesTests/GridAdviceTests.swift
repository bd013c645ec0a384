import BPBCore
import Charts
import Evidence
import ScalingLaws
import Testing

@testable import Studies

/// What to train, by the records of a made-up world.
@Suite struct GridAdviceTests {
  private static let results = GridWorld.small().results()

  private func advice(_ wish: (inout GridWish) -> Void) throws(BPBError) -> GridAdvice {
    var wanted = GridWish()
    wish(&wanted)
    return try GridAdvice(Self.results, wanted, threads: 2, clock: StandingClock(), draws: 40)
  }

  private func json(_ advice: GridAdvice) -> [String: String] {
    guard case .object(let members) = advice.json else { return [:] }
    return members.reduce(into: [:]) { $0[$1.0] = "\($1.1)" }
  }

  @Test func aBudgetOfOperationsIsSpent() throws {
    let advice = try advice { $0.operations = 2e11 }
    #expect(advice.sentences[0].hasPrefix("Train "))
    #expect(advice.sentences[0].contains("bits per byte, 95 % interval "))
    #expect(advice.sentences[1] == "It takes 2.0e11 floating-point operations.")
    #expect(!advice.sentences.contains { $0.hasPrefix("Beware") }, "it lies inside")
    #expect(json(advice)["reachable"] == "\(JSONValue.bool(true))")
  }

  @Test func whatGoesBeyondTheGridIsSaid() throws {
    let sentences = try advice { $0.operations = 2e15 }.sentences
    let warning = try #require(sentences.last)
    #expect(warning.hasPrefix("Beware: this goes beyond what was measured ("))
    #expect(warning.contains("times the most parameters"))
    #expect(warning.contains("times the most bytes"))
    let few = try advice { $0.operations = 1e8 }.sentences
    #expect(few.last?.contains("times less than the fewest") == true)
  }

  @Test func aLossThatNothingReachesIsOutOfReach() throws {
    let advice = try advice { $0.loss = 1.2 }
    #expect(advice.sentences.count == 1)
    #expect(
      advice.sentences[0].hasPrefix(
        "1.200 bits per byte are out of reach: within these limits 1."))
    #expect(json(advice)["reachable"] == "\(JSONValue.bool(false))")
    let capped = try self.advice {
      $0.loss = 2.2
      $0.parameters = 3000
    }
    #expect(capped.sentences[0].contains("out of reach"), "for so small a network")
  }

  @Test func aLossInReachHasItsPrice() throws {
    let sentences = try advice { $0.loss = 3 }.sentences
    #expect(sentences[0].contains("expect 3.000 bits per byte"))
    #expect(sentences[1].contains("floating-point operations (95 % interval "))
  }

  @Test func limitsAreNamed() throws {
    let data = try advice {
      $0.operations = 1e13
      $0.bytes = 500_000
    }.sentences
    #expect(data.contains { $0.hasPrefix("There is no more text") })
    let size = try advice {
      $0.operations = 1e13
      $0.parameters = 20_000
    }.sentences
    #expect(size.contains { $0.hasPrefix("The size is the largest that is allowed") })
    #expect(size[0].contains("Train 20,000 parameters"))
    let none = try advice { _ in }.sentences
    #expect(none.contains { $0.hasPrefix("Nothing limits the data") })
    #expect(none.contains { $0.hasPrefix("Nothing limits the size") })
  }

  @Test func nonsenseIsRefused() {
    for value in [0, -1, Double.infinity] {
      let error = #expect(throws: BPBError.self) { try advice { $0.operations = value } }
      #expect(error?.code == .usage)
    }
  }

  @Test func tooFewCellsAreRefused() {
    for world in [GridWorld.small(["3k"], textBytes: 1 << 20), GridWorld.small([])] {
      let error = #expect(throws: BPBError.self) {
        try GridAdvice(world.results(), GridWish(), threads: 1, clock: StandingClock(), draws: 5)
      }
      #expect(error?.code == .badData)
      #expect(error?.description.contains("too few cells") == true)
    }
  }
}
