import BPBCore
import SystemPackage

/// Gathers the files of all arguments, each once.
struct CorpusCollector {
  let walk: CorpusWalk
  let isOnlyArgument: Bool
  private var files: [CorpusFile] = []
  private var problems: [BPBError] = []
  private var notices: [String] = []
  /// Names as bytes: two files may have names that are canonically equivalent, as strings are compared.
  private var taken: Set<[UInt8]> = []

  init(walk: CorpusWalk, isOnlyArgument: Bool) {
    self.walk = walk
    self.isOnlyArgument = isOnlyArgument
  }

  var corpus: Corpus { Corpus(files: files, problems: problems, notices: notices) }

  /// Adds what an argument stands for.
  mutating func add(_ path: FilePath) throws(BPBError) {
    if path == FilePath(CorpusName.standardInput) { return try addStandardInput() }
    let name = CorpusName.display(of: path)
    switch try Self.type(of: path, name) {
    case .directory: try addDirectory(path, name)
    case .regular: try addFile(path, name)
    default: throw .notAFile(name)
    }
  }

  private static func type(of path: FilePath, _ name: String) throws(BPBError) -> FileType {
    guard !path.isEmpty else {
      throw BPBError(
        .noInput, "an empty path names no file",
        advice: "did a variable in the command have no value?")
    }
    do throws(Errno) {
      return try path.stat().type
    } catch {
      throw .unreadable(name, error)
    }
  }

  private mutating func addStandardInput() throws(BPBError) {
    guard take(CorpusName.standardInput) else { return noteRepeated([CorpusName.standardInput]) }
    files.append(try .standardInput())
  }

  private mutating func addFile(_ path: FilePath, _ name: String) throws(BPBError) {
    guard take(name) else { return noteRepeated([name]) }
    files.append(try CorpusFile(name: name, hashing: path))
  }

  private mutating func addDirectory(_ path: FilePath, _ name: String) throws(BPBError) {
    let found: DirectoryWalk
    do throws(Errno) {
      found = try DirectoryWalk(path, include: walk.include, exclude: walk.exclude)
    } catch {
      throw .unreadable(name, error)
    }
    let nameOf = { [isOnlyArgument] (entry: DirectoryWalk.Entry) in
      CorpusName.display(of: isOnlyArgument ? entry.relative : entry.path)
    }
    let failures = found.failures.map { BPBError.unreadable(nameOf($0.entry), $0.cause) }
    problems += failures.sorted { $0.description < $1.description }
    note(found.links.map(nameOf), "symbolic links are not followed")
    note(found.specialFiles.map(nameOf), "FIFOs, sockets and devices are not read")
    if found.files.isEmpty { notices.append("\(name): no files to measure in this directory") }
    addFiles(found.files.map { ($0.path, nameOf($0)) })
  }

  private mutating func addFiles(_ found: [(path: FilePath, name: String)]) {
    var repeated: [String] = []
    for (path, name) in found {
      guard take(name) else {
        repeated.append(name)
        continue
      }
      do throws(BPBError) {
        files.append(try CorpusFile(name: name, hashing: path))
      } catch {
        problems.append(error)
      }
    }
    noteRepeated(repeated)
  }

  /// Whether `name` is new.
  private mutating func take(_ name: String) -> Bool { taken.insert(Array(name.utf8)).inserted }

  private mutating func noteRepeated(_ names: [String]) {
    note(names, "named more than once, measured once")
  }

  private mutating func note(_ names: [String], _ remark: String) {
    guard let first = names.first else { return }
    notices.append(
      names.count == 1
        ? "\(first): \(remark)" : "\(first) and \(names.count - 1) more: \(remark)")
  }
}
