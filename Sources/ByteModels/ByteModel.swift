/// The hot waist: codes the next byte through a coder and learns from it.
///
/// Generic only, never `any`: a model is specialised together with each of the three coders, so that
/// scoring, encoding and decoding run the same body.
public protocol ByteModel: SendableMetatype, ~Copyable {
  /// Codes `byte`, or whatever the coder says was coded, and learns from it.
  ///
  /// - Returns: the byte that was coded.
  mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8

  /// The most bytes that the model has had in use.
  var memoryBytes: Int { get }
}

/// A model that knows the whole distribution of the next byte before it is coded.
public protocol DistributionModel: ByteModel, ~Copyable {
  /// The distribution that `predict` filled; kept by the model, so that nothing is allocated per byte.
  var next: ByteDistribution { get }
  /// Fills `next` for the byte to come.
  mutating func predict()
  /// Learns that `byte` came.
  mutating func observe(_ byte: UInt8)
}

extension DistributionModel where Self: ~Copyable {
  @inlinable
  public mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8
  {
    predict()
    let coded = coder.code(byte: byte, under: next)
    observe(coded)
    return coded
  }
}
