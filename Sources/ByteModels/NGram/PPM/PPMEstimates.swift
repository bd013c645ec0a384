/// What PPMII knows of binary contexts: how often their one symbol came again, by its frequency and by
/// signs of how predictable this stretch of text is.
struct PPMBinaryEstimates: ~Copyable {
  private let shares: UnsafeMutablePointer<UInt16>
  private static let periodBits = 7
  /// Of 2^14: escapes in the eight classes of what went before, for a symbol met once.
  private static let firstEscapes = [
    0x3CDD, 0x1F3F, 0x59BF, 0x48F3, 0x64A1, 0x5ABC, 0x6632, 0x6051,
  ]
  /// By the share of the symbol that did not come, what the escape of the context begins with.
  private static let escapesByShare: InlineArray<16, UInt8> = [
    25, 14, 9, 7, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2,
  ]
  private let escapes: UnsafeMutablePointer<UInt8>

  init() {
    shares = .allocate(capacity: 128 * 64)
    escapes = .allocate(capacity: 16)
    for i in 0..<16 { escapes[i] = Self.escapesByShare[i] }
    restart()
  }

  deinit {
    shares.deallocate()
    escapes.deallocate()
  }

  mutating func restart() {
    for frequency in 0..<128 {
      for situation in 0..<64 {
        let escape = Self.firstEscapes[situation & 7] / (frequency + 2)
        shares[frequency * 64 + situation] = UInt16(1 << 14 - escape)
      }
    }
  }

  /// Where a symbol of `frequency`, 1 to 128, in one of 64 situations is counted.
  @inline(__always)
  static func place(frequency: Int, situation: Int) -> Int { (frequency &- 1) &* 64 &+ situation }

  /// The probability that the symbol comes, of 65536.
  @inline(__always)
  func probability(at place: Int) -> Int { Int(shares[place]) &<< 2 }

  @inline(__always)
  mutating func noteHit(at place: Int) {
    shares[place] &+= 1 &<< UInt16(Self.periodBits) &- step(at: place)
  }

  /// - Returns: what the context's escape begins with, should a second symbol be added to it.
  @inline(__always)
  mutating func noteMiss(at place: Int) -> Int {
    shares[place] &-= step(at: place)
    return Int(escapes[Int(shares[place] &>> 10)])
  }

  @inline(__always)
  private func step(at place: Int) -> UInt16 { (shares[place] &+ 32) &>> UInt16(Self.periodBits) }
}

/// Secondary escape estimation: how often contexts like this one, with symbols excluded, did not know the
/// byte. The estimate is in units of the context's own frequencies.
struct PPMEscapeEstimates: ~Copyable {
  private struct Estimate {
    var sum: UInt16
    /// log2 of the period that `sum` is a mean over.
    var shift: UInt8
    /// Updates until the period doubles.
    var countdown: UInt8
  }

  private let estimates: UnsafeMutablePointer<Estimate>
  /// For a number of symbols less one its class, ever wider ones.
  private let classes: UnsafeMutablePointer<UInt8>
  private static let periodBits: UInt8 = 7
  private static let classCount = 25

  init() {
    estimates = .allocate(capacity: Self.classCount * 16)
    classes = .allocate(capacity: 256)
    var index = 0
    var (width, left) = (1, 1)
    for symbols in 0..<256 {
      classes[symbols] = UInt8(index)
      left -= 1
      guard left == 0 else { continue }
      index += 1
      width = max(index - 2, 1)
      left = width
    }
    restart()
  }

  deinit {
    estimates.deallocate()
    classes.deallocate()
  }

  mutating func restart() {
    for index in 0..<Self.classCount * 16 {
      let shift = Self.periodBits - 4
      estimates[index] = Estimate(
        sum: UInt16(5 * (index / 16) + 10) << UInt16(shift), shift: shift, countdown: 4)
    }
  }

  /// Where a context with `open` symbols not excluded, in one of 16 situations, is counted.
  @inline(__always)
  func place(open: Int, situation: Int) -> Int {
    Int(classes[open &- 1]) &* 16 &+ situation
  }

  /// The escape's frequency, at least 1.
  @inline(__always)
  func frequency(at place: Int) -> Int { max(Int(share(at: place)), 1) }

  @inline(__always)
  private func share(at place: Int) -> UInt16 {
    estimates[place].sum &>> UInt16(estimates[place].shift)
  }

  /// Takes the frequency out of the mean, before it is known whether an escape comes.
  @inline(__always)
  mutating func takeOut(at place: Int) { estimates[place].sum &-= share(at: place) }

  /// The context did not know the byte: its whole sum goes into the mean.
  @inline(__always)
  mutating func noteEscape(at place: Int, sum: Int) {
    estimates[place].sum &+= UInt16(truncatingIfNeeded: sum)
  }

  /// The context knew the byte.
  @inline(__always)
  mutating func noteSymbol(at place: Int) {
    guard estimates[place].shift < Self.periodBits else { return }
    estimates[place].countdown &-= 1
    guard estimates[place].countdown == 0 else { return }
    estimates[place].sum &<<= 1
    estimates[place].countdown = 3 &<< estimates[place].shift
    estimates[place].shift &+= 1
  }
}
