import FoundationEssentials

/// A temporary directory that is removed with all it holds.
final class Scratch {
  private let directory: String

  init() throws(BenchError) {
    let name = "bpb-bench-\(UInt64.random(in: .min ... .max))"
    directory = FileManager.default.temporaryDirectory.appending(path: name).path
    try makeDirectory(directory)
  }

  deinit { remove(directory) }

  /// The path of what is called `name` here.
  func path(_ name: String) -> String { "\(directory)/\(name)" }

  func makeDirectory(_ path: String) throws(BenchError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw BenchError("\(path) cannot be made: \(error)")
    }
  }

  func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
