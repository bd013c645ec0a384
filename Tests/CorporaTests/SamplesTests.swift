import BPBCore
import Corpora
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

struct SamplesTests {
  private static let package = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()
  private static let samples = package.appending("samples")
  private static let generator = package.appending("Tools/generate-samples.py").string
  private static let hasPython = run("command -v python3") == 0

  private func bytes(of name: String) throws -> [UInt8] {
    let corpus = try CorpusWalk(include: [name]).corpus(of: [Self.samples])
    var bytes: [UInt8] = []
    try #require(corpus.files.first).read { bytes.append($0) }
    return bytes
  }

  @Test func theReadmeListsEveryFileWithItsSize() throws {
    let corpus = try CorpusWalk(exclude: ["README.md"]).corpus(of: [Self.samples])
    let readme = String(decoding: try bytes(of: "README.md"), as: UTF8.self)
    let listed = readme.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|").map { $0.filter { !"` ,".contains($0) } }
      return "\(cells[0]) \(cells[1])"
    }
    #expect(listed == corpus.files.map { "\($0.name) \($0.byteCount)" })
    #expect((900_000...1_100_000).contains(corpus.byteCount))
  }

  @Test func theMarkovTextIsThatOfMarkovSource() throws {
    let source = MarkovSource(alphabet: Array("aeinorst \n".utf8), order: 2, seed: 2048)
    var generator = SeededGenerator(seed: 2049)
    let text = try bytes(of: "markov.txt")
    let isSame = source.bytes(count: text.count, from: &generator) == text
    #expect(isSame)  // Not the arrays: a failure would spend minutes on their difference.
    #expect(abs(source.entropyRate - 1.466417) < 0.000_001)
    #expect(abs(source.codeLength(of: text).bits / Double(text.count) - 1.466417) < 0.01)
  }

  @Test func theRandomBytesAreThoseOfSeededGenerator() throws {
    var generator = SeededGenerator(seed: 65536)
    let isSame = try bytes(of: "random.bin") == generator.bytes(count: 65536)
    #expect(isSame)
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func theGeneratorMakesThemAgain() {
    #expect(Self.run("python3 '\(Self.generator)' --check") == 0)
  }

  /// The exit code of a shell command whose output is of no interest.
  private static func run(_ command: String) -> Int32 {
    let status = system("{ \(command); } >/dev/null 2>&1")
    return status >> 8
  }
}
