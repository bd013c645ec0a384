public import BPBCore

/// The length of `bytes` under the Krichevsky–Trofimov estimator in each context of `order` bytes: an
/// oracle for adaptive models, which is told the alphabet and the order.
///
/// Each byte is predicted before it is counted: after n visits of a context, n_a of them followed by the
/// symbol a, a has probability (n_a + 1/2) / (n + m/2), m being the size of the alphabet. The first context
/// is `order` times the alphabet's first symbol, as that of `MarkovSource`. Infinite if a byte is not in
/// the alphabet.
///
/// Source: R. Krichevsky, V. Trofimov, "The performance of universal encoding" (1981).
/// - Throws: `usage` when the alphabet and the order make too many contexts to be counted.
public func krichevskyTrofimovCodeLength(
  of bytes: [UInt8], order: Int, alphabet: [UInt8]
) throws(BPBError) -> CodeLength {
  var counts = try ContextCounts(order: order, alphabet: alphabet)
  var product = LogarithmicProduct()
  for byte in bytes {
    product.multiply(by: counts.estimate(of: byte))
    counts.count(byte)
  }
  return CodeLength(kind: .prequential, bits: product.bits, byteCount: bytes.count)
}

/// The same length from the final counts alone, by the closed form that the product telescopes to.
///
/// For each context Γ(m/2) / Γ(n + m/2) · Π_a Γ(n_a + 1/2) / Γ(1/2). Agrees with
/// `krichevskyTrofimovCodeLength` but for rounding.
/// - Throws: as that does.
public func krichevskyTrofimovClosedForm(
  of bytes: [UInt8], order: Int, alphabet: [UInt8]
) throws(BPBError) -> CodeLength {
  var counts = try ContextCounts(order: order, alphabet: alphabet)
  for byte in bytes { counts.count(byte) }
  return CodeLength(
    kind: .prequential, bits: counts.hasStrangers ? .infinity : counts.closedForm,
    byteCount: bytes.count)
}

extension MarkovSource {
  /// What learning this source's probabilities from `bytes` costs an adaptive coder, in bits, by the
  /// usual estimate: (m - 1)/2 · Σ_s log2 n_s, m being the size of the alphabet and n_s the visits of
  /// context s. Contexts that do not occur cost nothing. Infinite if a byte is not in the alphabet.
  ///
  /// Source: J. Rissanen, "Universal coding, information, prediction, and estimation" (1984).
  /// - Throws: `usage` when there are too many contexts to be counted.
  public func redundancyReference(of bytes: [UInt8]) throws(BPBError) -> Double {
    var counts = try ContextCounts(order: order, alphabet: alphabet)
    for byte in bytes { counts.count(byte) }
    guard !counts.hasStrangers else { return .infinity }
    let logarithms = counts.visits.reduce(0.0) {
      $1 > 0 ? $0 + PortableMath.log2(Double($1)) : $0
    }
    return Double(alphabet.count - 1) / 2 * logarithms
  }
}

/// How often each symbol followed each context.
private struct ContextCounts {
  private static let mostCounts = 1 << 26

  private let symbols: Int
  private let contexts: Int
  private let places: [Int16]
  private var context = 0
  private var counts: [Int]
  private(set) var visits: [Int]
  /// Whether there were bytes outside the alphabet.
  private(set) var hasStrangers = false

  init(order: Int, alphabet: [UInt8]) throws(BPBError) {
    precondition(order >= 0 && !alphabet.isEmpty, "counting needs symbols")
    symbols = alphabet.count
    places = MarkovTables.places(in: alphabet)
    // Floating point overflows to infinity where integers would trap.
    let size = (0...order).reduce(1.0) { size, _ in size * Double(alphabet.count) }
    guard size <= Double(Self.mostCounts) else {
      throw BPBError(
        .usage, "order \(order) over \(symbols) symbols has too many contexts to be counted",
        advice: "take a lower order or fewer symbols")
    }
    contexts = Int(size) / symbols
    counts = [Int](repeating: 0, count: contexts * symbols)
    visits = [Int](repeating: 0, count: contexts)
  }

  /// The probability that the next byte is `byte`.
  func estimate(of byte: UInt8) -> Double {
    let place = Int(places[Int(byte)])
    guard place >= 0 else { return 0 }
    let seen = Double(counts[context * symbols + place])
    return (seen + 0.5) / (Double(visits[context]) + Double(symbols) / 2)
  }

  mutating func count(_ byte: UInt8) {
    let place = Int(places[Int(byte)])
    guard place >= 0 else {
      hasStrangers = true
      return
    }
    counts[context * symbols + place] += 1
    visits[context] += 1
    context = (context * symbols + place) % contexts
  }

  /// Bits, by the Gamma functions of all counts.
  var closedForm: Double {
    let half = PortableMath.log2Gamma(0.5)
    let all = Double(symbols) / 2
    let ofVisits = visits.reduce(0.0) { sum, n in
      n > 0 ? sum + PortableMath.log2Gamma(Double(n) + all) - PortableMath.log2Gamma(all) : sum
    }
    let ofCounts = counts.reduce(0.0) { sum, n in
      n > 0 ? sum + PortableMath.log2Gamma(Double(n) + 0.5) - half : sum
    }
    return ofVisits - ofCounts
  }
}
