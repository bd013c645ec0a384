import BPBCore
import BitsPerByte
import Evidence
import Studies
import Testing

@Suite struct SelfCheckTests {
  @Test func theMethodsOfThisBuildPass() throws {
    let methods = try ["store", "zlib:6", "xz:1", "ngram:0", "ngram:3"].map {
      try MethodTable.builtin.method(named: $0)
    }
    let rows = SelfCheck(methods: methods, secondsEach: 0).rows()
    #expect(rows.filter { !$0.passed } == [])
    #expect(rows.count == 7 + 3 * 5 + 3 * 2)
    #expect(SelfCheckPass(rows) != nil)
  }
}
