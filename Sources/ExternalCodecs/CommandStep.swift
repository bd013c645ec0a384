import BPBCore
import SystemPackage

/// One of the two commands of a method, with the names of its files.
///
/// The names are fixed and relative to the private directory: an archiver that stores them makes
/// equal archives each time.
struct CommandStep: Sendable {
  enum Role: String {
    case encode, decode
  }

  let role: Role
  let template: CommandTemplate
  /// Where the program was found.
  let program: FilePath
  private let method: String

  init(
    _ role: Role, _ template: CommandTemplate, of method: String
  ) throws(BPBError) {
    self.role = role
    self.template = template
    self.method = method
    do {
      program = try Programs.find(template.words[0])
    } catch {
      throw error.about(Self.subject(method))
    }
  }

  /// Name of the file that holds the input, whether the command asks for it or not.
  var inputName: String { inputStem + template.suffix(of: .input) }

  /// Name, or beginning of the name, of what the command leaves.
  var outputStem: String { role == .encode ? "coded" : "decoded" }

  /// Whether standard output is the result.
  var streamsOutput: Bool { !template.mentions(.output) }

  /// The program as the user wrote it, and its arguments.
  var words: [String] { template.words(input: inputStem, output: outputStem) }

  private var inputStem: String { role == .encode ? "raw" : "coded" }

  /// An error whose `problem` completes "the encode command …".
  func error(
    _ problem: String, code: BPBError.Code = .methodFailed, advice: String? = nil
  ) -> BPBError {
    BPBError(
      code, "the \(role.rawValue) command \(problem)", subject: Self.subject(method),
      advice: advice)
  }

  private static func subject(_ method: String) -> String { "method '\(method)'" }
}
