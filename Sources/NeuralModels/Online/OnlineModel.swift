import BPBCore
import ByteModels
import CKernels

/// Codes a text with a network that learns from it on the way; see `OnlineShape`.
///
/// The text is in memory, or becomes so while it is decoded. What is computed depends on no thread's timing: each
/// stream's prediction is one thread's work, bytes are coded in the order of streams, and each table of direct connections is
/// changed by one thread in that order.
final class OnlineModel {
  let shape: OnlineShape
  private let byteCount: Int
  /// Bytes of a stream; the last one may have fewer.
  let length: Int
  private let kernels: UnsafePointer<bpb_kernels>
  private let team: ThreadTeam
  private let network: OnlineNetwork
  private let direct: DirectConnections
  private let matches: StreamMatches
  private let mixer: OutputMixer
  private var matchWeights = MatchWeights()
  private var next = ByteDistribution()

  /// Logits of the network, [streams][256].
  private let networkLogits: FloatBuffer
  /// The same and those of each group of direct connections, [streams][inputs][256].
  private let logits: FloatBuffer
  private let inputs: Int
  /// What is made of them, then the gradient of the loss in it; [streams][256].
  private let mixed: FloatBuffer
  /// [streams][256].
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let lastBytes: UnsafeMutablePointer<UInt8>
  /// What each stream's match expects, if it has one: [streams].
  private let expected: UnsafeMutablePointer<UInt8?>
  /// Which of the mixer's sets each stream's prediction took: [streams][sets].
  private let classes: UnsafeMutablePointer<Int>

  /// Sets of the mixer: by familiarity, by the last byte, by the length of the match.
  private static let sets = 3
  /// Contexts of words that were met before, as far as the mixer tells them apart.
  private static let mostWords = 3
  /// The network's logits mean little at first.
  private static let networkWeight: Float = 0.2
  private static let directWeight: Float = 0.9

  /// - Throws: `methodFailed` when there is no memory.
  init(
    _ shape: OnlineShape, byteCount: Int, kernels: Kernels, team: ThreadTeam
  ) throws(BPBError) {
    let shape = shape.fitted(to: byteCount)
    self.shape = shape
    self.byteCount = byteCount
    self.kernels = kernels.table
    self.team = team
    let length = (byteCount + shape.streams - 1) / shape.streams
    self.length = length
    network = OnlineNetwork(shape, byteCount: byteCount, kernels: kernels, team: team)
    direct = try DirectConnections(
      orders: shape.contexts, memory: shape.memory, byteCount: byteCount, streams: shape.streams,
      kernels: kernels)
    matches = StreamMatches(streams: shape.streams, length: max(length, 1), byteCount: byteCount)
    let groups = direct.groupCount
    inputs = 1 + groups
    mixer = OutputMixer(
      initial: [groups == 0 ? 1 : Self.networkWeight]
        + Array(repeating: Self.directWeight, count: groups),
      classes: [(shape.contexts + 1) * (Self.mostWords + 1), 256, MatchWeights.classes],
      kernels: kernels)
    let count = shape.streams * 256
    (networkLogits, mixed) = (FloatBuffer(count: count), FloatBuffer(count: count))
    logits = FloatBuffer(count: count * inputs)
    frequencies = .allocate(capacity: count)
    lastBytes = .allocate(capacity: shape.streams)
    lastBytes.initialize(repeating: TextStart.byte, count: shape.streams)
    expected = .allocate(capacity: shape.streams)
    expected.initialize(repeating: nil, count: shape.streams)
    classes = .allocate(capacity: shape.streams * Self.sets)
    classes.initialize(repeating: 0, count: shape.streams * Self.sets)
  }

  deinit {
    frequencies.deallocate()
    lastBytes.deallocate()
    expected.deallocate()
    classes.deallocate()
  }

  /// Bytes that it has allocated.
  var memoryBytes: Int {
    network.memoryBytes + direct.memoryBytes + matches.memoryBytes
      + shape.streams * 256 * (inputs + 3) * MemoryLayout<Float>.size
  }

