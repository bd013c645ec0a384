import BPBCore

/// A decoder of lossy files written from docs/methods/lossy.md alone: it shares no code with the encoder, and
/// reads the coded number as one long fraction, digit by digit, without a range coder's bookkeeping.
enum ReferenceLossyDecoder {
  static func decode(_ file: [UInt8], _ model: any FrozenModel) -> [UInt8] {
    var rest = file[5...]
    let count = number(&rest)
    let share = number(&rest)
    let window = 1 << 24 - number(&rest)
    var fraction = Fraction(Array(rest))
    var last = [UInt8](repeating: 0, count: 7)
    return model.continuation(of: [UInt8]().span, count: count) { model in
      let frequencies = (0..<256).map { Int(model[$0]) }
      let sum = frequencies.reduce(0, +)
      let fill = frequencies.firstIndex(of: frequencies.max()!)!
      var code = frequencies.map { $0 > (sum * share) >> 24 ? $0 : 0 }
      code[fill] += sum - code.reduce(0, +)
      if window < 1 << 24 { code = seen(code, window, from: start(after: last, sum)) }
      let possible = code.indices.filter { code[$0] > 0 }
      let byte = possible.count == 1 ? possible[0] : fraction.next(code, code.reduce(0, +))
      last = last.dropFirst() + [UInt8(byte)]
      return UInt8(byte)
    }
  }

  /// The frequencies of what lies in the window, each byte's interval by itself, on a ring that begins there.
  private static func seen(_ code: [Int], _ window: Int, from start: Int) -> [Int] {
    let sum = code.reduce(0, +)
    let width = max(1, (sum * window) >> 24)
    var below = 0
    return code.map { frequency in
      let offset = (below - start + sum) % sum
      below += frequency
      return max(0, min(frequency, width - offset)) + max(0, min(offset + frequency - sum, width))
    }
  }

  /// Where the window begins: SplitMix64's output for the last seven bytes as its state.
  private static func start(after last: [UInt8], _ sum: Int) -> Int {
    var generator = SeededGenerator(seed: last.reduce(0) { $0 << 8 | UInt64($1) })
    return (Int(generator.next() >> 40) * sum) >> 24
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int {
    let last = bytes.firstIndex { $0 < 128 }!
    defer { bytes = bytes[(last + 1)...] }
    return bytes[...last].reversed().reduce(0) { $0 << 7 | Int($1 & 127) }
  }

  /// The coded number less what was decoded, and the width of the interval it lies in, both as whole numbers of
  /// the same scale.
  private struct Fraction {
    private let digits: [UInt8]
    private var place = 8
    private var value: UInt64
    private var width = UInt64.max

    init(_ digits: [UInt8]) {
      self.digits = digits
      value = (0..<8).reduce(0) { $0 << 8 | UInt64($1 < digits.count ? digits[$1] : 0) }
    }

    mutating func next(_ frequencies: [Int], _ total: Int) -> Int {
      let part = width / UInt64(total)
      var (symbol, below) = (0, 0)
      while frequencies[symbol] == 0 || value >= part * UInt64(below + frequencies[symbol]) {
        below += frequencies[symbol]
        symbol += 1
      }
      value -= part * UInt64(below)
      width = part * UInt64(frequencies[symbol])
      scale()
      return symbol
    }

    /// Takes in digits while the first bytes of the width are zeros, but only once it is below 2^48.
    private mutating func scale() {
      guard width < 1 << 48 else { return }
      while width < 1 << 56 {
        value = value << 8 | UInt64(place < digits.count ? digits[place] : 0)
        width <<= 8
        place += 1
      }
    }
  }
}
