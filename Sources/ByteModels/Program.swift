#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The running program, which is what decodes a model's files.
package enum Program {
  /// Its size in bytes; nil where it cannot be known.
  package static let byteCount: Int? = {
    #if os(Linux)
    var status = stat()
    return stat("/proc/self/exe", &status) == 0 ? Int(status.st_size) : nil
    #else
    return nil
    #endif
  }()
}
