import BitsPerByte
import SystemPackage

#if canImport(Glibc)
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the streams of the process are connected to, and the way to them.
enum Terminal {
  /// Columns assumed where nothing says how many there are.
  static let defaultWidth = 80

  static func isTerminal(_ file: FileDescriptor) -> Bool { isatty(file.rawValue) == 1 }

  /// Columns of the terminal at standard output, or `COLUMNS`, or 80.
  static var width: Int {
    var size = winsize()
    if ioctl(FileDescriptor.standardOutput.rawValue, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    {
      return Int(size.ws_col)
    }
    return environment("COLUMNS").flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? defaultWidth
  }

  /// Whether standard output may be coloured: a terminal, and the user has not said no
  /// (https://no-color.org).
  static var allowsColor: Bool {
    isTerminal(.standardOutput) && (environment("NO_COLOR") ?? "").isEmpty
      && environment("TERM") != "dumb"
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Writes a line for the user to standard error; what cannot be written there is lost.
  ///
  /// Names in `text` are escaped already. Whatever else is unprintable in it, as words that come from
  /// a file may be, is escaped here.
  static func complain(_ text: String) { write("bpb: \(harmless(text))") }

  /// Writes lines to standard error; what cannot be written there is lost.
  static func write(_ text: String) {
    guard !text.isEmpty else { return }
    _ = try? FileDescriptor.standardError.writeAll("\(text)\n".utf8)
  }

  /// `text` with every unprintable character escaped, and nothing else changed.
  private static func harmless(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      result += scalar == "\\" ? "\\" : SafeText.escape(String(scalar))
    }
  }

  /// Writes a sentence that is not an error.
  static func notice(_ text: String) { complain("note: \(text)") }
}
