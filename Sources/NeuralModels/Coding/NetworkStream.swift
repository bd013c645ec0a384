/// One stream of bytes on its way through a network of one sequence.
///
/// A network that holds only so many bytes reads a long stream in windows: when it is full it is
/// reset, is shown the last bytes again, as many as leave room for `stride` new ones, and goes on. Where a
/// window ends depends on the place in the stream alone, so that the predictions do not depend on how
/// many bytes a call brings.
struct NetworkStream {
  private let network: any Network
  private let time: Int
  private let capacity: Int
  private let stride: Int
  /// Bytes that the network holds.
  private var held = 0
  /// The stream's last bytes, those held among them.
  private var recent: [UInt8] = []

  /// A stream through `network`, which takes `time` bytes a call at most.
  ///
  /// - Parameter stride: new bytes in each window after the first; nil takes half of what the network holds.
  ///   A window's first bytes are the dearest, as they have the least before them: with a half every byte but
  ///   the stream's first has at least half of the context before it, and each is read twice.
  init(_ network: any Network, time: Int, stride: Int? = nil) {
    self.network = network
    self.time = time
    capacity = network.capacity ?? .max
    self.stride = max(1, min(stride ?? capacity / 2, capacity))
    begin()
  }

  /// Forgets what was fed: a new stream.
  mutating func begin() {
    network.reset()
    held = 0
    recent.removeAll(keepingCapacity: true)
  }

  /// Feeds `bytes`, and gives the 256 logits of the byte after each, [bytes][256]; nil where nobody needs
  /// them.
  mutating func extend(
    by bytes: UnsafeBufferPointer<UInt8>, logits: UnsafeMutablePointer<Float>?
  ) {
    var position = 0
    while position < bytes.count {
      if held == capacity { slide() }
      let count = min(bytes.count - position, time, capacity - held)
      let piece = UnsafeBufferPointer(rebasing: bytes[position..<position + count])
      network.extend(
        by: piece.baseAddress!, time: count, logits: logits.map { $0 + 256 * position })
      held += count
      remember(piece)
      position += count
    }
  }

  /// Resets the network and shows it what the next window begins with.
  private mutating func slide() {
    network.reset()
    held = capacity - stride
    let context = recent.suffix(held)
    context.withUnsafeBufferPointer { context in
      for start in Swift.stride(from: 0, to: context.count, by: time) {
        let count = min(time, context.count - start)
        network.extend(by: context.baseAddress! + start, time: count, logits: nil)
      }
    }
  }

  private mutating func remember(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard capacity < .max else { return }
    recent += bytes
    // Twice as many as needed before the older half goes: moving them costs nothing a byte.
    if recent.count > 2 * capacity { recent.removeFirst(recent.count - capacity) }
  }

  /// Bytes that it has allocated.
  var memoryBytes: Int { network.memoryBytes + recent.capacity }
}
