import FoundationEssentials
import Reports
import RunRecords
import Testing

@Suite struct MachineFormatTests {
  private func json(_ comparison: Comparison) throws -> JSONTree {
    let text = JSONRenderer(ReportOptions(order: .given)).render(comparison)
    return try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
  }

  @Test func jsonReadsBack() throws {
    let document = try json(SampleRun.comparison)
    #expect(document["schema"] == 1 && document["policy"] == "per-file")
    #expect(document["corpus"]["files"] == 5 && document["corpus"]["bytes"] == 218_626)
    #expect(document["environment"]["cpu"] == "A \"CPU\"\u{1B}")
    #expect(document["results"].elements.count == 7)
    for (result, row) in zip(document["results"].elements, SampleRun.comparison.rows) {
      #expect(result["method"] == .init(row.method.name))
      #expect(result["version"] == .init(row.method.version))
      #expect(result["bytes"] == .init(row.bytes) && result["kind"] == .init(row.kind))
      #expect(result["coded_bytes"] == .init(row.codedBytes))
      #expect(result["bits_per_byte"] == .init(row.bitsPerByte))
      #expect(result["encode_seconds"] == .init(row.encoding.seconds))
      #expect(result["decode_seconds"] == .init(row.decoding.seconds))
      #expect(result["memory_bytes"] == .init(row.memoryBytes))
      #expect(result["verified"] == .init(row.isVerified))
      for (file, expected) in zip(result["files"].elements, row.files) {
        #expect(file["path"] == .init(expected.path) && file["bytes"] == .init(expected.bytes))
        #expect(file["coded_bytes"] == .init(expected.codedBytes))
        #expect(file["bits_per_byte"] == .init(expected.bitsPerByte))
      }
    }
  }

  @Test func jsonHasEveryKeyEvenWhereItsValueIsUnknown() throws {
    for comparison in [SampleRun.comparison, SampleRun.solid] {
      for result in try json(comparison)["results"].elements {
        #expect(
          Set(result.names).isSuperset(of: [
            "method", "version", "kind", "bytes", "coded_bytes", "bits_per_byte", "model_bytes",
            "decoder_bytes", "verified", "encode_seconds", "decode_seconds", "memory_bytes",
            "files",
          ]))
        for file in result["files"].elements {
          #expect(
            Set(file.names).isSuperset(of: ["path", "bytes", "coded_bytes", "bits_per_byte"]))
        }
      }
    }
  }

  @Test func jsonTextIsExact() {
    let value = JSONValue.object([
      ("z", .array([.null, .bool(true), .integer(.min), .number(0.1), .number(.nan)])),
      ("a\"", .string("\\\u{0}\n\u{202E}\u{E0001}é/<")), ("none", .array([])), ("o", .object([])),
      ("deep", .array([.array([.optional(Int?.none), .optional("x")])])),
    ])
    #expect(
      value.text == #"""
        {
          "z": [null, true, -9223372036854775808, 0.1, null],
          "a\"": "\\\u0000\n\u202e\udb40\udc01é/<",
          "none": [],
          "o": {},
          "deep": [
            [null, "x"]
          ]
        }

        """#)
  }

  @Test func reportsWithoutSpeedDependOnSizesAlone() {
    let cells = SampleRun.cells.map { cell in
      var cell = cell
      cell.encodeSeconds = cell.encodeSeconds.map { $0 * 3 }
      cell.decodeSeconds = cell.decodeSeconds.map { $0 * 2 }
      cell.memoryBytes = cell.memoryBytes.map { $0 + 1 }
      return cell
    }
    var run = SampleRun.run
    (run.run, run.started, run.command) = ("1", "2026-02-02T00:00:00Z", ["bpb"])
    let other = Comparison(run: run, cells: cells)
    for format in ReportFormat.allCases {
      func renderer(showsSpeed: Bool) -> any ReportRenderer {
        let options = ReportOptions(order: .given, perFile: true, showsSpeed: showsSpeed)
        return format.renderer(options, width: 200, color: false)
      }
      let shown = renderer(showsSpeed: true)
      let hidden = renderer(showsSpeed: false)
      #expect(shown.render(other) != shown.render(SampleRun.comparison))
      #expect(hidden.render(other) == hidden.render(SampleRun.comparison))
    }
  }

  @Test func csvReadsBack() {
    let options = ReportOptions(order: .given, perFile: true)
    let rows = parseCSV(CSVRenderer(options).render(SampleRun.comparison))
    #expect(rows.count == 1 + 7 * 6 && Set(rows.map(\.count)) == [19])
    let column = { (name: String) in rows[0].firstIndex(of: name)! }
    let totals = rows.dropFirst().filter { $0[column("path")].isEmpty }
    for (fields, row) in zip(totals, SampleRun.comparison.rows) {
      #expect(Int(fields[column("coded_bytes")]) == row.codedBytes)
      #expect(Double(fields[column("bits_per_byte")]) == row.bitsPerByte)
      #expect(Double(fields[column("encode_seconds")]) == row.encoding.seconds)
    }
    let paths = rows.dropFirst().map { $0[column("path")] }.filter { !$0.isEmpty }
    #expect(
      Set(paths.map { $0.hasPrefix("'") ? String($0.dropFirst()) : $0 })
        == Set(SampleRun.files.map(\.path)))
    #expect(
      rows.joined().allSatisfy { !"=+-@".unicodeScalars.contains($0.unicodeScalars.first ?? " ") })
  }
}
