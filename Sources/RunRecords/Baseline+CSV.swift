extension Baseline {
  /// Names of the columns, in order. A file with others was made by another version of bpb.
  static let columns = ["path", "method", "policy", "bytes", "coded_bytes", "sha256", "version"]

  /// The baseline as comma-separated values after RFC 4180, lines ended by LF.
  ///
  /// Equal baselines give equal bytes. The first line names the columns. A row of the policy `solid`
  /// has the path `*`; a version that is not known is empty. Text that a spreadsheet would take for a
  /// formula has an apostrophe in front, and so has text that begins with one.
  public var csv: String {
    ([Self.columns] + rows.map(\.fields))
      .map { $0.map(Self.quoted).joined(separator: ",") + "\n" }
      .joined()
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return field }
    // Scalar by scalar: a quote with a combining mark on it is a quote to whoever reads this.
    let doubled = field.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return "\"\(doubled)\""
  }

  /// `text` as spreadsheets leave it alone.
  static func shielded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "'=+-@\t\r".unicodeScalars.contains(first) else {
      return text
    }
    return "'" + text
  }

  /// What `shielded` was given.
  static func unshielded(_ field: String) -> String {
    field.unicodeScalars.first == "'" ? String(field.unicodeScalars.dropFirst()) : field
  }
}

extension Baseline.Row {
  fileprivate var fields: [String] {
    [path ?? Baseline.solidPath, method, policy].map(Baseline.shielded)
      + ["\(bytes)", "\(codedBytes)", sha256, Baseline.shielded(version ?? "")]
  }
}
