import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Measures the built `bpb` beside its peers and holds the figures against what is asked of them.
@main
struct Bench {
  static func main() {
    Interruption.listen()
    let options: Options
    do {
      options = try Options(CommandLine.arguments.dropFirst())
    } catch {
      Console.complain("\(error)\n\(Options.usage)")
      exit(64)
    }
    do {
      exit(try run(options))
    } catch {
      Console.complain("\(error)")
      exit(2)
    }
  }

  /// The exit code: 1 if a limit was missed.
  private static func run(_ options: Options) throws(BenchError) -> Int32 {
    let bench = try Workbench(options, zlibReference: sibling("ZlibReference"))
    Console.print("\(Platform.processor ?? "unknown processor"), \(Platform.cores) cores")
    Console.print("\(bench.inputs.origin)\n\n\(Table.heading)")
    let noise = Noise()
    var missed = 0
    for benchmark in options.benchmarks {
      try benchmark.run(bench) { line in
        Console.print(Table.text(line))
        if line.verdict == .missed { missed += 1 }
      }
    }
    Console.print("\n\(noise.sentence)")
    Console.print("\(missed == 0 ? "No limit was missed." : "Limits missed: \(missed).")")
    return missed == 0 || options.isReportOnly ? 0 : 1
  }

  /// The program called `name` that was built beside this one.
  private static func sibling(_ name: String) -> String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name).path
  }
}
