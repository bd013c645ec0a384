import BPBCore
import Corpora
import Measuring
import RunRecords
import Synchronization
import Testing
import _TestSupport

@Suite struct SchedulerTests {
  /// Notes how much memory is spoken for at a time, and in which order cells begin.
  private final class Witness: Sendable {
    private let state = Mutex((now: 0, peak: 0, order: [String]()))

    func begin(_ name: String, _ memory: Int) {
      state.withLock {
        $0.now += memory
        $0.peak = max($0.peak, $0.now)
        $0.order.append(name)
      }
    }
    func end(_ memory: Int) { state.withLock { $0.now -= memory } }
    var peak: Int { state.withLock { $0.peak } }
    var order: [String] { state.withLock { $0.order } }
  }

  private struct WitnessedCodec: Codec {
    let name: String
    let memory: Int
    let witness: Witness

    func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
      witness.begin(name, memory)
      return try FakeCodec().makeEncoder(byteCount: byteCount)
    }
    func makeDecoder() throws(BPBError) -> any StreamCoder {
      WitnessedDecoder(base: try FakeCodec().makeDecoder(), memory: memory, witness: witness)
    }
  }

  private final class WitnessedDecoder: StreamCoder {
    let base: any StreamCoder
    let memory: Int
    let witness: Witness
    init(base: any StreamCoder, memory: Int, witness: Witness) {
      (self.base, self.memory, self.witness) = (base, memory, witness)
    }
    var peakMemory: Int { memory }
    var framingBytes: Int { 0 }
    func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
      try base.push(input, to: sink)
    }
    func finish(to sink: ByteSink) throws(BPBError) {
      try base.finish(to: sink)
      witness.end(memory)
    }
  }

  private let file = CorpusFile(name: "a", bytes: SplitMix64.bytes(count: 3000, seed: 1))

  private func cells(_ needs: [Int], witness: Witness) -> [Cell] {
    needs.enumerated().map { index, need in
      let codec = WitnessedCodec(name: "m\(index)", memory: need, witness: witness)
      // Slower for smaller indices, so that these are the longest.
      let method = fakeMethod("m\(index)", codec, memory: need, speed: 1000 * Double(index + 1))
      return Cell(method: method, source: BlockSource(file: file), policy: .perFile)
    }
  }

  @Test(arguments: [1, 2, 8])
  func everyCellIsDeliveredOnce(jobs: Int) async throws {
    let cells = cells([Int](repeating: 10, count: 40), witness: Witness())
    var seen: [Int] = []
    try await Scheduler(jobs: jobs, memoryLimit: 1000).run(cells, with: meter()) { outcome in
      seen.append(outcome.index)
    }
    #expect(seen.sorted() == Array(0..<40))
  }

  @Test func memoryIsNotOverdrawn() async throws {
    let witness = Witness()
    let cells = cells([60, 60, 30, 30, 30, 60, 10, 90, 60], witness: witness)
    try await Scheduler(jobs: 4, memoryLimit: 100).run(cells, with: meter()) { _ in }
    #expect(witness.peak <= 100)
    #expect(witness.order.count == cells.count)
  }

  @Test func aCellLargerThanTheLimitRunsAlone() async throws {
    let witness = Witness()
    let cells = cells([500, 10, 10], witness: witness)
    try await Scheduler(jobs: 4, memoryLimit: 100).run(cells, with: meter()) { _ in }
    #expect(witness.peak == 500)
    #expect(witness.order.count == 3)
  }

  @Test func theLongestBeginFirst() async throws {
    let witness = Witness()
    let cells = cells([1, 1, 1, 1, 1], witness: witness)
    try await Scheduler(jobs: 1, memoryLimit: 100).run(cells, with: meter()) { _ in }
    #expect(witness.order == ["m0", "m1", "m2", "m3", "m4"])
  }

  @Test func aSinkThatFailsStopsTheRun() async {
    let cells = cells([Int](repeating: 1, count: 200), witness: Witness())
    var delivered = 0
    await #expect(throws: BPBError.self) {
      try await Scheduler(jobs: 1, memoryLimit: 100).run(cells, with: meter()) {
        _ throws(BPBError) in
        delivered += 1
        throw BPBError(.inputOutput, "disk full")
      }
    }
    #expect(delivered == 1)
  }
}
