import NeuralModels
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct ThreadTeamTests {
  @Test(arguments: [1, 2, 3, 8]) func everyNumberComesOnce(threads: Int) {
    let team = ThreadTeam(threads: threads)
    for count in [0, 1, 2, 7, 100] {
      let calls = (0..<count).map { _ in Counter() }
      for _ in 0..<50 { team.run(count) { calls[$0].value.add(1, ordering: .relaxed) } }
      #expect(calls.allSatisfy { $0.value.load(ordering: .relaxed) == 50 })
    }
  }

  @Test func rangesMakeUpTheWhole() {
    let team = ThreadTeam(threads: 3)
    let marks = (0..<1000).map { _ in Counter() }
    team.run(1000, grain: 7) { range in
      for index in range { marks[index].value.add(1, ordering: .relaxed) }
    }
    #expect(marks.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
  }

  @Test func helpersThatSleptWakeUp() {
    let team = ThreadTeam(threads: 2)
    let sum = Counter()
    for _ in 0..<3 {
      var pause = timespec(tv_sec: 0, tv_nsec: 5_000_000)
      nanosleep(&pause, nil)
      team.run(10) { sum.value.add($0, ordering: .relaxed) }
    }
    #expect(sum.value.load(ordering: .relaxed) == 135)
  }

  /// Many short regions of differing sizes, one right after the other, with more threads than processors: a helper that comes
  /// late finds another region, or none.
  @Test func lateHelpersTakeNothingOfAnotherRegion() {
    let team = ThreadTeam(threads: 6)
    let calls = (0..<40).map { _ in Counter() }
    var expected = Array(repeating: 0, count: 40)
    for round in 0..<4000 {
      let count = 2 + round * 7 % 39
      let current = Counter()
      team.run(count) {
        calls[$0].value.add(1, ordering: .relaxed)
        current.value.add(1, ordering: .relaxed)
      }
      #expect(current.value.load(ordering: .relaxed) == count)
      for index in 0..<count { expected[index] += 1 }
    }
    #expect(calls.map { $0.value.load(ordering: .relaxed) } == expected)
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }
}
