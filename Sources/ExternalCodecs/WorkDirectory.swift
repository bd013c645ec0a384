package import BPBCore
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A private directory (mode 0700) under $TMPDIR, or /tmp, that is removed with its owner.
package struct WorkDirectory: ~Copyable {
  let path: FilePath

  /// Makes the directory in `parent`.
  ///
  /// - Throws: `inputOutput` if it cannot be made.
  package init(in parent: FilePath = standardParent) throws(BPBError) {
    var template = parent.appending("bpb-XXXXXX").string.utf8CString
    let made = template.withUnsafeMutableBufferPointer { buffer in
      mkdtemp(buffer.baseAddress!).map { FilePath(platformString: $0) }
    }
    guard let made else {
      throw BPBError(
        .inputOutput, "no temporary directory can be made there: \(Errno(rawValue: errno))",
        subject: SafeText.escape(parent.string), advice: "set TMPDIR to one that can be written")
    }
    path = made
  }

  package static var standardParent: FilePath {
    getenv("TMPDIR").map { FilePath(platformString: $0) } ?? "/tmp"
  }

  deinit { DirectoryTree.remove(path) }

  /// Creates a file in the directory, open for reading and writing.
  func create(_ name: String) throws(BPBError) -> OpenFile {
    try OpenFile(path.appending(name), .readWrite, options: [.create, .exclusiveCreate])
  }

  /// Bytes of all files in it, however deep.
  var byteCount: Int {
    var sum = 0
    DirectoryTree.walk(path) { _, status in
      if status.type == .regular { sum += Int(status.size) }
    }
    return sum
  }

  /// The files whose path in the directory begins with `stem`.
  func files(beginningWith stem: String) -> [FilePath] {
    var files: [FilePath] = []
    DirectoryTree.walk(path) { file, status in
      let name = file.components.dropFirst(path.components.count).first?.string
      if status.type == .regular, name?.hasPrefix(stem) == true { files.append(file) }
    }
    return files
  }
}
