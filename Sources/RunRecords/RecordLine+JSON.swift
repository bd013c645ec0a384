import BPBCore
import FoundationEssentials

extension RecordLine {
  /// How every line begins, since keys are sorted: by this a file whose first line was cut short is
  /// told from a file that is something else.
  static let openings = [
    "{\"bpb_version\":\"", "{\"blocks\":", "{\"bytes\":",
  ].map { Array($0.utf8) }

  /// The line as JSON with sorted keys and a newline at its end: equal records give equal bytes.
  ///
  /// Doubles are in the shortest form that reads back as the same double.
  ///
  /// - Throws: `badData` for a number of seconds that is not finite.
  func encoded() throws(BPBError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
    } catch {
      throw BPBError(.badData, "a record holds a number that JSON cannot write")
    }
  }

  /// What a line of a file turned out to be.
  enum Parsed {
    case record(RecordLine)
    /// Valid JSON of a records file that this version must not touch, with the reason.
    case refused(String)
    /// JSON, but no record.
    case malformed
    case notJSON
  }

  static func parse(_ line: ArraySlice<UInt8>, with decoder: JSONDecoder) -> Parsed {
    do {
      return .record(try decoder.decode(RecordLine.self, from: Data(line)))
    } catch Refusal.newerSchema(let schema) {
      return .refused(
        "has schema \(schema), and this bpb reads up to \(RunRecord.currentSchema)")
    } catch Refusal.unknownType(let type) {
      return .refused("is of a type that this bpb does not know, '\(SafeText.escape(type))'")
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      return .notJSON
    } catch {
      return .malformed
    }
  }
}
