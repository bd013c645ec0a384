import BPBCore
import Testing
import _TestSupport

@testable import ByteModels

/// What a mix can be tried without.
@Suite struct MixPartTests {
  private let table = MethodTable(families: ModelFamilies.families)

  @Test(arguments: MixLevel.all.map(\.name))
  func partsHaveNamesOfTheirOwn(name: String) throws {
    let level = try #require(MixLevel.all.first { $0.name == name })
    let names = level.parts.map(\.name)
    #expect(Set(names).count == names.count)
    let contexts =
      [level.contexts, level.ofText, level.ofData, level.logLinearOfData] + level.logLinear
      + [level.ofIdeographs.map(\.context), level.logLinearOfIdeographs.map(\.context)]
    #expect(
      names.count
        == contexts.reduce(
          level.chains.count + level.dots.count + level.matches.count + level.selectors.count
        ) { $0 + $1.count })
    for part in level.parts {
      let rest = try #require(level.without(part.name))
      #expect(rest.parts == level.parts.filter { $0 != part }, "\(part.name)")
      // Nothing moves into its place.
      if case .context(let context) = part {
        for script in MixScript.allCases {
          let leftOut =
            [script == .wide ? context.ofCharacters : context]
            + (script == .ideographic ? [context].replaced(level.ofIdeographs) : [])
          #expect(
            rest.contexts(script).filter { $0 != .nothing }
              == level.contexts(script).filter { !leftOut.contains($0) })
        }
      }
    }
    #expect(level.without("order-9") == nil)
  }

  /// Whoever takes another's place where words are ideographs takes the place of one that is there.
  @Test func replacementsHaveTheirPlaces() {
    for level in MixLevel.all {
      let (narrow, others) = (level.contexts(.narrow), level.contexts(.ideographic))
      #expect(zip(narrow, others).filter { $0 != $1 }.count == level.ofIdeographs.count)
      let weighed = zip(level.logLinearContexts(.narrow), level.logLinearContexts(.ideographic))
      #expect(weighed.filter { $0 != $1 }.count == level.logLinearOfIdeographs.count)
      #expect(Set(others).count == others.count && level.usual(.wide) == .wide)
      #expect(level.usual(.ideographic) == (narrow == others ? .narrow : .ideographic))
    }
  }

  /// Without any one part a mix is a coder still, and another one.
  @Test func whatIsLeftIsACoder() throws {
    let lines = (0..<40).map { "Line \($0), of \($0 * 7 % 13) words.\n" }.joined().utf8
    let text = Array(lines) + MixRecordTests.records(count: 60)
    let (whole, without) = try table.ablations(of: MethodSpec(parsing: "mix:memory=1MiB"))
    #expect(
      whole.name == "mix:balanced:memory=1MiB" && without.count == MixLevel.balanced.parts.count)
    let wanted = try coded(text, whole)
    var others = 0
    for (part, method) in without {
      #expect(method.name == "mix:balanced:memory=1MiB:without=\(part)")
      let bytes = try coded(text, method)
      #expect(decoded(bytes, method) == text, "\(part)")
      if bytes != wanted { others += 1 }
    }
    #expect(others > without.count / 2)
  }

  @Test func whatCannotBeLeftOutIsSaid() throws {
    for (name, advice) in [
      ("mix:without=order-9", "did you mean 'order-1'?"),
      ("mix:fast:without=quicksort", "'bpb ablate' names all parts"),
    ] {
      let error = #expect(throws: BPBError.self) { try table.method(named: name) }
      #expect(error?.code == .usage && "\(error!)".contains(advice))
    }
    for (name, advice) in [
      ("ppm", "name one of mix"), ("mix:without=word-1", "leave 'without' out"),
    ] {
      let error = #expect(throws: BPBError.self) {
        try table.ablations(of: MethodSpec(parsing: name))
      }
      #expect(error?.code == .usage && "\(error!)".contains(advice))
    }
    #expect(throws: BPBError.self) { try table.method(named: "mix:without=\"a b\"") }
  }

  private func coded(_ text: [UInt8], _ method: Method) throws -> [UInt8] {
    Array(try method.codec.encode(text.span))
  }

  private func decoded(_ bytes: [UInt8], _ method: Method) -> [UInt8] {
    CoderRun({ () throws(BPBError) in try method.codec.makeDecoder() }, over: bytes).bytes
  }
}
