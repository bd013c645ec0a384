import RunRecords

/// What is said in one line of a check: a finding, or all of one kind about one input.
struct CheckEntry {
  let finding: BaselineCheck.Finding
  /// Findings that the line stands for.
  private(set) var count = 1

  /// Lines that are shown unless all are asked for.
  static let shownByDefault = 20

  /// The lines of `outcome`, worst first.
  ///
  /// - Parameter includesHeld: whether sizes that held on inputs that did not change have a line.
  static func all(in outcome: BaselineCheck.Outcome, includesHeld: Bool) -> [CheckEntry] {
    var entries: [CheckEntry] = []
    var positions: [[UInt8]: Int] = [:]
    for finding in outcome.findings where includesHeld || !finding.isUneventful {
      if let key = finding.inputKey {
        if let position = positions[key] {
          entries[position].count += 1
          continue
        }
        positions[key] = entries.count
      }
      entries.append(CheckEntry(finding: finding))
    }
    return entries
  }

  /// What stands for lines that are left out; nil for none.
  static func more(_ count: Int) -> String? {
    count == 0 ? nil : "… and \(NumberFormat.grouped(count)) more; --all shows them"
  }
}

extension BaselineCheck.Finding {
  /// Whether nobody needs to know: the size held, on the input that the baseline was made of.
  var isUneventful: Bool { kind == .held && severity == .notice }

  /// Equal for findings that say the same of one input, whatever the method; nil for the others.
  fileprivate var inputKey: [UInt8]? {
    switch kind {
    case .changedInput, .newInput, .missingInput: break
    case .held where !isUneventful: break
    default: return nil
    }
    // Bytes, since names that look alike may be of two files.
    return switch scope {
    case .input(let path): Array("\(kind) \(path)".utf8)
    case .stream: Array("\(kind)".utf8)
    case .method, .baseline: nil
    }
  }
}
