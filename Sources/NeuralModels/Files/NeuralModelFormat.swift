public import BPBCore
public import ModelFiles

/// Trained networks as safetensors: those of `bpb train`, and checkpoints of other programs with the same tensors.
public struct NeuralModelFormat: ModelFormat {
  private let fixedKernels: Kernels?
  private var kernels: Kernels { fixedKernels ?? NeuralRuntime.current.kernels }

  /// The format, its models run by whatever kernels networks use.
  public init() { fixedKernels = nil }

  /// The same by `kernels`; the bits do not depend on them.
  package init(kernels: Kernels) { fixedKernels = kernels }

  public func recognises(_ bytes: Span<UInt8>) -> Bool { SafetensorsFile.recognises(bytes) }

  public func open(_ bytes: ModelBytes) throws(BPBError) -> OpenedModel {
    let file = try SafetensorsFile(bytes)
    let metadata = try NeuralModelMetadata(file.header.metadata)
    let architecture = try Architecture(of: file.header)
    let weights = try Weights(file, architecture)
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: kernels)
    let kernels = kernels
    let models = FrozenModelPool { () throws(BPBError) in
      FrozenNetwork(weights, kernels: kernels)
    }
    var model = OpenedModel(
      identity: bytes.sha256,
      byteCount: bytes.count, method: architecture.description,
      methodVersion: FrozenNetwork.version, corpus: metadata.corpus, sketch: metadata.sketch,
      notes: metadata.notes, memory: FrozenNetwork.memory(of: architecture),
      expectedSpeed: FrozenNetwork.expectedSpeed(of: architecture), models: models)
    model.parameterCount = architecture.parameterCount
    model.windows = architecture.windowBytes.map { capacity in
      ModelWindows(capacity: capacity) { stride in
        (
          FrozenModelPool { () throws(BPBError) in
            FrozenNetwork(weights, stride: stride, kernels: kernels)
          }, FrozenNetwork.expectedSpeed(of: architecture, stride: stride)
        )
      }
    }
    return model
  }
}
