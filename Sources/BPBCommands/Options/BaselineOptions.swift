public import ArgumentParser
import BitsPerByte
public import Reports
public import RunRecords

extension CheckFormat: ExpressibleByArgument {}
extension BaselineCheck.ChangedInputs: ExpressibleByArgument {}
extension BaselineCheck.ChangedVersions: ExpressibleByArgument {}

/// What sizes are held against, and how strictly.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The committed sizes.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var baseline: String = "bpb-baseline.csv"

  @Flag(help: "Write what is measured into the baseline and say what changed.")
  var update = false

  @Option(
    help: ArgumentHelp(
      "How much a size may grow: 0.5%, 0.01bpb or 64B, for one method as zlib:9=0.5%; may be "
        + "repeated. Default is not at all.", valueName: "limit"))
  var tolerance: [String] = []

  @Flag(help: "Fail on improvements beyond the tolerance too, so that the baseline is kept up.")
  var strict = false

  @Option(help: "What to do when an input's bytes have changed.")
  var changed: BaselineCheck.ChangedInputs = .fail

  @Option(help: "What to do when a library is of another version than in the baseline.")
  var versions: BaselineCheck.ChangedVersions = .warn

  /// The baseline's name, safe to print.
  var name: String { SafeText.escape(argument: baseline) }

  func check(in table: MethodTable) throws(BPBError) -> BaselineCheck {
    let tolerance = try BaselineCheck.Tolerance(parsing: tolerance) { name throws(BPBError) in
      try table.method(named: name).name
    }
    return BaselineCheck(
      tolerance: tolerance, isStrict: strict, changedInputs: changed, changedVersions: versions)
  }
}
