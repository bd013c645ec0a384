import BPBCore
import SystemPackage

/// The errors of reading inputs, each said in one way.
extension BPBError {
  static func unreadable(_ name: String, _ cause: any Error) -> BPBError {
    if let known = cause as? BPBError { return known }
    if cause as? Errno == .noSuchFileOrDirectory {
      return BPBError(
        .noInput, "there is no such file or directory", subject: name,
        advice: "check the spelling and the directory you are in")
    }
    return BPBError(
      .noInput, "cannot be opened (\(cause))", subject: name,
      advice: "make it readable, or leave it out")
  }

  static func notAFile(_ name: String) -> BPBError {
    BPBError(
      .noInput, "is neither a file nor a directory", subject: name,
      advice: "to measure what a pipe or a device sends, pipe it in and name '-'")
  }

  static func readFailed(_ name: String, _ cause: any Error) -> BPBError {
    BPBError(
      .inputOutput, "cannot be read (\(cause))", subject: name,
      advice: "check the device that it is on, or leave it out")
  }

  static func changed(_ name: String) -> BPBError {
    BPBError(
      .inputOutput, "changed while it was being read", subject: name,
      advice: "measure a copy, or wait until nothing writes to it")
  }
}
