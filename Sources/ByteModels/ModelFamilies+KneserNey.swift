import BPBCore

extension ModelFamilies {
  /// Version of the model's probabilities and of its file's layout.
  private static let kneserNeyVersion = "1"

  static let kneserNey = MethodFamily(
    name: "kn", kind: .model,
    summary: "modified Kneser-Ney n-grams, learned once: for 'bpb train', or weights and residual",
    parameters: [
      MethodParameter("order", .integer(1...8), default: "6", summary: "longest n-gram in bytes"),
      MethodParameter(
        "prune", .integer(0...255), default: "0",
        summary: "n-grams of two bytes and more that came at most so often are left out"),
      MethodParameter(
        "entropy", .decimal(Millionths(count: 0)...Millionths(count: 1_000_000_000)), default: "0",
        summary: "n-grams are left out that save less than so many millionths of a bit a byte"),
      MethodParameter(
        "grain", .decimal(Millionths(count: 0)...Millionths(count: 64_000_000)), default: "0",
        summary: "square roots of counts are rounded to multiples of this, from 0.1 on; 0: exact"),
      MethodParameter(
        "bits", .integer(4...24), default: "24",
        summary: "of a probability in a model file: 4 to 12, or 24"),
    ],
    version: { kneserNeyVersion }
  ) { values throws(BPBError) in
    let bits = values.integer("bits")
    guard bits <= 12 || bits == 24 else {
      throw BPBError(
        .usage, "probabilities take 4 to 12 bits or 24", subject: "method '\(values.name)'",
        advice: "bits=12 is the nearest")
    }
    let grain = values.decimal("grain").value
    guard grain == 0 || grain >= KneserNeyLearning.leastGrain else {
      throw BPBError(
        .usage, "a grain is 0 or at least 0.1", subject: "method '\(values.name)'",
        advice: "grain=0.1 is all but exact")
    }
    let learning = KneserNeyLearning(
      order: values.integer("order"), prune: values.integer("prune"),
      entropy: values.decimal("entropy").value / 1_000_000, grain: grain,
      bits: bits == 24 ? nil : bits)
    return Method(
      name: values.name, version: kneserNeyVersion, codec: TwoPartCodec(learning),
      memory: MemoryNeed(encoder: 256 << 20, decoder: 64 << 20), expectedSpeed: 1e6,
      decoderBytes: Program.byteCount,
      framingNote: "its length and that of the weights as LEB128", learning: learning)
  }
}
