#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Tests that take minutes run only when `BPB_LONG_TESTS` is set, as `make test-long` does.
public enum LongTests {
  /// Whether they are to run.
  public static let areWanted = getenv("BPB_LONG_TESTS") != nil
}