  /// Codes the `byteCount` bytes of `text`, or what the coder says they are, which is then written there.
  ///
  /// - Parameter given: of the first bytes, which are learned from and not coded: who writes on knows them.
  /// - Parameter pause: called now and then with how many bytes of each stream are done; what it throws ends the run.
  /// - Returns: whether all of it was coded: a decoder's input may end before.
  func code<C: SymbolCoder & ~Copyable>(
    _ text: UnsafeMutablePointer<UInt8>, given: Int = 0, with coder: inout C,
    pause: (_ done: Int) throws(BPBError) -> Void
  ) throws(BPBError) -> Bool {
    for place in 0..<length {
      predict(place, text)
      for stream in 0..<shape.streams where isThere(stream, place) {
        guard !coder.isExhausted else { return false }
        let at = stream * length + place
        if at >= given {
          next.fill { $0.baseAddress!.update(from: frequencies + 256 * stream, count: 256) }
          text[at] = coder.code(byte: text[at], under: next)
        }
        lastBytes[stream] = text[at]
      }
      learnDirectly(place, text)
      guard (place + 1).isMultiple(of: shape.segment) else { continue }
      network.learn(upTo: place + 1) { [byteCount, length] stream, place in
        let at = stream * length + place
        return place < 0 || at >= byteCount ? TextStart.byte : text[at]
      }
      try pause(place + 1)
    }
    return true
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
    _ = try code(copy, with: &coder, pause: pause)
    return coder.finished()
  }

  func isThere(_ stream: Int, _ place: Int) -> Bool { stream * length + place < byteCount }

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
    let (own, all) = (mixed.base + stream * 256, logits.base + stream * inputs * 256)
    all.update(from: networkLogits.base + stream * 256, count: 256)
    let familiarity = direct.sum(stream, into: all + 256)
    let match = shape.contexts > 0 ? matches.expected(stream, at: place, in: text) : nil
    expected[stream] = match?.byte
    let set = classes + stream * Self.sets
    set[0] =
      familiarity.orders * (Self.mostWords + 1) + min(familiarity.words, Self.mostWords)
    set[1] = Int(lastBytes[stream])
    set[2] = MatchWeights.class(match?.length ?? 0)
    mixer.mix(all, classes: set, into: own)
    if let match { own[Int(match.byte)] += matchWeights[set[2]] }
    kernels.pointee.frequencies(1, own, frequencies + stream * 256)
  }

  /// Lets direct connections, matches and mixer learn from the bytes at `place`.
  private func learnDirectly(_ place: Int, _ text: UnsafePointer<UInt8>) {
    let share = shape.streams / shape.shards
    team.run(shape.shards) { shard in
      for stream in shard * share..<(shard + 1) * share where isThere(stream, place) {
        let own = mixed.base + stream * 256
        kernels.pointee.softmax(1, 256, own)
        own[Int(lastBytes[stream])] -= 1
      }
    }
    team.run(direct.tableCount + 1) { task in
      guard task > 0 else { return learnMixing(place) }
      for stream in 0..<shape.streams where isThere(stream, place) {
        direct.learn(
          table: task - 1, stream: stream, byte: lastBytes[stream],
          gradient: mixed.base + stream * 256)
      }
    }
    for stream in 0..<shape.streams where isThere(stream, place) {
      direct.advance(stream, past: lastBytes[stream])
      matches.advance(stream, past: place, in: text)
    }
  }

  private func learnMixing(_ place: Int) {
    for stream in 0..<shape.streams where isThere(stream, place) {
      let (own, set) = (mixed.base + stream * 256, classes + stream * Self.sets)
      mixer.learn(logits.base + stream * inputs * 256, classes: set, gradient: own)
      guard let byte = expected[stream] else { continue }
      matchWeights.learn(class: set[2], slope: own[Int(byte)])
    }
  }
}
