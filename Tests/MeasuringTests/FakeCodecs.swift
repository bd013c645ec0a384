import BPBCore
import Corpora
import Measuring
import RunRecords
import Synchronization

/// Codes every block as itself behind a byte of framing; decodes after `damage`.
struct FakeCodec: Codec {
  /// What a decoder does to the bytes it gives back.
  enum Damage: Sendable { case none, changes, cutsShort, adds, throwsBadData, differsEachTime }

  var damage = Damage.none
  let calls = Counter()

  func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    let extra = damage == .differsEachTime ? calls.next() : 0
    return FakeCoder(prefix: [UInt8](repeating: 7, count: 1 + extra), damage: .none)
  }

  func makeDecoder() throws(BPBError) -> any StreamCoder { FakeCoder(prefix: [], damage: damage) }
}

/// Counts up, from any thread.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

private final class FakeCoder: StreamCoder {
  private var prefix: [UInt8]
  private let damage: FakeCodec.Damage
  private var seen = 0
  let peakMemory = 100
  let framingBytes: Int

  init(prefix: [UInt8], damage: FakeCodec.Damage) {
    self.prefix = prefix
    self.damage = damage
    framingBytes = prefix.count
  }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    var bytes = prefix
    prefix = []
    bytes.append(input)
    if framingBytes == 0 { bytes = decoded(bytes) }
    try sink(bytes.span)
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    if damage == .throwsBadData { throw BPBError(.badData, "made no sense") }
    let last = prefix + (damage == .adds ? [1] : [])
    prefix = []
    try sink(last.span)
  }

  /// Drops the framing byte and does the damage.
  private func decoded(_ coded: [UInt8]) -> [UInt8] {
    var bytes = seen == 0 ? Array(coded.dropFirst()) : coded
    seen += coded.count
    if damage == .changes, !bytes.isEmpty { bytes[bytes.count / 2] ^= 1 }
    if damage == .cutsShort { bytes = bytes.dropLast() }
    return bytes
  }
}

/// Every reading is a second after the one before.
struct TickingClock: RunClock {
  private let ticks = Counter()
  func now() -> Double { Double(ticks.next()) }
}

/// A method of a fake codec.
func fakeMethod(
  _ name: String, _ codec: any Codec = FakeCodec(), memory: Int = 1, speed: Double = 1e6
) -> Method {
  Method(
    name: name, version: "1", codec: codec, memory: MemoryNeed(encoder: memory, decoder: 0),
    expectedSpeed: speed)
}

/// A meter with the usual settings.
func meter(
  verifies: Bool = true, repetitions: Int = 1,
  isCancelled: @escaping @Sendable () -> Bool = { false }
) -> CellMeter {
  CellMeter(
    run: "run", verifies: verifies, repetitions: repetitions, timing: .approximate,
    clock: TickingClock(), isCancelled: isCancelled)
}
