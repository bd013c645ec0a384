import BPBCore
import FoundationEssentials

/// The lines of a records file, told apart from whatever an interrupted run left at its end.
struct RecordsScan {
  private(set) var records = Records()
  /// Length in bytes of the whole lines; what follows them is a line that was cut short.
  private(set) var wholeLength = 0
  let isCut: Bool

  private static let newline = UInt8(ascii: "\n")

  /// Reads the bytes of `file`.
  ///
  /// - Throws: `badData` when it is not a records file, is newer than this version, or has a damaged
  ///   line that no interruption explains.
  init(_ bytes: [UInt8], of file: String) throws(BPBError) {
    let decoder = JSONDecoder()
    var number = 0
    while wholeLength < bytes.count {
      number += 1
      let rest = bytes[wholeLength...]
      guard let end = rest.firstIndex(of: Self.newline) else {
        guard number > 1 || Self.beginsLikeRecord(rest) else { throw Self.foreign(file) }
        break
      }
      let isLast = end + 1 == bytes.count
      guard
        let line = try Self.record(
          in: rest[..<end], number: number, mayBeCut: isLast, of: file, with: decoder)
      else { break }
      records.add(line)
      wholeLength = end + 1
    }
    isCut = wholeLength < bytes.count
  }

  /// The record of a whole line; nil if the line was cut short.
  private static func record(
    in line: ArraySlice<UInt8>, number: Int, mayBeCut: Bool, of file: String,
    with decoder: JSONDecoder
  ) throws(BPBError) -> RecordLine? {
    switch RecordLine.parse(line, with: decoder) {
    case .record(let record): return record
    case .refused(let reason):
      throw BPBError(
        .badData, "line \(number) \(reason)", subject: file,
        advice: "use a newer bpb, or another file")
    case .notJSON where mayBeCut && number > 1: return nil
    default:
      guard number > 1 else { throw foreign(file) }
      throw BPBError(
        .badData, "line \(number) is damaged", subject: file,
        advice: "delete that line, its cell will be measured again, or use another file")
    }
  }

  /// Whether an unfinished first line is, as far as it goes, one of ours: nothing else may be cut off.
  private static func beginsLikeRecord(_ line: ArraySlice<UInt8>) -> Bool {
    RecordLine.openings.contains { $0.starts(with: line) || line.starts(with: $0) }
  }

  private static func foreign(_ file: String) -> BPBError {
    BPBError(
      .badData, "is not a records file, and is left as it is", subject: file,
      advice: "name a file that bpb wrote with --records, or a new one")
  }
}
