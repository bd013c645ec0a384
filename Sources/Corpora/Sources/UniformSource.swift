import BPBCore

/// Bytes that are all equally likely, whatever came before: 8 bits each, and nothing to be learned.
public struct UniformSource: KnownSource {
  public let name: String

  init(name: String) { self.name = name }

  /// Exactly 8.
  public var entropyRate: EntropyRate { EntropyRate(exactly: 8) }

  public func makeEmitter(seed: UInt64) -> any SourceEmitter {
    Emitter(generator: SeededGenerator(seed: seed, for: .emissions))
  }

  public func makeMeter() -> any SourceMeter { Meter() }

  /// Eight bytes a step, the lowest first; what a piece leaves of a step begins the next one.
  private struct Emitter: SourceEmitter {
    var generator: SeededGenerator
    var word: UInt64 = 0
    var remaining = 0

    mutating func emit(_ count: Int, into bytes: inout [UInt8]) {
      for _ in 0..<count {
        if remaining == 0 { (word, remaining) = (generator.next(), 8) }
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
        remaining -= 1
      }
    }
  }

  private struct Meter: SourceMeter {
    var bits = 0.0
    mutating func add(_ bytes: Span<UInt8>) { bits += 8 * Double(bytes.count) }
  }
}
