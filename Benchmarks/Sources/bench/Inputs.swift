import FoundationEssentials

/// A file to measure on.
struct Input {
  let name: String
  let path: String
}

/// What is measured on: real corpora where they are, else text made from the samples.
struct Inputs {
  /// About 10 MB, 1 MB and 0.1 MB of text.
  let files: [Input]
  /// A directory of files of several kinds and sizes.
  let directory: Input
  /// Where all this came from, as a sentence.
  let origin: String

  var large: Input { files[0] }
  var medium: Input { files[1] }

  /// Looks in `BPB_CORPORA`, or beside the package that is the working directory.
  init(scratch: Scratch, samples: Samples) throws(BenchError) {
    let root =
      ProcessInfo.processInfo.environment["BPB_CORPORA"] ?? "../shared/corpora"
    let names = ["natural/dickens", "enwik/enwik6", "canterbury/alice29.txt"]
    if (names + ["calgary"]).allSatisfy({ FileManager.default.fileExists(atPath: "\(root)/\($0)") })
    {
      files = names.map {
        Input(name: String($0.split(separator: "/").last!), path: "\(root)/\($0)")
      }
      directory = Input(name: "calgary", path: "\(root)/calgary")
      origin = "Real corpora."
    } else {
      files = [
        try samples.varied(byteCount: 10_000_000, named: "varied-10MB", in: scratch),
        try samples.varied(byteCount: 1_000_000, named: "varied-1MB", in: scratch),
        Input(name: "prose-en.txt", path: samples.prose),
      ]
      directory = Input(name: "samples", path: samples.directory)
      origin = "Text made from samples/: set BPB_CORPORA to measure on real corpora."
    }
  }
}
