import BPBCore
import SystemPackage

/// One walk through a directory: finds its files and notes what is no file.
///
/// Iterative, so that no depth overflows the stack, and each directory is entered once, so that no
/// loop of mounts is followed for ever.
struct DirectoryWalk {
  /// What the walk came to.
  struct Entry {
    /// To open it by.
    let path: FilePath
    /// From the root of the walk; empty for the root itself.
    let relative: FilePath

    func appending(_ name: FilePath.Component) -> Entry {
      Entry(path: path.appending(name), relative: relative.appending(name))
    }
  }

  /// Files to take, sorted by the bytes of their relative paths.
  private(set) var files: [Entry] = []
  /// Symbolic links, which are not followed.
  private(set) var links: [Entry] = []
  /// FIFOs, sockets and devices, which are not opened.
  private(set) var specialFiles: [Entry] = []
  /// Paths that could not be examined or listed, and why.
  private(set) var failures: [(entry: Entry, cause: Errno)] = []

  private let include: Globs
  private let exclude: Globs
  private var pending: [Entry] = []
  private var entered: Set<Directory> = []

  private struct Directory: Hashable {
    let device: DeviceID
    let inode: Inode
  }

  /// Walks the directory `root`.
  ///
  /// - Throws: when the root itself cannot be listed.
  init(_ root: FilePath, include: Globs, exclude: Globs) throws(Errno) {
    self.include = include
    self.exclude = exclude
    try enter(Entry(path: root, relative: FilePath()))
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

  private mutating func enter(_ directory: Entry) throws(Errno) {
    let status = try directory.path.stat()
    guard entered.insert(Directory(device: status.deviceID, inode: status.inode)).inserted else {
      return
    }
    for name in try Platform.visibleEntries(of: directory.path) {
      let entry = directory.appending(name)
      if !exclude.match(entry.relative) { sortOut(entry) }
    }
  }

  private mutating func sortOut(_ entry: Entry) {
    do throws(Errno) {
      switch try entry.path.stat(followTargetSymlink: false).type {
      case .directory: pending.append(entry)
      case .regular: if include.isEmpty || include.match(entry.relative) { files.append(entry) }
      case .symbolicLink: links.append(entry)
      default: specialFiles.append(entry)
      }
    } catch {
      failures.append((entry, error))
    }
  }
}

extension [DirectoryWalk.Entry] {
  /// Byte order of whole paths, as `LC_ALL=C sort` has it, whatever the file system's order was.
  fileprivate mutating func sortByBytes() {
    let keyed = map { (entry: $0, key: $0.relative.bytes) }
    self = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.entry)
  }
}
