import BitsPerByte
import Reports

/// What should be known before a report is made from joined records, a sentence each.
enum RecordsNotices {
  /// Shards that are listed by number.
  private static let listed = 8

  static func all(in records: Records) -> [String] {
    missingShards(in: records) + versions(in: records)
  }

  /// Parts of a plan that nobody was asked to measure.
  ///
  /// - Parameter records: joined, so that runs of the same plan are one.
  static func missingShards(in records: Records) -> [String] {
    records.runs.compactMap { run in
      let missing = run.missingShards
      guard let first = missing.first else { return nil }
      let numbers = missing.prefix(listed).map { NumberFormat.grouped($0.index) }
      let more =
        missing.count > listed ? " and \(NumberFormat.grouped(missing.count - listed)) more" : ""
      return "of the \(NumberFormat.grouped(first.count)) shards of corpus "
        + "\(run.corpus.sha256.prefix(12)), \(run.policy), \(missing.count == 1 ? "one is" : "some are") "
        + "missing: \(numbers.joined(separator: ", "))\(more)"
    }
  }

  /// Methods of one corpus that are of several versions, as of several machines.
  private static func versions(in records: Records) -> [String] {
    var known: [(corpus: String, policy: String, method: String, versions: [String])] = []
    for run in records.runs {
      for method in run.methods {
        guard let version = method.version else { continue }
        let place = known.firstIndex {
          $0.corpus == run.corpus.sha256 && $0.policy == run.policy && $0.method == method.name
        }
        guard let place else {
          known.append((run.corpus.sha256, run.policy, method.name, [version]))
          continue
        }
        if !known[place].versions.contains(version) { known[place].versions.append(version) }
      }
    }
    return known.filter { $0.versions.count > 1 }.map {
      "\($0.method) has versions \($0.versions.joined(separator: ", ")), which are kept apart as methods of their own"
    }
  }
}
