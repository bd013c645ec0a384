import BitsPerByte
import Reports
import SystemPackage

/// A directory into which charts are written, each a file of its own. Other files there are left alone.
struct ChartDirectory {
  private let path: String
  private let fileExtension: String

  /// Makes the directory if it is not there.
  ///
  /// - Throws: `inputOutput` when there is none and none can be made, or it cannot be written to.
  init(_ path: String, extension fileExtension: String) throws(BPBError) {
    self.path = path
    self.fileExtension = fileExtension
    guard !path.isEmpty, makeWritableDirectory(FilePath(argument: path)) else {
      throw BPBError(
        .inputOutput, "is not a directory that can be written to",
        subject: SafeText.escape(argument: path), advice: "name a directory for the charts")
    }
  }

  private static let names = ComparisonCharts.names + ScaleCharts.names + TrainingCharts.names

  /// The files that the charts of one report may be written to.
  var paths: [String] { Self.names.map(path(of:)) }

  /// Writes `text` as the chart `name`.
  ///
  /// - Throws: `inputOutput` when that cannot be done.
  func write(_ text: String, named name: String) throws(BPBError) {
    try ReportOutput(path: path(of: name)).write(text)
  }

  private func path(of name: String) -> String {
    (path.hasSuffix("/") ? path : path + "/") + name + "." + fileExtension
  }
}
