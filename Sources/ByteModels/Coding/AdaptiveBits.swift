/// Binary decisions whose probabilities are learned while they are coded: for parameters, which have no
/// model of their own to be predicted by.
///
/// Each of a fixed number of contexts keeps the frequency of ones in 22 bits and how often it was met in
/// 10: the frequency moves by 1/(n + 3/2) of the way, (n₁ + 1/4)/(n + 1/2) at first, until old decisions begin to
/// fade.
package struct AdaptiveBits: ~Copyable {
  @usableFromInline let words: UnsafeMutablePointer<UInt32>
  @usableFromInline let rates: UnsafeMutablePointer<Int64>
  @usableFromInline static var visitLimit: Int { @inline(__always) get { 1023 } }

  /// Decisions in `count` contexts, each as likely a one as a zero.
  package init(count: Int) {
    words = .allocate(capacity: count)
    words.initialize(repeating: 1 << 31, count: count)
    rates = .allocate(capacity: Self.visitLimit + 1)
    for n in 0...Self.visitLimit { rates[n] = 131072 / Int64(2 * n + 3) }
  }

  deinit {
    words.deallocate()
    rates.deallocate()
  }

  /// Codes `bit` in `context` and learns from it.
  @inlinable @inline(__always)
  package mutating func code<C: SymbolCoder & ~Copyable>(
    _ bit: UInt32, in context: Int, with coder: inout C
  ) -> UInt32 {
    let word = words[context]
    let probability = min(max(word &>> 16, 1), 65535)
    let coded = coder.code(bit: bit, probability: probability)
    let visits = Int(word & 1023)
    let frequency = Int64(word &>> 10)
    let target: Int64 = coded == 0 ? 0 : 1 &<< 22 &- 1
    let moved = frequency &+ ((target &- frequency) &* rates[visits]) &>> 16
    words[context] =
      UInt32(truncatingIfNeeded: moved) &<< 10
      | UInt32(truncatingIfNeeded: min(visits &+ 1, Self.visitLimit))
    return coded
  }

  /// Codes a number below 2^`width`, the highest bit first, in the 2^`width` contexts from `base` on.
  @inlinable
  package mutating func code<C: SymbolCoder & ~Copyable>(
    _ value: UInt32, width: UInt32, from base: Int, with coder: inout C
  ) -> UInt32 {
    var place: UInt32 = 1
    for shift in (0..<width).reversed() {
      let bit = code(value &>> shift & 1, in: base &+ Int(place), with: &coder)
      place = place &<< 1 | bit
    }
    return place &- 1 &<< width
  }
}
