import BPBCore
import ByteModels
import CKernels

/// Codes a text with a network that learns from it on the way; see `OnlineShape`.
///
/// The text is in memory, or becomes so while it is decoded. What is computed depends on no thread's timing: each
/// stream's prediction is one thread's work, bytes are coded in the order of streams, and each table of direct connections is
/// changed by one thread in that order.
final class OnlineModel {
  private let shape: OnlineShape
  private let byteCount: Int
  /// Bytes of a stream; the last one may have fewer.
  private let length: Int
  private let kernels: UnsafePointer<bpb_kernels>
  private let team: ThreadTeam
  private let network: OnlineNetwork
  private let direct: DirectConnections
  private let mixer: OutputMixer
  private var next = ByteDistribution()

  /// For every stream: logits of the network, of the direct connections, of both; and what is learned by. [streams][256].
  private let networkLogits, directLogits, mixed, directGradient: FloatBuffer
  /// [streams][256].
  private let frequencies: UnsafeMutablePointer<UInt32>
  /// [streams][orders + 1].
  private let selected: UnsafeMutablePointer<Int32>
  private let lastBytes: UnsafeMutablePointer<UInt8>
  /// Which of the mixer's sets each stream's prediction took.
  private let classes: UnsafeMutablePointer<Int>

  init(_ shape: OnlineShape, byteCount: Int, kernels: Kernels, team: ThreadTeam) {
    let shape = shape.fitted(to: byteCount)
    self.shape = shape
    self.byteCount = byteCount
    self.kernels = kernels.table
    self.team = team
    length = (byteCount + shape.streams - 1) / shape.streams
    network = OnlineNetwork(shape, byteCount: byteCount, kernels: kernels, team: team)
    direct = DirectConnections(
      orders: shape.contexts, memory: shape.memory, byteCount: byteCount, kernels: kernels)
    mixer = OutputMixer(classes: shape.contexts + 1, kernels: kernels)
    let count = shape.streams * 256
    (networkLogits, directLogits) = (FloatBuffer(count: count), FloatBuffer(count: count))
    (mixed, directGradient) = (FloatBuffer(count: count), FloatBuffer(count: count))
    frequencies = .allocate(capacity: count)
    selected = .allocate(capacity: shape.streams * (shape.contexts + 1))
    lastBytes = .allocate(capacity: shape.streams)
    classes = .allocate(capacity: shape.streams)
    classes.initialize(repeating: 0, count: shape.streams)
    lastBytes.initialize(repeating: TextStart.byte, count: shape.streams)
  }

  deinit {
    frequencies.deallocate()
    selected.deallocate()
    lastBytes.deallocate()
    classes.deallocate()
  }

  /// Bytes that it has allocated.
  var memoryBytes: Int { network.memoryBytes + direct.memoryBytes + shape.streams * 256 * 20 }

  /// Codes the `byteCount` bytes of `text`, or what the coder says they are, which is then written there.
  ///
  /// - Parameter pause: called now and then with how many bytes of each stream are done; what it throws ends the run.
  func code<C: SymbolCoder & ~Copyable>(
    _ text: UnsafeMutablePointer<UInt8>, with coder: inout C,
    pause: (_ done: Int) throws(BPBError) -> Void
  ) throws(BPBError) {
    for place in 0..<length {
      predict(place, text)
      for stream in 0..<shape.streams where isThere(stream, place) {
        next.fill { $0.baseAddress!.update(from: frequencies + 256 * stream, count: 256) }
        let at = stream * length + place
        text[at] = coder.code(byte: text[at], under: next)
      }
      learnDirectly(place, text)
      guard (place + 1).isMultiple(of: shape.segment) else { continue }
      network.learn(upTo: place + 1) { [byteCount, length] stream, place in
        let at = stream * length + place
        return place < 0 || at >= byteCount ? TextStart.byte : text[at]
      }
      try pause(place + 1)
    }
  }

  /// The coded form of `text`, which has `byteCount` bytes.
  ///
  /// - Parameter pause: as for `code`.
  func encoded(
    _ text: [UInt8], pause: (_ done: Int) throws(BPBError) -> Void = { _ in }
  ) throws(BPBError) -> [UInt8] {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(text.count, 1))
    defer { copy.deallocate() }
    for (index, byte) in text.enumerated() { copy[index] = byte }
    var coder = RangeEncoder()
    try code(copy, with: &coder, pause: pause)
    return coder.finished()
  }

  private func isThere(_ stream: Int, _ place: Int) -> Bool { stream * length + place < byteCount }

  /// Frequencies of the next byte of every stream.
  private func predict(_ place: Int, _ text: UnsafePointer<UInt8>) {
    let share = shape.streams / shape.shards
    team.run(shape.shards) { shard in
      network.predict(
        shard: shard, after: lastBytes + shard * share,
        into: networkLogits.base + shard * share * 256)
      for stream in shard * share..<(shard + 1) * share { predict(stream, place, text) }
    }
  }

  private func predict(_ stream: Int, _ place: Int, _ text: UnsafePointer<UInt8>) {
    let row = stream * 256
    let rows = selected + stream * (shape.contexts + 1)
    // A stream knows what stands before it in the text as little as the decoder does.
    direct.select(before: text + stream * length + place, available: place, into: rows)
    direct.sum(rows, into: directLogits.base + row)
    classes[stream] = direct.familiarity(rows)
    mixer.mix(
      networkLogits.base + row, directLogits.base + row, class: classes[stream],
      into: mixed.base + row)
    kernels.pointee.frequencies(1, mixed.base + row, frequencies + row)
  }

  /// Lets direct connections and mixer learn from the bytes at `place`, and notes these.
  private func learnDirectly(_ place: Int, _ text: UnsafePointer<UInt8>) {
    let share = shape.streams / shape.shards
    team.run(shape.shards) { shard in
      for stream in shard * share..<(shard + 1) * share where isThere(stream, place) {
        let (row, byte) = (stream * 256, Int(text[stream * length + place]))
        lastBytes[stream] = UInt8(byte)
        directGradient.base.advanced(by: row).update(from: directLogits.base + row, count: 256)
        kernels.pointee.softmax(1, 256, directGradient.base + row)
        directGradient.base[row + byte] -= 1
        kernels.pointee.softmax(1, 256, mixed.base + row)
        mixed.base[row + byte] -= 1
      }
    }
    team.run(shape.contexts + 2) { task in
      guard task > 0 else { return learnMixing(place) }
      for stream in 0..<shape.streams where isThere(stream, place) {
        direct.learn(
          order: task - 1, row: selected[stream * (shape.contexts + 1) + task - 1],
          gradient: directGradient.base + stream * 256)
      }
    }
  }

  private func learnMixing(_ place: Int) {
    for stream in 0..<shape.streams where isThere(stream, place) {
      let row = stream * 256
      mixer.learn(
        networkLogits.base + row, directLogits.base + row,
        class: classes[stream],
        gradient: mixed.base + row)
    }
  }
}
