import ArgumentParser
import BitsPerByte
import Studies

/// What a grid consists of where it is not what the preset says.
struct GridPlanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Kinds of models, separated by commas: \(GridFamily.allCases.map(\.rawValue).joined(separator: ", ")). "
        + "Laws and best sizes are of the first; the others stand beside it.", valueName: "names"))
  var families: String = GridFamily.transformer.rawValue

  @Option(
    help: ArgumentHelp(
      "Sizes, separated by commas: \(GridFamily.sizes.joined(separator: ", ")). Default is what the preset says.",
      valueName: "sizes"))
  var sizes: String?

  @Option(help: ArgumentHelp("Runs of each size.", valueName: "count"))
  var seeds: Int?

  @Flag(help: "Try half and twice the usual learning rate of each size too, and take the best.")
  var tune = false

  @Flag(help: "Put n-gram tables beside the networks, as large as their weights.")
  var tableControl = false

  func validate() throws {
    for name in Self.words(families) where GridFamily(rawValue: name) == nil {
      throw ValidationError(
        "--families knows \(Self.list(GridFamily.allCases.map(\.rawValue))), not '\(name)'")
    }
    if Self.words(families).allSatisfy({ $0 == GridFamily.table.rawValue }) {
      throw ValidationError(
        "--families needs a network; tables alone are what 'bpb scale' measures")
    }
    for name in Self.words(sizes ?? "") where !GridFamily.sizes.contains(name) {
      throw ValidationError("--sizes knows \(Self.list(GridFamily.sizes)), not '\(name)'")
    }
    if let sizes, Self.words(sizes).isEmpty { throw ValidationError("--sizes names no size") }
    if let seeds, !(1...100).contains(seeds) {
      throw ValidationError("--seeds goes from 1 to 100")
    }
  }

  var options: GridOptions {
    var options = GridOptions()
    options.families = Self.words(families).compactMap(GridFamily.init).unique
    options.sizes = sizes.map { sizes in
      GridFamily.sizes.filter(Self.words(sizes).contains)
    }
    options.seeds = seeds
    options.tunes = tune
    options.tableControl = tableControl
    return options
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension Array where Element: Equatable {
  /// Each element where it stands first.
  fileprivate var unique: [Element] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
