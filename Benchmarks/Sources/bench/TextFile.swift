#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Writes generated text to files.
enum TextFile {
  /// Writes about `byteCount` bytes of `text` to a new file at `path`, a piece at a time: the programs
  /// that are measured would inherit a high peak of memory.
  static func write(
    _ text: inout PseudoText, byteCount: Int, to path: String
  ) throws(BenchError) {
    guard let file = fopen(path, "wb") else { throw error(path) }
    var rest = byteCount
    while rest > 0 {
      let piece = text.piece(byteCount: min(rest, 1 << 16))
      guard fwrite(piece, 1, piece.count, file) == piece.count else {
        fclose(file)
        throw error(path)
      }
      rest -= piece.count
    }
    guard fclose(file) == 0 else { throw error(path) }
  }

  private static func error(_ path: String) -> BenchError {
    BenchError("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
