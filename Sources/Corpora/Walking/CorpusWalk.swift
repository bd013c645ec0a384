public import BPBCore
public import SystemPackage

/// Turns the paths of a command line into a corpus.
///
/// - A file that is named is taken, be it hidden, a link to a file, or of a name that a pattern
///   excludes. A directory that is named is walked; so is one that a named link leads to.
/// - Inside a directory, hidden entries (their name begins with a dot) are passed over, symbolic links
///   are not followed, and FIFOs, sockets and devices are not opened. The patterns choose among the
///   rest: what `exclude` fits is left out, directories with all they hold, and if there is any
///   `include`, a file must fit one.
/// - Arguments keep their order; the files of a directory are sorted by the bytes of their paths.
/// - The files of the only argument, a directory, are named relative to it; otherwise names begin with
///   the argument.
public struct CorpusWalk: Sendable {
  let include: Globs
  let exclude: Globs

  /// A walk with shell patterns as fnmatch(3) understands them, held against the path relative to
  /// the directory walked and against its last component.
  public init(include: [String] = [], exclude: [String] = []) {
    self.include = Globs(include)
    self.exclude = Globs(exclude)
  }

  /// Walks `paths`, of which `-` is standard input, and hashes every file.
  ///
  /// - Throws: `noInput` when a path that was named is missing, cannot be read, or is no file or
  ///   directory. What cannot be read inside a directory is in `problems` instead.
  public func corpus(of paths: [FilePath]) throws(BPBError) -> Corpus {
    var collector = CorpusCollector(walk: self, isOnlyArgument: paths.count == 1)
    for path in paths { try collector.add(path) }
    return collector.corpus
  }
}
