/// The hot waist: codes the next byte through a coder and learns from it.
///
/// Generic only, never `any`: a model is specialised together with each of the four coders, so that
/// scoring, encoding, decoding and writing run the same body.
public protocol ByteModel: SendableMetatype, ~Copyable {
  /// Codes `byte`, or whatever the coder says was coded, and learns from it.
  ///
  /// - Returns: the byte that was coded.
  mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8

  /// Draws the next byte and learns from it, as if it had been coded.
  ///
  /// By default each decision is drawn, at the sampler's temperature.
  /// - Returns: the byte.
  mutating func write(by sampler: inout Sampler) -> UInt8

  /// The most bytes that the model has had in use.
  var memoryBytes: Int { get }
}

extension ByteModel where Self: ~Copyable {
  @inlinable
  public mutating func write(by sampler: inout Sampler) -> UInt8 { code(0, with: &sampler) }
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

/// A model that can be asked for the whole distribution of the next byte, whatever decisions it codes it by.
public protocol ForetellingModel: ByteModel, ~Copyable {
  /// Fills `next` with the distribution that `code` codes the next byte under, as exactly as parts of 2^24
  /// can. Does not advance, and learns nothing.
  mutating func fillDistribution(_ next: inout ByteDistribution)
}

extension ForetellingModel where Self: ~Copyable {
  /// At temperatures other than 1 from the whole distribution: of many decisions whether it is this byte or another, each
  /// made surer, every one may end at another, and the likeliest byte never come.
  @inlinable
  public mutating func write(by sampler: inout Sampler) -> UInt8 {
    guard sampler.isTempered else { return code(0, with: &sampler) }
    var next = ByteDistribution()
    fillDistribution(&next)
    let drawn = sampler.code(byte: 0, under: next)
    var length = IdealLength()
    return code(drawn, with: &length)
  }
}
