import BPBCore
package import ByteModels
import ModelFiles
import RunRecords
import SystemPackage

extension NeuralFamilies {
  /// Networks that a mix can listen to, as in `mix:neural=[gru:width=256]` and `mix:neural=[model:FILE]`.
  package static let guests: GuestList = { spec throws(BPBError) in
    if spec.name == ModelReader.familyName { return try trainedGuest(spec) }
    guard let parameters = Architecture.parameters(of: spec.name) else {
      throw BPBError(
        .usage, "there is no such kind of network",
        subject: "network '\(SafeText.escape(spec.description))'",
        advice: Suggestion.advice(for: spec.name, among: Architecture.kinds)
          ?? "it is one of \(Architecture.kinds.joined(separator: ", ")), or model:FILE")
    }
    let resolution = ParameterResolution(
      noun: "network", name: spec.name, parameters: parameters + ReplayShape.parameters,
      naming: .shortest,
      help: "it takes \((parameters + ReplayShape.parameters).map(\.key).joined(separator: ", "))")
    let values = try resolution.values(of: spec)
    let shape = ReplayShape(try Architecture(kind: spec.name, values: values), values)
    try shape.check(values.name)
    return shape.invited
  }

  /// A network that `bpb train` made, which learns no more.
  private static func trainedGuest(_ spec: MethodSpec) throws(BPBError) -> InvitedGuest {
    let resolution = ParameterResolution(
      noun: "network", name: spec.name,
      parameters: [
        MethodParameter("file", .path, default: nil, summary: "the network's file")
      ], naming: .shortest, help: "it takes a file, as in model:book.safetensors")
    guard let path = try resolution.values(of: spec).text("file") else {
      throw BPBError(
        .usage, "says no file", subject: "network 'model'",
        advice: "name a trained network, as in model:book.safetensors")
    }
    let network = try trainedNetwork(FilePath(path))
    return InvitedGuest(
      memory: network.memory, speed: network.expectedSpeed,
      parameterCount: network.parameterCount,
      origin: InvitedGuest.Origin(
        version: network.version, byteCount: network.byteCount, hash: network.identity,
        learnedFrom: Set(network.corpus?.files.map(\.sha256) ?? []))
    ) { _ throws(BPBError) in
      guard let guest = try network.models.newModel() as? FrozenNetwork else {
        preconditionFailure("what is read here are networks")
      }
      guest.startListening()
      return guest
    }
  }
}

extension NeuralFamilies {
  /// - Throws: `noInput` when there is no such file, `badData` when it holds no network.
  private static func trainedNetwork(_ path: FilePath) throws(BPBError) -> OpenedModel {
    let file = try ModelBytes(mapping: path)
    do throws(BPBError) {
      let start = UnsafeBufferPointer(rebasing: file.buffer.prefix(64))
      guard !ModelFile.recognises(start.span) else {
        throw BPBError(
          .badData, "this model is no network, and a mix listens to networks only",
          advice: "name one that 'bpb train' made of gru, lstm, mlp or transformer")
      }
      return try ModelReader(formats: [NeuralModelFormat()]).open(file)
    } catch {
      throw error.about(SafeText.escape(path.string))
    }
  }
}

extension ReplayShape {
  static let parameters: [MethodParameter] = [
    MethodParameter(
      "readers", .integer(1...64), default: "8",
      summary: "places of the text that it learns from at a time"),
    MethodParameter(
      "segment", .integer(1...256), default: "32",
      summary: "bytes of each between two steps of learning"),
    MethodParameter(
      "rate", .decimal(Millionths(count: 1)...Millionths(count: 1_000_000)), default: "0.003",
      summary: "the learning rate"),
  ]

  init(_ architecture: Architecture, _ values: MethodValues) {
    self.init(
      architecture: architecture, readers: values.integer("readers"),
      segment: values.integer("segment"), rate: values.decimal("rate").value)
  }

  /// - Throws: `usage` for a network that cannot see what it is to learn from.
  func check(_ name: String) throws(BPBError) {
    if case .transformer(let shape) = architecture, window > shape.context {
      throw BPBError(
        .usage, "learns from \(window) bytes at once, and its context is \(shape.context)",
        subject: "network '\(name)'", advice: "ask for segment=\(max(shape.context / 2, 1))")
    }
  }

  fileprivate var invited: InvitedGuest {
    InvitedGuest(
      memory: memoryBytes,
      speed: 1e11 / (8 * Double(architecture.parameterCount) * Double(readers)),
      parameterCount: architecture.parameterCount
    ) { byteCount throws(BPBError) in
      let runtime = NeuralRuntime.current
      return ReplayNetwork(
        self, byteCount: byteCount, kernels: runtime.kernels,
        team: ThreadTeam(threads: min(runtime.threads, 2)))
    }
  }
}
