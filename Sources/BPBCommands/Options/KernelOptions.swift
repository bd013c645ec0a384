import ArgumentParser
import BitsPerByte

/// What networks run on. Neither option changes a bit of what is coded, or learned in fp32.
struct KernelOptions: ParsableArguments {
  @Option(help: "Threads of a network; default is what the other measurements leave.")
  var threads: Int?

  @Option(help: "Kernels of networks and mixes, instead of this processor's best.")
  var kernels: KernelName?

  func validate() throws {
    guard let threads, !(1...64).contains(threads) else { return }
    throw ValidationError("--threads takes 1 to 64")
  }

  /// The kernels asked for, or the best.
  ///
  /// - Throws: `usage` where this processor lacks them.
  func chosenKernels() throws(BPBError) -> Kernels {
    guard let name = kernels?.rawValue else { return .best }
    guard let kernels = Kernels(named: name) else {
      let others = KernelName.allCases.map(\.rawValue).filter { Kernels(named: $0) != nil }
      throw BPBError(
        .usage, "are not for this processor", subject: "kernels '\(name)'",
        advice: "it has \(others.joined(separator: ", "))")
    }
    return kernels
  }

  /// Lets all networks use them.
  ///
  /// - Parameter jobs: how many measurements run at a time.
  /// - Throws: as `chosenKernels`.
  func apply(jobs: Int) throws(BPBError) {
    let left = max(ThreadTeam.processorCount / max(jobs, 1), 1)
    NeuralRuntime.current = NeuralRuntime(
      kernels: try chosenKernels(), threads: threads ?? left)
  }
}

/// Names of kernels.
enum KernelName: String, CaseIterable, ExpressibleByArgument {
  case avx512, avx2, neon, portable
}
