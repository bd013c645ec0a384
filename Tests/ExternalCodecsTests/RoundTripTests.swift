import BPBCore
import ExternalCodecs
import Testing
import _TestSupport

@Suite struct RoundTripTests {
  @Test(arguments: [
    ("cat", "cat=cat; cat"),
    ("tr", "tr=tr '\\000-\\377' '\\001-\\377\\000'; tr '\\001-\\377\\000' '\\000-\\377'"),
    ("gzip", "gzip9=gzip -9 -c; gzip -dc"),
    ("bzip2", "bzip2=bzip2 -c {input}; bzip2 -dc"),
    ("xz", "xz=xz -c {input}; xz -dc {input}.xz"),
    ("cp", "file=cp {input} {output}.gz; cp {input}.gz {output}.raw"),
  ])
  func decodesToWhatWasEncoded(program: String, text: String) throws {
    try require(program: program)
    let codec = try codec(text)
    for (name, bytes) in HostileInputs.all {
      let coded = try codec.encoded(bytes)
      #expect(try codec.decoded(coded) == bytes, "\(name)")
    }
  }

  @Test(arguments: [
    ("zpaq", "zpaq5=zpaq a {output}.zpaq {input} -m5; zpaq x {input}.zpaq -to {output}"),
    ("7z", "sevenzip=7z a {output}.7z {input}; 7z x {input}.7z -o{output}"),
    ("7z", "sevenzip=7z a {output} {input} -mx=9; 7z x {input}.7z -so"),
  ])
  func archiversRoundTrip(program: String, text: String) throws {
    try require(program: program)
    let codec = try codec(text)
    for (name, bytes) in HostileInputs.all where ["empty", "one byte", "text"].contains(name) {
      let coded = try codec.encoded(bytes)
      #expect(try codec.decoded(coded) == bytes, "\(name)")
      #expect(try codec.encoded(bytes).count == coded.count, "\(name)")
    }
  }

  @Test func sizesAreThoseOfTheProgram() throws {
    let text = Array(String(repeating: "to be or not to be ", count: 1000).utf8)
    let direct = try codec("gzip=gzip -9 -n -c; cat").encoded(text)
    let file = try codec("gzip=gzip -9 -n {input} -c; cat").encoded(text)
    #expect(direct == file)
    #expect(direct.starts(with: [0x1F, 0x8B]))
    #expect(direct.count < 200)
  }

  @Test func resultsComeInBoundedPieces() throws {
    let bytes = SplitMix64.bytes(count: 200_000, seed: 5)
    let encoder = try codec("cat=cat; cat").makeEncoder(byteCount: bytes.count)
    var pieces: [Int] = []
    try encoder.push(bytes.span) { _ in }
    try encoder.finish { pieces.append($0.count) }
    #expect(pieces.reduce(0, +) == 200_000)
    #expect(pieces.max()! <= 65_536)
  }

  @Test func otherBytesAreHandedOutAsTheyAre() throws {
    let coded = try codec("wrong=cat; tr a b").encoded(Array("banana".utf8))
    #expect(try codec("wrong=cat; tr a b").decoded(coded) == Array("bbnbnb".utf8))
  }

  @Test func severalRunAtOnce() async throws {
    let codec = try codec("gzip=gzip -c; gzip -dc")
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for seed in 0..<16 {
        group.addTask {
          let bytes = SplitMix64.bytes(count: 10_000, seed: UInt64(seed))
          let coded = try codec.encoded(bytes)
          return try codec.decoded(coded) == bytes
        }
      }
      for try await isEqual in group { #expect(isEqual) }
    }
  }
}
