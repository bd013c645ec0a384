/// What went wrong, with what, and what to do about it: the one error type of the library.
///
/// Errors are for people. `description` is a whole sentence that names the file, option or method;
/// `Code` decides the exit code of the command.
public struct BPBError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure, as the exit codes tell them apart (sysexits.h where it has one).
  public enum Code: Int32, Sendable {
    /// A method failed, ran out of its limits, or decoded to other bytes.
    case methodFailed = 1
    /// The command line or a method name is wrong.
    case usage = 64
    /// A file holds bytes that are not what they claim to be.
    case badData = 65
    /// An input does not exist or cannot be read.
    case noInput = 66
    /// Reading or writing failed.
    case inputOutput = 74
    /// The user asked to stop.
    case cancelled = 130
  }

  public var code: Code
  /// What happened, without a final full stop.
  public var problem: String
  /// The file, option or method that it happened to, already safe to print.
  public var subject: String?
  /// What the reader can do about it, without a final full stop.
  public var advice: String?

  /// Creates an error; see the properties for what each part holds.
  public init(_ code: Code, _ problem: String, subject: String? = nil, advice: String? = nil) {
    self.code = code
    self.problem = problem
    self.subject = subject
    self.advice = advice
  }

  public var description: String {
    (subject.map { "\($0): " } ?? "") + problem + (advice.map { "; \($0)" } ?? "")
  }

  /// The same error, said of `subject` unless it already names one.
  public func about(_ subject: String) -> BPBError {
    var copy = self
    if copy.subject == nil { copy.subject = subject }
    return copy
  }
}
