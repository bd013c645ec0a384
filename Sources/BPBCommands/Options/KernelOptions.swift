import ArgumentParser
import BitsPerByte

/// What networks run on. Neither option changes a bit of what is coded, or learned in fp32.
struct KernelOptions: ParsableArguments {
  @Option(help: "Threads of a network; default is what the other measurements leave.")
  var threads: Int?

  @Option(help: "Kernels of networks, instead of this processor's best.")
  var kernels: KernelName?

  func validate() throws {
    guard let threads, !(1...64).contains(threads) else { return }
    throw ValidationError("--threads takes 1 to 64")
  }

  /// The kernels asked for, or the best.
  var chosenKernels: Kernels { kernels?.kernels ?? .best }

  /// Lets all networks use them.
  ///
  /// - Parameter jobs: how many measurements run at a time.
  func apply(jobs: Int) {
    let left = max(ThreadTeam.processorCount / max(jobs, 1), 1)
    NeuralRuntime.current = NeuralRuntime(kernels: chosenKernels, threads: threads ?? left)
  }
}

/// A name of kernels that this processor has.
struct KernelName: ExpressibleByArgument {
  let kernels: Kernels

  init?(argument: String) {
    guard let kernels = Kernels(named: argument) else { return nil }
    self.kernels = kernels
  }

  static var allValueStrings: [String] { Kernels.allNames.filter { Kernels(named: $0) != nil } }
}
