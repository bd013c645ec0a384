import BPBCore

/// What a model knows of a string.
struct Recall: Equatable {
  /// Bits that the string takes at the beginning of a stream.
  let bits: Double
  /// Bytes of it that the model has to be shown to complete the rest; all of them if it does not even know the last.
  let needs: Int

  /// Greedy completion goes on with the true bytes for as long as it is right, so that it is right to the end exactly where
  /// the likeliest byte is the true one at every place behind the prefix: one look tells it for every prefix.
  init(of string: [UInt8], by model: any FrozenModel) {
    bits = model.score(string.span, blockSize: string.count)[0]
    let guesses = model.likeliestBytes(in: string.span)
    needs = (string.indices.last { guesses[$0] != string[$0] } ?? -1) + 1
  }
}
