public import BPBCore
public import ByteModels

/// Eight bits a byte, whatever comes.
public struct UniformModel: DistributionModel, ~Copyable {
  public let next = ByteDistribution()
  public var memoryBytes: Int { 1024 }

  /// A model that never learns.
  public init() {}

  public mutating func predict() {}
  public mutating func observe(_ byte: UInt8) {}
}

/// Laplace's rule of succession over bytes: (n_b + 1)/(n + 256), to within the distribution's grain.
public struct LaplaceModel: DistributionModel, ~Copyable {
  public var next = ByteDistribution()
  private var counts = [UInt32](repeating: 1, count: 256)
  public var memoryBytes: Int { 2048 }

  /// A model that has seen nothing.
  public init() {}

  public mutating func predict() {
    let weights = counts
    next.fill(proportionalTo: weights.span)
  }
  public mutating func observe(_ byte: UInt8) { counts[Int(byte)] += 1 }
}

extension LaplaceModel: FreezableModel {
  public static var precision: String { "256 counts of 32 bits" }

  public borrowing func frozen<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> Self {
    var copy = LaplaceModel()
    for byte in 0..<256 {
      var count: UInt32 = 0
      for shift in UInt32(0)..<32 {
        count |= coder.code(bit: counts[byte] >> shift & 1, probability: 32768) << shift
      }
      guard count > 0 else { throw BPBError(.badData, "a count of Laplace's rule is never 0") }
      copy.counts[byte] = count
    }
    return copy
  }

  public mutating func advance(past byte: UInt8) {}
  public mutating func forgetContext() {}
}

/// Codes a few likely symbols with an escape, as PPM does: the byte before, or any byte.
public struct EscapeModel: ByteModel, ~Copyable {
  private var last: UInt8 = 0
  private var hits: UInt32 = 1
  private var misses: UInt32 = 1
  private let any = ByteDistribution()
  public var memoryBytes: Int { 1024 }

  /// A model that has seen nothing.
  public init() {}

  public mutating func code<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8 {
    // A byte that repeats is never coded by the second way, whose share for it is lost to `escape`.
    let frequencies = [hits, misses]
    let way = coder.code(
      index: byte == last ? 0 : 1, among: frequencies.span, total: hits + misses)
    var coded = last
    if way == 0 {
      hits += 1
    } else {
      coded = other(byte, with: &coder)
      misses += 1
    }
    last = coded
    return coded
  }

  /// One of the 255 bytes that are not `last`.
  private func other<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8 {
    let frequencies = [UInt32](repeating: 1, count: 255)
    let rank = Int(byte) - (byte > last ? 1 : 0)
    let found = coder.code(index: min(rank, 254), among: frequencies.span, total: 255)
    return UInt8(found < Int(last) ? found : found + 1)
  }
}
