import BPBCore
import ExternalCodecs
import SystemPackage
import Testing

/// What the user reads when there is no room for temporary files.
@Suite struct TemporaryFileTests {
  @Test func aDirectoryThatIsNotThereIsNamed() throws {
    let error = try failure { _ = try WorkDirectory(in: "/no/such") }
    #expect(
      error.description == "/no/such: no temporary directory can be made there: "
        + "No such file or directory; set TMPDIR to one that can be written")
    #expect(error.code == .inputOutput)
  }

  #if os(Linux)
  @Test func aFullDiskIsNamed() throws {
    let bytes = [UInt8](repeating: 1, count: 10)
    let error = try failure {
      let file = try OpenFile("/dev/full", .writeOnly)
      try file.write(bytes.span)
    }
    #expect(
      error.description == "/dev/full: cannot write it: No space left on device; "
        + "set TMPDIR to a directory with more room")
    #expect(error.code == .inputOutput)
  }
  #endif
}
