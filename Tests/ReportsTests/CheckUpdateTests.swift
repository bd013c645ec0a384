import Reports
import RunRecords
import Testing

@Suite struct CheckUpdateTests {
  private static func row(_ path: String, coded: Int, version: String? = "1.2.13") -> Baseline.Row {
    Baseline.Row(
      path: path, method: "zlib:9", policy: "per-file", bytes: 5000, codedBytes: coded,
      sha256: "same", version: version)
  }

  /// An update of `old` to a run of `new`.
  private static func update(_ old: [Baseline.Row], _ new: [Baseline.Row]) throws -> BaselineUpdate
  {
    var run = SampleRun.run
    run.methods = [SampleRun.zlib]
    run.corpus.files = new.map { .init(path: $0.path!, bytes: $0.bytes, sha256: $0.sha256) }
    let cells = new.map { row in
      var cell = SampleRun.cell(SampleRun.zlib, 0, share: 0)
      (cell.path, cell.bytes, cell.sha256) = (row.path, row.bytes, row.sha256)
      cell.codedBytes = row.codedBytes
      return cell
    }
    return try Baseline(old).updated(with: run, cells: cells)
  }

  @Test func whatChangedIsSaidInWords() throws {
    var changed = Self.row("changed", coded: 1300)
    changed.sha256 = "other"
    let update = try Self.update(
      [
        Self.row("changed", coded: 1234), Self.row("gone", coded: 7),
        Self.row("other-version", coded: 1, version: nil),
        Self.row("same", coded: 5), Self.row("smaller", coded: 1234, version: nil),
      ],
      [
        changed, Self.row("new", coded: 1), Self.row("other-version", coded: 1),
        Self.row("same", coded: 5), Self.row("smaller", coded: 1000),
      ])
    #expect(
      BaselineUpdateRenderer(name: "base.csv", showsAll: false).render(update) == """
        changed zlib:9 on changed: 1,234 → 1,300 bytes (+66, +5.3%), the input changed
        removed zlib:9 on gone: 7 bytes
        added zlib:9 on new: 1 byte
        changed zlib:9 on smaller: 1,234 → 1,000 bytes (-234, -19.0%)
        changed zlib:9: version unknown → 1.2.13 (2 rows)
        base.csv: 5 rows, 1 added, 1 removed, 3 changed

        """)
  }

  @Test func nothingIsSaidOfWhatStayed() throws {
    let rows = (0..<30).map { Self.row("\($0)", coded: 10) }
    let renderer = BaselineUpdateRenderer(name: "base.csv", showsAll: false)
    #expect(renderer.render(try Self.update(rows, rows)) == "base.csv: nothing changed, 30 rows\n")
    let many = renderer.render(try Self.update([], rows)).split(separator: "\n")
    #expect(many.count == 22 && many[20] == "… and 10 more; --all shows them")
    let all = BaselineUpdateRenderer(name: "base.csv", showsAll: true)
    #expect(all.render(try Self.update([], rows)).split(separator: "\n").count == 31)
  }
}
