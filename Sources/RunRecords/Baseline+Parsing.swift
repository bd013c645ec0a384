public import BPBCore

extension Baseline {
  /// Reads what `csv` writes; lines may end in CR LF.
  ///
  /// - Parameter name: the file, for errors.
  /// - Throws: `badData`, with the line, for anything that `csv` would not have written.
  public init(parsing bytes: [UInt8], of name: String) throws(BPBError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw BPBError(
        .badData, "is not UTF-8 text, so it is no baseline", subject: name,
        advice: "name a file that 'bpb check --update' wrote, or a new one")
    }
    let reader = BaselineReader(name: name)
    var rows: [Row] = []
    var lines: [Key: Int] = [:]
    var records = CSVRecords(text)
    while let record = try reader.next(&records) {
      guard record.line > 1 else {
        try reader.check(header: record.fields)
        continue
      }
      let row = try reader.row(record)
      if let earlier = lines.updateValue(record.line, forKey: row.key) {
        throw reader.error(
          record.line, "has the path, method and policy of line \(earlier)",
          advice: "delete one of the two")
      }
      rows.append(row)
    }
    guard records.line > 1 else { throw reader.error(1, "is empty; it should name the columns") }
    self.init(rows)
  }
}

/// Turns the records of one file into rows, with sentences for what is wrong.
private struct BaselineReader {
  let name: String

  func error(_ line: Int, _ problem: String, advice: String? = nil) -> BPBError {
    BPBError(
      .badData, "line \(line) \(problem)", subject: name,
      advice: advice ?? "restore the file from version control, or make it anew with --update")
  }

  func next(_ records: inout CSVRecords) throws(BPBError) -> CSVRecords.Record? {
    let line = records.line
    do {
      return try records.next()
    } catch {
      throw self.error(line, error.rawValue)
    }
  }

  func check(header: [String]) throws(BPBError) {
    let columns = Baseline.columns
    if let unknown = header.first(where: { !columns.contains($0) }) {
      throw error(
        1, "has a column that this bpb does not know, '\(SafeText.escape(unknown))'",
        advice: "use a newer bpb if one wrote it; the columns are \(columns.joined(separator: ","))"
      )
    }
    if let missing = columns.first(where: { !header.contains($0) }) {
      throw error(1, "has no column '\(missing)'")
    }
    guard header == columns else {
      throw error(1, "should be \(columns.joined(separator: ","))")
    }
  }

  func row(_ record: CSVRecords.Record) throws(BPBError) -> Baseline.Row {
    let (line, fields) = (record.line, record.fields)
    guard fields.count == Baseline.columns.count else {
      guard !["<<<<<<<", "=======", ">>>>>>>"].contains(where: fields[0].hasPrefix) else {
        throw error(
          line, "is the mark of a merge that was not finished",
          advice: "take one side, then run with --update to see what changes")
      }
      throw error(line, "has \(fields.count) fields instead of \(Baseline.columns.count)")
    }
    let texts = [0, 1, 2, 6].map { Baseline.unshielded(fields[$0]) }
    guard !texts[1].isEmpty, !texts[2].isEmpty else { throw error(line, "has an empty field") }
    return Baseline.Row(
      path: try path(texts[0], policy: texts[2], line), method: texts[1], policy: texts[2],
      bytes: try count(fields[3], line), codedBytes: try count(fields[4], line),
      sha256: try digest(fields[5], line), version: texts[3].isEmpty ? nil : texts[3])
  }

  private func path(_ text: String, policy: String, _ line: Int) throws(BPBError) -> String? {
    if policy == Baseline.solidPolicy {
      guard text == Baseline.solidPath else {
        throw error(line, "names a file, but under 'solid' the path is \(Baseline.solidPath)")
      }
      return nil
    }
    let canonical = SafeText.unescape(text).map { SafeText.escape(bytes: $0) }
    guard !text.isEmpty, let canonical, canonical.utf8.elementsEqual(text.utf8) else {
      throw error(line, "has a path that bpb would write otherwise, '\(SafeText.escape(text))'")
    }
    return text
  }

  private func count(_ field: String, _ line: Int) throws(BPBError) -> Int {
    guard let count = Int(field), count >= 0, String(count) == field else {
      throw error(line, "has '\(SafeText.escape(field))' where a number of bytes should be")
    }
    return count
  }

  private func digest(_ field: String, _ line: Int) throws(BPBError) -> String {
    guard field.utf8.count == 64, field.utf8.allSatisfy("0123456789abcdef".utf8.contains) else {
      throw error(line, "has '\(SafeText.escape(field))' where a SHA-256 should be")
    }
    return field
  }
}
