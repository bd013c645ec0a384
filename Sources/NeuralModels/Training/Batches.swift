import BPBCore

/// Which bytes each batch of a training run brings. Every byte is a target once an epoch, but for what is
/// left over at its ends.
///
/// A value that is small, ordered and deterministic: where a run stands is the epoch and the place in it.
struct Batches {
  /// How a network sees text.
  enum Reading: Sendable, Hashable {
    /// Windows of `time` bytes in random order, each without a past: for networks that carry nothing over.
    case windows
    /// The text is sequences of `time` bytes that have nothing to do with each other: windows that lie on their
    /// borders, each as if a line feed stood before it. For all networks.
    case sequences
    /// `sequences` stretches of the text, each read on from batch to batch: for recurrent networks.
    case streams
  }

  /// Where a run stands.
  struct Place: Sendable, Hashable {
    var epoch = 0
    /// Windows, or batches, of the epoch that were used.
    var used = 0
  }

  private let text: [UInt8]
  /// FNV-1a of the text (Fowler, Noll and Vo), to know it again by.
  let textHash: UInt64
  private let reading: Reading
  private let sequences: Int
  private let time: Int
  private let seed: UInt64
  private(set) var place: Place
  /// The windows of this epoch, in order of use.
  private var order: [Int] = []
  /// Where the epoch's first window, or every stretch's first batch, begins within `time`.
  private var shift = 0

  /// Batches of `text`, of at least `sequences * time` bytes for streams, at least `time` for windows.
  init(
    text: [UInt8], reading: Reading, sequences: Int, time: Int, seed: UInt64,
    from place: Place = Place()
  ) {
    self.init(
      text: text, textHash: Self.hash(text), reading: reading, sequences: sequences, time: time,
      seed: seed, from: place)
  }

  private init(
    text: [UInt8], textHash: UInt64, reading: Reading, sequences: Int, time: Int, seed: UInt64,
    from place: Place
  ) {
    self.text = text
    self.textHash = textHash
    self.reading = reading
    self.sequences = sequences
    self.time = time
    self.seed = seed
    self.place = place
    beginEpoch()
  }

  /// The same batches from `place` on; nil if it lies outside of its epoch.
  func moved(to place: Place) -> Batches? {
    let moved = Batches(
      text: text, textHash: textHash, reading: reading, sequences: sequences, time: time,
      seed: seed,
      from: place)
    let most =
      switch reading {
      case .windows, .sequences: moved.order.count
      case .streams: (text.count / sequences - moved.shift) / time
      }
    return place.used <= most ? moved : nil
  }

  private static func hash(_ text: [UInt8]) -> UInt64 {
    text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// Bytes of text.
  var byteCount: Int { text.count }

  /// Fills `inputs` and `targets`, [sequences][time], and says whether what networks carried is over.
  ///
  /// The target of an input is the byte that follows it; a newline stands before the text.
  /// - Parameter count: windows to fill in, where the batch is not whole; streams are read on all at once.
  mutating func next(
    _ count: Int? = nil, inputs: UnsafeMutablePointer<UInt8>, targets: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    switch reading {
    case .windows, .sequences:
      for sequence in 0..<(count ?? sequences) {
        copy(from: nextWindow(), to: sequence, inputs, targets)
      }
      return true
    case .streams:
      let isFirst = beginBatchOfStreams()
      for sequence in 0..<sequences {
        let start = sequence * (text.count / sequences) + shift + (place.used - 1) * time
        copy(from: start, to: sequence, inputs, targets)
      }
      return isFirst
    }
  }

  private mutating func nextWindow() -> Int {
    if place.used == order.count { advanceEpoch() }
    defer { place.used += 1 }
    return order[place.used]
  }

  /// Counts one more batch; true if it is an epoch's first.
  private mutating func beginBatchOfStreams() -> Bool {
    if (place.used + 1) * time + shift > text.count / sequences { advanceEpoch() }
    place.used += 1
    return place.used == 1
  }

  private mutating func advanceEpoch() {
    place = Place(epoch: place.epoch + 1)
    beginEpoch()
  }

  private mutating func beginEpoch() {
    var generator = SeededGenerator(seed: seed &+ UInt64(place.epoch) &* 0x9E37_79B9_7F4A_7C15)
    let spare =
      switch reading {
      case .windows: text.count - time
      case .sequences: 0
      case .streams: text.count / sequences - time
      }
    shift = Int(generator.next(below: UInt64(min(spare, time - 1) + 1)))
    guard reading != .streams else { return }
    order = Array(stride(from: shift, through: text.count - time, by: time))
    for i in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(i, Int(generator.next(below: UInt64(i + 1))))
    }
  }

  private func copy(
    from start: Int, to sequence: Int, _ inputs: UnsafeMutablePointer<UInt8>,
    _ targets: UnsafeMutablePointer<UInt8>
  ) {
    text.withUnsafeBufferPointer { text in
      for t in 0..<time {
        let isFirst = t == 0 && (start == 0 || reading == .sequences)
        inputs[sequence * time + t] = isFirst ? TextStart.byte : text[start + t - 1]
        targets[sequence * time + t] = text[start + t]
      }
    }
  }
}

/// What every text is taken to follow.
enum TextStart {
  /// A newline: texts begin where lines do.
  static let byte: UInt8 = 10
}
