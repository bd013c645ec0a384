import NeuralModels
import Testing

@Suite struct ScheduleTests {
  @Test func itWarmsUpStaysAndCoolsDown() {
    let schedule = Schedule(warmUp: 4, steps: 20, coolDownShare: 0.25)
    #expect((0..<5).map(schedule.share) == [0.25, 0.5, 0.75, 1, 1])
    #expect(schedule.share(at: 14) == 1)
    #expect((15..<21).map(schedule.share) == [1, 0.8, 0.6, 0.4, 0.2, 0])
  }

  @Test func withoutAnEndItStays() {
    #expect(Schedule(warmUp: 1).share(at: 1_000_000) == 1)
  }
}
