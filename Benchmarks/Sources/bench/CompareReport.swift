import FoundationEssentials

/// What is read of the JSON that `bpb compare` prints.
struct CompareReport: Decodable {
  struct Result: Decodable {
    let method: String
    let codedBytes: Int?
    let memoryBytes: Int?
    let files: [File]

    enum CodingKeys: String, CodingKey {
      case method, files
      case codedBytes = "coded_bytes"
      case memoryBytes = "memory_bytes"
    }
  }

  struct File: Decodable {
    let bytes: Int
    let encodeSamples: [Double]
    let decodeSamples: [Double]

    enum CodingKeys: String, CodingKey {
      case bytes
      case encodeSamples = "encode_samples"
      case decodeSamples = "decode_samples"
    }
  }

  let results: [Result]

  /// The report that was written to the file at `path`.
  static func read(_ path: String) throws(BenchError) -> CompareReport {
    do {
      let text = try Data(contentsOf: URL(filePath: path))
      return try JSONDecoder().decode(CompareReport.self, from: text)
    } catch {
      throw BenchError("the report of bpb compare cannot be read: \(error)")
    }
  }
}
