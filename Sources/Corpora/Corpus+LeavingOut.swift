public import SystemPackage

extension Corpus {
  /// The corpus without the files at `paths`, whatever name they were found under.
  ///
  /// A run's own records and reports may lie in the directory it measures; they are not its inputs.
  public func leavingOut(_ paths: [FilePath]) -> Corpus {
    let own = paths.compactMap { FileIdentity(of: $0) }
    let kept = files.filter { file in
      guard case .path(_, let identity) = file.content else { return true }
      return !own.contains { $0.isSameFile(as: identity) }
    }
    return kept.count == files.count
      ? self : Corpus(files: kept, problems: problems, notices: notices)
  }
}
