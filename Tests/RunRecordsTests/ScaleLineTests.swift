import BPBCore
import RunRecords
import Testing

/// Lines of a scale run in a records file.
@Suite struct ScaleLineTests {
  static let lines: [RecordLine] = {
    var failed = ScaleSampleLines.frozen(model: nil)
    failed.error = "ran out of its limits"
    var plan = ScaleSampleLines.plan
    (plan.overlap, plan.source, plan.selfCheck) = (nil, nil, [])
    (plan.heldOutBytes, plan.heldOut) = (0, "")
    var bare = SampleLines.run
    bare.scale = plan
    return [
      .run(ScaleSampleLines.run), .run(bare), .prefix(ScaleSampleLines.prefix()),
      .prefix(ScaleSampleLines.prefix(coded: nil)), .frozen(ScaleSampleLines.frozen()),
      .frozen(failed),
    ]
  }()

  /// What a records file holds after `line` was appended to it.
  private static func bytes(of line: RecordLine) throws -> [UInt8] {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(line)
    return try file.bytes()
  }

  @Test(arguments: lines)
  func comesBackFromItsBytes(line: RecordLine) throws {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(line)
    #expect(try RecordsFile.read(file.path) == Records([line]))
  }

  @Test func isOneLineOfSortedKeys() throws {
    let prefix = String(
      decoding: try Self.bytes(of: .prefix(ScaleSampleLines.prefix())), as: UTF8.self)
    #expect(
      prefix == """
        {"bytes":1024,"capacity":1024,"coded_bytes":500,"method":"zlib:9",\
        "run":"00112233aabbccdd","seconds":0.25,"start":0,\
        "stream":"\(String(repeating: "5", count: 64))","type":"prefix","verified":true,\
        "version":"1.2.13"}

        """)
    let frozen = String(
      decoding: try Self.bytes(of: .frozen(ScaleSampleLines.frozen())), as: UTF8.self)
    #expect(
      frozen == """
        {"bytes":1024,"capacity":10240,"continuation":{"bytes":64,"prompt_bytes":32,"prompts":64,\
        "right":100},"held_out":"\(String(repeating: "e", count: 64))",\
        "held_out_bits":[0.3333333333333333,4096,2.5e-300],"held_out_top_one":{"of":0,"right":0},\
        "method":"ngram:2","model_bytes":300,"precision":"16 bits","residual_bytes":400,\
        "run":"00112233aabbccdd","seconds":0,"start":20500,\
        "stream":"\(String(repeating: "5", count: 64))","top_one":{"of":1024,"right":3},\
        "type":"frozen","verified":true}

        """)
  }

  @Test func whatIsNotFiniteIsAnErrorAndLeavesNothing() throws {
    var frozen = ScaleSampleLines.frozen()
    frozen.heldOutBits = [.infinity]
    let file = try TemporaryFile(nil)
    let appender = try RecordsAppender(file.path)
    #expect(throws: BPBError.self) { try appender.append(.frozen(frozen)) }
    #expect(try file.bytes().isEmpty)
  }

  static let lies = [
    (2, "\"bytes\":1024", "\"bytes\":-1024"), (2, "\"capacity\":1024", "\"capacity\":-1"),
    (2, "\"coded_bytes\":500", "\"coded_bytes\":-500"), (2, "\"start\":0", "\"start\":-1"),
    (3, "\"model_bytes\":300", "\"model_bytes\":-300"), (3, "[0.33", "[-0.33"),
    (3, "\"residual_bytes\":400", "\"residual_bytes\":-1"), (3, "\"right\":3", "\"right\":-3"),
    (3, "\"right\":100", "\"right\":-1"), (3, "\"prompts\":64", "\"prompts\":-64"),
    (1, "\"block_size\":4096", "\"block_size\":0"), (1, "[1024,10240", "[1024,1024"),
    (1, "\"held_out_bytes\":8500", "\"held_out_bytes\":9001"), (1, "[1024,", "[-1024,"),
    (1, "\"training_bytes\":41000", "\"training_bytes\":-1"), (1, ",50000]", ",50001]"),
    (1, "\"start\":20500", "\"start\":9223372036854775807"), (1, "[1,2,3,4]", "[1,2,3]"),
    (1, "[1500,", "[1,1500,"), (1, "\"found\":12", "\"found\":-12"), (1, "[0,2]", "[0,-2]"),
    (1, "\"file\":0", "\"file\":-1"),
  ]

  @Test(arguments: lies)
  func countsThatCannotBeAreDamage(line: Int, truth: String, lie: String) throws {
    var lines = try [
      .run(SampleLines.run), .run(ScaleSampleLines.run), .prefix(ScaleSampleLines.prefix()),
      .frozen(ScaleSampleLines.frozen()),
    ].map { String(decoding: try Self.bytes(of: $0), as: UTF8.self) }
    #expect(lines[line].contains(truth), "\(lines[line])")
    lines[line] = lines[line].replacing(truth, with: lie)
    let contents = Array(lines.joined().utf8)
    let file = try TemporaryFile(contents)
    for attempt in [{ try RecordsFile.read($0) }, { try RecordsAppender($0).records }] {
      let error = #expect(throws: BPBError.self) { try attempt(file.path) }
      #expect(error?.code == .badData && error?.problem == "line \(line + 1) is damaged")
    }
    #expect(try file.bytes() == contents)
  }

  @Test func aScaleRunThatWasCutAtAnyByteIsRepaired() throws {
    let lines = try [
      .run(ScaleSampleLines.run), .prefix(ScaleSampleLines.prefix()),
      .frozen(ScaleSampleLines.frozen()),
    ].map(Self.bytes)
    for whole in lines.indices {
      let kept = lines[..<whole].flatMap { $0 }
      for length in 1..<lines[whole].count {
        let file = try TemporaryFile(kept + lines[whole].prefix(length))
        let records = try RecordsAppender(file.path).records
        #expect(records.notices.first?.contains("cut short by an interrupted run") == true)
        #expect(records.runs.count + records.prefixes.count + records.frozen.count == whole)
        #expect(try file.bytes() == kept)
      }
    }
  }

  @Test func laterRecordsTakeThePlaceOfEarlierOnesOfTheSameKey() {
    let failed = ScaleSampleLines.prefix(coded: nil)
    let other = ScaleSampleLines.prefix(bytes: 2048)
    let pass = ScaleSampleLines.prefix(capacity: 50_000)
    let again = ScaleSampleLines.prefix(coded: 499)
    let records = Records([.prefix(failed), .prefix(other), .prefix(pass), .prefix(again)])
    #expect(records.prefixes == [again, other, pass])
    let first = ScaleSampleLines.frozen(model: nil)
    let elsewhere = ScaleSampleLines.frozen(heldOut: "other")
    let second = ScaleSampleLines.frozen()
    #expect(
      Records([.frozen(first), .frozen(elsewhere)]).adding([.frozen(second)]).frozen
        == [second, elsewhere])
  }

  @Test func codedPrefixesAndFrozenModelsHaveKeysOfTheirOwn() {
    var prefix = ScaleSampleLines.prefix()
    let frozen = ScaleSampleLines.frozen()
    (prefix.method, prefix.version, prefix.start) = (frozen.method, frozen.version, frozen.start)
    (prefix.bytes, prefix.capacity) = (frozen.bytes, frozen.capacity)
    #expect(prefix.key != frozen.key)
    var same = frozen.key
    same.heldOut = nil
    #expect(prefix.key == same)
  }
}
