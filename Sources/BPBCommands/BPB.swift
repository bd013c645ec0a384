public import ArgumentParser
import BitsPerByte

/// The root command.
public struct BPB: AsyncParsableCommand {
  /// Version of the program, as `bpb --version` prints it and records keep it.
  public static let version = "0.1.0"

  public static let configuration = CommandConfiguration(
    commandName: "bpb",
    abstract: "Measures how well anything predicts a corpus, in bits per byte.",
    discussion: """
      Every figure is the size of real output that was decoded and compared.

      Exit codes: 0 ok; 1 a method failed or did not verify; 64 usage; 65 damaged data; 66 an input \
      is missing or cannot be read; 74 reading or writing failed; 130 stopped by the user. \
      'bpb check' adds 2 regression, 4 improvement under --strict, 5 no baseline, 6 inputs changed.
      """,
    version: version,
    subcommands: [
      CompareCommand.self, CheckCommand.self, ScaleCommand.self, GridCommand.self, PlanCommand.self,
      StudyCommand.self,
      TrainCommand.self, EvalCommand.self, GenerateCommand.self, ExplainCommand.self,
      AblateCommand.self,
      ReportCommand.self, RecordsCommand.self, MethodsCommand.self, SynthCommand.self,
      SelfCheckCommand.self, CompressCommand.self, DecompressCommand.self, InspectCommand.self,
    ])

  public init() {}

  /// Parses the command line, runs the command and ends the process.
  public static func main() async {
    Interrupt.leaveFullFilesToErrors()
    do {
      var command = try parseAsRoot(ArgumentBytes.words)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as BPBError {
      Terminal.complain("error: \(error)")
      exit(withError: ExitCode(error.code.rawValue))
    } catch {
      complain(of: error)
    }
  }

  /// Ends the process with what the argument parser has to say: help, or what is wrong with the words
  /// it was given, which may hold anything.
  private static func complain(of error: any Error) -> Never {
    let code = exitCode(for: error)
    if !code.isSuccess {
      let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
      Terminal.write(lines.map { SafeText.escape(argument: String($0)) }.joined(separator: "\n"))
      exit(withError: code)
    }
    exit(withError: error)
  }
}
