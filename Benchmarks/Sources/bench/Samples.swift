import FoundationEssentials

/// The package's own samples, and what is generated from them.
struct Samples {
  let directory: String
  var prose: String { "\(directory)/prose-en.txt" }
  /// The words of the prose, the most frequent first.
  private let words: [[UInt8]]

  init(directory: String) throws(BenchError) {
    self.directory = directory
    var counts: [[UInt8]: Int] = [:]
    for word in try Self.words(of: "\(directory)/prose-en.txt") { counts[word, default: 0] += 1 }
    words = counts.sorted {
      ($1.value, $0.key.count, "\($0.key)") < ($0.value, $1.key.count, "\($1.key)")
    }.map(\.key)
  }

  /// Text of random words.
  func pseudoText(seed: UInt64) -> PseudoText { PseudoText(words: words, seed: seed) }

  /// The text samples one after the other, again and again, each time with other words in an eighth of
  /// the places: repeated as they are, they would be one long match.
  func varied(byteCount: Int, named name: String, in scratch: Scratch) throws(BenchError) -> Input {
    var text: [[UInt8]] = []
    for file in ["prose-en.txt", "source-code.c", "page.html", "prose-zh.txt", "service.log"] {
      text += try Self.words(of: "\(directory)/\(file)")
    }
    var random = SplitMix64(state: 1)
    var bytes: [UInt8] = []
    while bytes.count < byteCount {
      for word in text {
        let draw = random.next()
        bytes += draw & 7 == 0 ? words[Int(draw >> 32) % words.count] : word
        bytes.append(UInt8(ascii: draw >> 3 & 15 == 0 ? "\n" : " "))
      }
    }
    let path = scratch.path(name)
    do {
      try Data(bytes.prefix(byteCount)).write(to: URL(filePath: path))
    } catch {
      throw BenchError("\(path) cannot be written: \(error)")
    }
    return Input(name: name, path: path)
  }

  /// What stands between blanks in a file.
  private static func words(of path: String) throws(BenchError) -> [[UInt8]] {
    do {
      return try Data(contentsOf: URL(filePath: path))
        .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { [UInt8]($0) }
    } catch {
      throw BenchError("\(path) cannot be read: \(error)")
    }
  }
}
