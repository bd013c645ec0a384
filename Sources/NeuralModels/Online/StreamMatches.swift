/// For each of several streams of a text, the earlier place, in any of them, that agrees with its last bytes, and so the byte
/// that is expected next.
///
/// Streams are as long as each other, stand one after the other in the text, and are written side by side: what stands at a
/// place of one is known when the same place of all was written.
final class StreamMatches {
  private let length: Int
  private let byteCount: Int
  /// Where bytes with a hash were followed by what, as a place in the text; 0 for nowhere.
  private var table: [UInt32]
  private let shift: UInt64
  /// [stream].
  private var places: [Int]
  private var lengths: [Int]

  /// The fewest bytes that agree.
  private static let shortest = 10
  /// Agreeing bytes beyond these are not counted when a match begins.
  private static let counted = 40
  private static let mostBits = 22

  init(streams: Int, length: Int, byteCount: Int) {
    self.length = length
    self.byteCount = byteCount
    var bits = 10
    while 1 << bits < byteCount && bits < Self.mostBits { bits += 1 }
    shift = UInt64(64 - bits)
    table = Array(repeating: 0, count: 1 << bits)
    places = Array(repeating: 0, count: streams)
    lengths = Array(repeating: 0, count: streams)
  }

  var memoryBytes: Int { table.count * MemoryLayout<UInt32>.size }

  /// The byte that is expected at `place` of a stream and how many agree before it; nil where none is.
  func expected(
    _ stream: Int, at place: Int, in text: UnsafePointer<UInt8>
  ) -> (byte: UInt8, length: Int)? {
    let source = places[stream]
    guard lengths[stream] > 0, isKnown(source, before: place) else { return nil }
    return (text[source], lengths[stream])
  }

  /// Takes in what now stands at `place` of a stream. All streams are brought forward before the next place.
  func advance(_ stream: Int, past place: Int, in text: UnsafePointer<UInt8>) {
    let end = stream * length + place + 1
    follow(stream, at: place, in: text)
    guard place + 1 >= Self.shortest else { return }
    var hash: UInt64 = 0
    for byte in end - Self.shortest..<end {
      hash = (hash ^ UInt64(text[byte])) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 31
    }
    let entry = Int(truncatingIfNeeded: StreamContexts.mix(hash, 14) >> shift)
    if lengths[stream] == 0 { look(stream, at: Int(table[entry]), place, in: text) }
    table[entry] = UInt32(truncatingIfNeeded: end)
  }

  private func isKnown(_ source: Int, before place: Int) -> Bool {
    source < byteCount && source % length < place
  }

  private func follow(_ stream: Int, at place: Int, in text: UnsafePointer<UInt8>) {
    let source = places[stream]
    let agrees =
      lengths[stream] > 0 && isKnown(source, before: place)
      && text[source] == text[stream * length + place]
    lengths[stream] = agrees ? lengths[stream] + 1 : 0
    places[stream] = source + 1
  }

  /// Begins a match at `source`, if enough bytes agree before it and before what follows `place`.
  private func look(_ stream: Int, at source: Int, _ place: Int, in text: UnsafePointer<UInt8>) {
    let end = stream * length + place + 1
    // Of a text beyond what the table's numbers reach, they may name a place that is not known.
    guard isKnown(source, before: place + 2) else { return }
    // Bytes of the stream's own, and of the source's: what stands before its stream may not be known yet.
    let most = min(Self.counted, place + 1, source % length)
    var agreed = 0
    while agreed < most && text[source - 1 - agreed] == text[end - 1 - agreed] { agreed += 1 }
    guard agreed >= Self.shortest else { return }
    (places[stream], lengths[stream]) = (source, agreed)
  }
}
