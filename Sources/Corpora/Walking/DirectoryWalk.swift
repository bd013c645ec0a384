import BPBCore
import SystemPackage

/// One walk through a directory: finds its files and notes what is no file.
///
/// Iterative, so that no depth overflows the stack, and each directory is entered once, so that no
/// loop of mounts is followed for ever.
struct DirectoryWalk {
  /// Files to take, relative to the root, sorted by the bytes of their paths.
  private(set) var files: [FilePath] = []
  /// Symbolic links, which are not followed.
  private(set) var links: [FilePath] = []
  /// FIFOs, sockets and devices, which are not opened.
  private(set) var specialFiles: [FilePath] = []
  /// Paths that could not be examined or listed, and why.
  private(set) var failures: [(path: FilePath, cause: Errno)] = []

  private let root: FilePath
  private let include: Globs
  private let exclude: Globs
  private var pending: [FilePath] = []
  private var entered: Set<Directory> = []

  private struct Directory: Hashable {
    let device: DeviceID
    let inode: Inode
  }

  /// Walks the directory `root`.
  ///
  /// - Throws: when the root itself cannot be listed.
  init(_ root: FilePath, include: Globs, exclude: Globs) throws(Errno) {
    self.root = root
    self.include = include
    self.exclude = exclude
    try enter(FilePath())
    while let directory = pending.popLast() {
      do throws(Errno) {
        try enter(directory)
      } catch {
        failures.append((directory, error))
      }
    }
    files.sortByBytes()
    links.sortByBytes()
    specialFiles.sortByBytes()
  }

  private mutating func enter(_ directory: FilePath) throws(Errno) {
    let path = root.pushing(directory)
    let status = try path.stat()
    guard entered.insert(Directory(device: status.deviceID, inode: status.inode)).inserted else {
      return
    }
    for name in try Platform.visibleEntries(of: path) {
      let entry = directory.appending(name)
      if !exclude.match(entry) { sortOut(entry) }
    }
  }

  private mutating func sortOut(_ entry: FilePath) {
    do throws(Errno) {
      switch try root.pushing(entry).stat(followTargetSymlink: false).type {
      case .directory: pending.append(entry)
      case .regular: if include.isEmpty || include.match(entry) { files.append(entry) }
      case .symbolicLink: links.append(entry)
      default: specialFiles.append(entry)
      }
    } catch {
      failures.append((entry, error))
    }
  }
}

extension [FilePath] {
  /// Byte order of whole paths, as `LC_ALL=C sort` has it, whatever the file system's order was.
  fileprivate mutating func sortByBytes() {
    let keyed = map { (path: $0, key: $0.bytes) }
    self = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.path)
  }
}
