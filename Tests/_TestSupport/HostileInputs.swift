/// Inputs that have broken coders before, small enough for every test run.
public enum HostileInputs {
  /// Name and bytes of each.
  public static let all: [(name: String, bytes: [UInt8])] = [
    ("empty", []),
    ("one byte", [0x41]),
    ("one zero", [0]),
    ("one 0xFF", [0xFF]),
    ("two bytes", [0x41, 0x42]),
    ("zeros", [UInt8](repeating: 0, count: 5000)),
    ("0xFF only", [UInt8](repeating: 0xFF, count: 5000)),
    ("alternating", (0..<5000).map { $0 % 2 == 0 ? 0x00 : 0xFF }),
    ("every byte", (0..<1024).map { UInt8(truncatingIfNeeded: $0) }),
    ("every byte backwards", (0..<1024).map { UInt8(truncatingIfNeeded: 255 - $0) }),
    (
      "text",
      Array(String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 100).utf8)
    ),
    ("random", SplitMix64.bytes(count: 20_000, seed: 1)),
    ("sparse", SplitMix64.bytes(count: 20_000, seed: 2).map { $0 < 250 ? 0 : $0 }),
    ("long repeats", repeats()),
    ("de Bruijn", deBruijn()),
    (
      "random then zeros",
      SplitMix64.bytes(count: 3000, seed: 3) + [UInt8](repeating: 0, count: 60_000)
    ),
  ]

  /// Every pair of 64 symbols once, so that a context of two bytes never helps: the prefer-largest
  /// construction (M. H. Martin, 1934).
  private static func deBruijn() -> [UInt8] {
    var next = [Int](repeating: 63, count: 64)
    var sequence: [UInt8] = [0]
    while next[Int(sequence.last! / 4)] >= 0 {
      let last = Int(sequence.last! / 4)
      sequence.append(UInt8(4 * next[last]))
      next[last] -= 1
    }
    return sequence
  }

  private static func repeats() -> [UInt8] {
    let phrase = SplitMix64.bytes(count: 300, seed: 4)
    return (0..<100).flatMap { phrase.dropLast($0 % 7) }
  }
}

/// The seeded generator of the tests (Steele, Lea, Flood 2014).
public struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// A generator whose output depends on `seed` alone.
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// `count` uniform bytes.
  public static func bytes(count: Int, seed: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
