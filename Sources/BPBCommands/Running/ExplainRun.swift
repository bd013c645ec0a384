import BitsPerByte
import Reports
import SystemPackage

/// One or two methods on one file, byte by byte.
struct ExplainRun {
  let methods: [Method]
  /// The file's name, safe to print.
  let name: String
  let text: [UInt8]
  private let sha256: String

  /// Text and bits of all bytes are held in memory.
  private static let mostBytes = 64 << 20
  private static let mostMethods = 2

  /// The methods of a command line, one or two, each of which can say what a byte costs.
  ///
  /// - Throws: `usage` for others; what making a method throws.
  static func methods(named names: [String]) throws(BPBError) -> [Method] {
    var specs: [MethodSpec] = []
    for list in names { specs += try MethodSpec.parseList(list) }
    let methods = try MethodTable.builtin.distinctMethods(for: specs)
    guard methods.count <= mostMethods else {
      throw BPBError(
        .usage, "are more than can be held against each other byte by byte",
        subject: "\(methods.count) methods",
        advice: "name one or two; 'bpb compare' takes any number")
    }
    for method in methods where !(method.codec is any ByteScoring) {
      throw BPBError(
        .usage, "codes whole stretches of text, so that no byte has a length of its own",
        subject: "method '\(method.name)'",
        advice: "name one that predicts bytes, as ppm, ngram:5 or model:FILE")
    }
    return methods
  }

  /// Reads the file at `path`, `-` for standard input.
  ///
  /// - Throws: `noInput` for what is no file or too large; `inputOutput` when reading fails.
  init(methods: [Method], path: String) throws(BPBError) {
    self.methods = methods
    let subject = SafeText.escape(argument: path)
    let file = FilePath(argument: path)
    let isDirectory = path != "-" && (try? file.stat())?.type == .directory
    guard !isDirectory, let input = try CorpusWalk().corpus(of: [file]).files.first else {
      throw BPBError(
        .noInput, "is a directory", subject: subject, advice: "name one of the files in it")
    }
    guard input.byteCount <= Self.mostBytes else {
      throw BPBError(
        .noInput,
        "has more than the \(NumberFormat.bytes(Self.mostBytes)) that can be held byte by byte",
        subject: subject, advice: "cut a part out of it, as with head -c 10000000")
    }
    var text: [UInt8] = []
    try input.read { piece throws(BPBError) in text.append(piece) }
    self.text = text
    (name, sha256) = (input.name, input.sha256)
  }

  /// What the methods pay.
  ///
  /// - Parameter range: what is drawn.
  /// - Throws: what a method throws; `cancelled` when the user stops it.
  func explanation(of range: Range<Int>) throws(BPBError) -> ByteExplanation {
    let progress = Progress(
      cells: methods.count, work: Double(methods.count), activity: "predicting")
    defer { progress.end() }
    var accounts: [ByteExplanation.Account] = []
    for method in methods {
      accounts.append(try account(of: method))
      progress.advanced(by: 1)
      progress.finishedCell()
    }
    var explanation = ByteExplanation(name: name, text: text, accounts: accounts, range: range)
    explanation.notes = methods.filter { $0.learnedFrom.contains(sha256) }.map {
      "\($0.name) learned from this very file: its bits here tell what it has kept of it, not how it predicts."
    }
    return explanation
  }

  private func account(of method: Method) throws(BPBError) -> ByteExplanation.Account {
    guard let codec = method.codec as? any ByteScoring else {
      preconditionFailure("methods are checked when they are named")
    }
    let lengths: ByteLengths
    do throws(BPBError) {
      lengths = try codec.byteLengths(of: text.span) { () throws(BPBError) in
        if Interrupt.isRequested { throw BPBError(.cancelled, "stopped") }
      }
    } catch {
      throw error.about("method '\(method.name)' on \(name)")
    }
    return ByteExplanation.Account(
      name: method.name, version: method.version, bits: lengths.bits,
      sentModelBytes: lengths.modelBytes, modelFileBytes: method.modelBytes)
  }
}
