/// By what the weights of a mixer are chosen: each set of weights learns for the decisions of one kind.
enum MixSelector: Sendable, Hashable {
  /// The bits of the byte so far.
  case bits
  /// The last byte, and which third of the byte the bit is in.
  case lastByte
  /// The byte before the last, and the bit's place.
  case byteBefore
  /// How long the match is, what it expects, and how many orders have met the decision.
  case match
  /// Classes of the last two bytes, and the bit's place.
  case classes
  /// Classes of the last three bytes, and which half of the byte the bit is in.
  case classTriple
  /// What happened after the last two bytes.
  case secondHistory
  /// What happened in the word; in a picture ten dots around the next one.
  case wordHistory
  /// How long the word is, the last byte's class, and the bit's place.
  case wordLength
  /// How far the line is, and the class of the byte above.
  case column
  /// The byte above, and the bit's place.
  case byteAbove
  /// The byte that the longest match expects, and the bit's place.
  case expected
  /// Which of the last four bits came unexpected, how many of the eight before them, and the bit's place.
  case misses
  /// The byte that followed the last one when it was met before, and the bit's place.
  case followed
  /// What the guest expects, and the bit's place.
  case guest

  /// How many sets of weights there are.
  var count: Int {
    switch self {
    case .bits: 256
    case .lastByte: 768
    case .byteBefore: 2048
    case .match: 512
    case .classes: 2048
    case .classTriple: 8192
    case .secondHistory: 256
    case .wordHistory: 256 + 1024
    case .wordLength: 2048
    case .column: 1024
    case .byteAbove: 2048
    case .expected: 257 * 8
    case .misses: 1024
    case .followed: 2048
    case .guest: 8 * GuestEvidence.steps
    }
  }

  /// The first set for the decisions of a byte.
  func ofByte(_ decision: borrowing MixDecision) -> Int {
    switch self {
    case .lastByte: decision.last
    case .byteBefore: decision.byteBefore &<< 3
    case .classes: (decision.classes & 0xFF) &<< 3
    case .classTriple: decision.classes &<< 1
    case .wordLength: (decision.wordLength &<< 4 | decision.classes & 15) &<< 3
    case .column: min(decision.column, 63) &<< 4 | decision.classAbove
    case .byteAbove: decision.byteAbove &<< 3
    case .expected: decision.expectedByte &<< 3
    case .followed: decision.followed &<< 3
    case .bits, .match, .secondHistory, .wordHistory, .misses, .guest: 0
    }
  }

  /// What is added to it for one decision.
  var ofBit: OfBit {
    switch self {
    case .bits: .bits
    case .lastByte: .third
    case .byteBefore, .classes, .wordLength, .byteAbove, .expected, .followed: .place
    case .match: .match
    case .classTriple: .half
    case .secondHistory: .secondHistory
    case .wordHistory: .wordHistory
    case .column: .nothing
    case .misses: .misses
    case .guest: .guest
    }
  }

  /// What is known of a decision besides what is known of its byte.
  enum OfBit: Int, CaseIterable {
    case nothing, place, bits, third, half, match, secondHistory, wordHistory, misses, guest
  }
}

/// What selectors know of the decision in progress.
struct MixDecision {
  /// A one, and the bits of the byte so far.
  var bits = 1
  /// Bits that follow.
  var shift = 7
  /// Leading orders that have met the decision.
  var metOrders = 0
  /// 0 without a match; else its length's class and the bit that it expects, up to 63.
  var expectation = 0
  var last = 0
  var byteBefore = 0
  /// The last eight, the last one lowest.
  var bytes: UInt64 = 0
  /// Of the last three bytes, four bits each.
  var classes = 0
  /// What happened to this decision after the last two bytes, and in the word.
  var secondHistory = 0
  var wordHistory = 0
  var wordLength = 0
  var column = 0
  var classAbove = 0
  var byteAbove = 0
  /// 256 for none.
  var expectedByte = 256
  /// Of that match, by class; 0 for none.
  var expectedLength = 0
  var followed = 0
  /// Of the last bits, those that came unexpected; the last one lowest.
  var misses = 0
  /// Sixteen dots around the next one; nil where there is no picture. See `DotNeighbours.advance`.
  var dots: Int?
  /// What the guest expects, and the bit's place.
  var guest = 0

  /// Writes what is added to each selector's set for this decision, by `MixSelector.OfBit`.
  @inline(__always)
  func write(into sets: UnsafeMutablePointer<Int>) {
    // The last four one by one, the eight before them by their number.
    let earlier = min((misses &>> 4 & 0xFF).nonzeroBitCount, 7)
    sets[.nothing] = 0
    sets[.place] = shift
    sets[.bits] = bits
    sets[.third] = shift > 5 ? 0 : shift > 2 ? 256 : 512
    sets[.half] = shift > 3 ? 1 : 0
    sets[.match] = expectation &<< 3 | min(metOrders, 7)
    sets[.secondHistory] = secondHistory
    sets[.wordHistory] = dots.map { 256 &+ Self.nearest($0) } ?? wordHistory
    sets[.misses] = (misses & 15 | earlier &<< 4) &<< 3 | shift
    sets[.guest] = guest
  }

  /// Of sixteen dots ten: two of this row, five and three of those above.
  @inline(__always)
  private static func nearest(_ dots: Int) -> Int {
    (dots &>> 12 & 3) &<< 8 | (dots &>> 6 & 31) &<< 3 | dots &>> 1 & 7
  }
}

extension UnsafeMutablePointer<Int> {
  @inline(__always)
  fileprivate subscript(_ kind: MixSelector.OfBit) -> Int {
    get { self[kind.rawValue] }
    nonmutating set { self[kind.rawValue] = newValue }
  }
}
