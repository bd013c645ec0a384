import SystemPackage
import Testing
import _TestSupport

@Suite struct CompressTests {
  private let scratch: TemporaryDirectory
  private let bytes = prose(5000)

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(bytes, to: "x")
  }

  private func bpb(_ words: String..., input: [UInt8] = []) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path, input: input)
  }

  static let methods: [String] = {
    var methods = ["store", "zlib:9", "xz:6"] + (0...6).map { "ngram:\($0)" }
    methods.append("ngram:5:memory=128KiB")
    methods += ["ppm:mixed", "ppm:best", "ppm:h", "ctw:6", "memoizer:1MiB"]
    methods += ["mix:fast:memory=1MiB", "mix:balanced:memory=1MiB"]
    methods += ["kn:3", "kn:4:prune=1"]
    #if Bzip2
    methods.append("bzip2:9")
    #endif
    #if Zstd
    methods.append("zstd:19")
    methods.append("zstd:3:long=24")
    #endif
    #if Brotli
    methods.append("brotli:5")
    #endif
    return methods
  }()

  @Test(arguments: methods) func roundTrip(method: String) throws {
    try bpb("compress", "x", "-m", method).expect(0)
    #expect(scratch.names == ["x", "x.bpb"], "the input is kept")
    try bpb("decompress", "x.bpb", "-o", "back").expect(0)
    #expect(try scratch.read("back") == bytes)
    let packed = try bpb("compress", "-m", method, input: bytes)
    packed.expect(0)
    #expect(try scratch.read("x.bpb") == packed.output)
    let back = try bpb("decompress", input: packed.output)
    back.expect(0)
    #expect(back.output == bytes)
    let header = try bpb("inspect", "x.bpb")
    header.expect(0)
    #expect(header.text.contains("original bytes: 5,000\n"))
    #expect(header.text.contains("method: \(method)\n"))
  }

  @Test(arguments: [[], [0]] as [[UInt8]]) func nothingAndOneByte(input: [UInt8]) throws {
    for method in Self.methods {
      let packed = try bpb("compress", "-m", method, input: input)
      #expect(try bpb("decompress", input: packed.output).output == input, "\(method)")
    }
  }

  @Test func inspectSpeaksJSON() throws {
    let packed = try bpb("compress", "x", "-m", "ngram:2", "-o", "-")
    let header = try JSON(
      parsing: bpb("inspect", "-", "--format", "json", input: packed.output).text)
    #expect(header["method"] == .string("ngram:2") && header["bytes"] == .number(5000))
    #expect(header["file_bytes"]?.number == Double(packed.output.count))
  }

  @Test func nothingIsOverwrittenUnasked() throws {
    try scratch.write("precious", to: "x.bpb")
    try bpb("compress", "x").expect(74, saying: "x.bpb: exists already", "--force")
    #expect(try scratch.text("x.bpb") == "precious")
    try bpb("compress", "x", "--force").expect(0)
    try bpb("decompress", "x.bpb").expect(74, saying: "x: exists already")
    try scratch.write("changed", to: "x")
    try bpb("decompress", "x.bpb", "--force").expect(0)
    #expect(try scratch.read("x") == bytes && scratch.names == ["x", "x.bpb"])
  }

  @Test func linksAreWrittenThrough() throws {
    try scratch.write("old", to: "target")
    scratch.link("link", to: "target")
    try bpb("compress", "x", "-m", "store", "-o", "link").expect(74, saying: "exists already")
    try bpb("compress", "x", "-m", "store", "-o", "link", "--force").expect(0)
    #expect(try scratch.read("target").count > 5000)
    #expect(
      try scratch.path.appending("link").stat(followTargetSymlink: false).type == .symbolicLink)
  }

  @Test func pipesAreWrittenToNotReplaced() throws {
    scratch.makeFIFO("pipe")
    let reader = try RunningCommand(["/bin/cat", "pipe"], in: scratch.path)
    try bpb("compress", "x", "-m", "store", "-o", "pipe", "--force").expect(0)
    #expect(try reader.wait().output.count > 5000)
    #expect(try scratch.path.appending("pipe").stat().type == .fifo)
  }

  @Test func awkwardNames() throws {
    for name in ["-x", "--force", "a b", "日本語", "x\ny", "\u{1B}[31m", "'", "$(x)"] {
      try checkRoundTrip(ofFileCalled: name)
    }
  }

  private func checkRoundTrip(ofFileCalled name: String) throws {
    try scratch.write(bytes, to: FilePath("d/" + name))
    let inside = scratch.path.appending("d")
    let output = ["-o", "../out", "--", name]
    try CommandRunner.bpb(["compress", "-m", "store"] + ["--", name], in: inside).expect(0)
    try CommandRunner.bpb(
      ["decompress", "--force"] + output.dropLast() + [name + ".bpb"], in: inside
    ).expect(
      0)
    #expect(try scratch.read("out") == bytes)
    try CommandRunner.bpb(["decompress", "--", name + ".bpb"], in: inside)
      .expect(74, saying: "exists already")
  }

  @Test func theLongestName() throws {
    let name = String(repeating: "n", count: 251)
    try scratch.write(bytes, to: FilePath(name))
    try bpb("compress", name, "-m", "store").expect(0)
    try bpb("decompress", name + ".bpb", "--force").expect(0)
    #expect(try scratch.read(FilePath(name)) == bytes)
    try scratch.write(bytes, to: FilePath(name + "n"))
    try bpb("compress", name + "n", "-m", "store").expect(74, saying: "File name too long")
  }

  @Test func directoriesAreRefused() throws {
    try scratch.write("x", to: "d/x")
    for path in ["d", ".", "/"] {
      try bpb("compress", path).expect(66, saying: "is a directory")
    }
    try bpb("decompress", "d").expect(66, saying: "is not a regular file")
    try bpb("inspect", "d").expect(66, saying: "is not a regular file")
    try bpb("compress", "x", "-o", "d").expect(74, saying: "exists already")
    try bpb("compress", "x", "-o", "d", "--force").expect(74, saying: "d: is a directory")
    try bpb("compress", "x", "-o", "./x", "--force").expect(64, saying: "is the file that is read")
    #expect(try scratch.read("x") == bytes)
    #expect(scratch.names == ["d", "x"])
  }

  @Test func anOutputMustHaveAName() throws {
    try bpb("compress", "x", "-m", "store", "-o", ".bpb").expect(0)
    try bpb("decompress", "./.bpb").expect(64, saying: "does not end in .bpb")
    try bpb("decompress", "x").expect(64, saying: "does not end in .bpb")
    try bpb("compress", "x", "-o", "/").expect(74)
    try bpb("compress", "x", "-o", "/", "--force").expect(64, saying: "is not the name of a file")
  }

  @Test func whatIsNotAContainerIsSaid() throws {
    try bpb("decompress", "x", "-o", "out").expect(65, saying: "x: this is not a .bpb file")
    try bpb("inspect", "x").expect(65, saying: "x: this is not a .bpb file")
    try bpb("decompress", input: []).expect(65, saying: "standard input: the file is empty")
    #expect(scratch.names == ["x"])
  }

  @Test func externalMethodsAreNoFiles() throws {
    try bpb("compress", "x", "-m", "gzip").expect(64, saying: "there is no such method")
  }
}
