/// Damage at random.
public enum Mutation {
  /// `bytes` with one to four places changed: bits, bytes, cuts, copies, and digits that say too much.
  public static func random(of bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      apply(Int.random(in: 0..<6, using: &generator), to: &bytes, using: &generator)
    }
    return bytes
  }

  private static func apply(
    _ kind: Int, to bytes: inout [UInt8], using generator: inout SplitMix64
  ) {
    let place = Int.random(in: bytes.indices, using: &generator)
    let length = Int.random(in: 1...max(1, min(20, bytes.count - place)), using: &generator)
    let piece = Array(bytes[place..<min(place + length, bytes.count)])
    switch kind {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.removeSubrange(place..<place + piece.count)
    case 4: bytes.insert(contentsOf: piece, at: Int.random(in: bytes.indices, using: &generator))
    default:
      let digits = Array("9999999999999999999".utf8).prefix(length)
      bytes.replaceSubrange(place..<place + piece.count, with: digits)
    }
  }
}
