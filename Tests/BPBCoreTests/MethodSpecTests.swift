import BPBCore
import Testing

@Suite struct MethodSpecTests {
  @Test(arguments: [
    "zlib", "zlib:9", "xz:9e", "ngram:order=5:memory=64MiB", "mix:max:neural=[gru:width=256]",
    "model:\"a:b,c\"", "model:\"with \\\" and \\\\\"", "a:b=[c:d=[e:f=\"]\"]]",
  ])
  func parsesAndPrintsTheSame(text: String) throws {
    #expect(try MethodSpec(parsing: text).description == text)
  }

  @Test func readsItsParts() throws {
    let spec = try MethodSpec(parsing: "mix:max:neural=[gru:width=256]:memory=\"1GiB\"")
    #expect(spec.name == "mix")
    #expect(spec.value == .init("max"))
    #expect(spec.options.map(\.key) == ["neural", "memory"])
    #expect(spec.options[0].value == .init("gru:width=256", isNested: true))
    #expect(spec.options[1].value == .init("1GiB"))
  }

  @Test func listsSplitOutsideQuotesAndBrackets() throws {
    let specs = try MethodSpec.parseList("zlib:9,model:\"a,b\",mix:neural=[gru:w=1],xz")
    #expect(specs.map(\.name) == ["zlib", "model", "mix", "xz"])
    #expect(specs[1].value?.text == "a,b")
  }

  @Test func nestingHasAnEnd() {
    let deep =
      String(repeating: "a:b=[", count: 20_000) + "c" + String(repeating: "]", count: 20_000)
    #expect(throws: BPBError.self) { try MethodSpec(parsing: deep) }
  }

  @Test(arguments: [
    "", ":", "zlib:", "zlib:9:8", "zlib:=3", "zlib:level=", "zlib:a=1:a=2", "model:\"open",
    "mix:[open", "zlib,,xz", "level=9", "mix:a=[]",
  ])
  func refusesWhatMakesNoSense(text: String) {
    #expect(throws: BPBError.self) { try MethodSpec.parseList(text) }
  }
}

@Suite struct MethodTableTests {
  private static let table = MethodTable(
    families: [
      MethodFamily(
        name: "zlib", kind: .library, summary: "",
        parameters: [
          MethodParameter("level", .integer(1...9), default: "6", summary: ""),
          MethodParameter("memory", .size(1024...1 << 30), default: "64KiB", summary: ""),
        ], version: { nil },
        make: { values throws(BPBError) in
          Method(
            name: "", version: nil, codec: Fake(),
            memory: MemoryNeed(encoder: values.integer("memory"), decoder: 0),
            expectedSpeed: Double(values.integer("level")))
        }),
      MethodFamily(
        name: "xz", kind: .library, summary: "",
        parameters: [
          MethodParameter("level", .choice(["6", "9", "9e"]), default: "6", summary: "")
        ],
        version: { nil },
        make: { _ throws(BPBError) in
          Method(
            name: "", version: nil, codec: Fake(), memory: MemoryNeed(encoder: 0, decoder: 0),
            expectedSpeed: 1)
        }),
    ],
    absences: [.init(name: "zstd", reason: "is not built in")])

  private struct Fake: Codec {
    func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
      throw BPBError(.usage, "")
    }
    func makeDecoder() throws(BPBError) -> any StreamCoder { throw BPBError(.usage, "") }
  }

  @Test(arguments: [
    ("zlib", "zlib:6"), ("zlib:9", "zlib:9"), ("zlib:level=9", "zlib:9"),
    ("zlib:memory=65536", "zlib:6"), ("zlib:9:memory=1048576", "zlib:9:memory=1MiB"),
    ("zlib:memory=1MiB:level=9", "zlib:9:memory=1MiB"), ("xz:9e", "xz:9e"),
  ])
  func namesAreMadeCanonical(text: String, canonical: String) throws {
    let method = try Self.table.method(named: text)
    #expect(method.name == canonical)
    #expect(try Self.table.method(named: method.name).name == canonical)
  }

  @Test(arguments: [
    ("zlb:9", "did you mean 'zlib'?"), ("zlib:10", "nearest is 9"), ("zlib:0", "nearest is 1"),
    ("zlib:levl=3", "did you mean 'level'?"), ("zlib:nine", "whole number"),
    ("xz:9f", "did you mean '9"), ("zlib:memory=3", "size from"), ("zstd", "not built in"),
    ("zlib:9:level=9", "twice"), ("lzma2000", "bpb methods"),
  ])
  func mistakesGetASuggestion(text: String, hint: String) {
    let error = #expect(throws: BPBError.self) { try Self.table.method(named: text) }
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
    #expect(error?.code == .usage)
  }

  @Test func aNameIsTakenOnce() {
    #expect(throws: BPBError.self) { try Self.table.adding(Self.table.families[0]) }
  }
}
