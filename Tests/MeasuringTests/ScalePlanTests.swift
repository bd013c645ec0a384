import BPBCore
import Measuring
import RunRecords
import Testing

@Suite struct ScalePlanTests {
  @Test func sizesAreAGeometricSeriesThatEndsWithTheTrainingPartAndTheWhole() {
    let sizes = ScaleSizes.sizes(trainingBytes: 90_000, bytes: 100_000, pointsPerDecade: 4)
    #expect(sizes == [1024, 1821, 3238, 5758, 10_240, 18_210, 32_382, 57_584, 90_000, 100_000])
  }

  @Test(arguments: [0, 1, 700, 1024, 1500, 5000, 1_000_000], [1, 4, 10])
  func sizesRiseAndEndWithAllOfIt(training: Int, pointsPerDecade: Int) {
    let sizes = ScaleSizes.sizes(
      trainingBytes: training, bytes: training + 100, pointsPerDecade: pointsPerDecade)
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 })
    #expect(sizes.last == training + 100)
    #expect(training == 0 || sizes.contains(training))
  }

  @Test func codecsAreAskedForEachPrefixAndModelsOnceAWindow() {
    let windows = [ScaleRecord.Window(start: 0, bytes: 10_000), .init(start: 5000, bytes: 2000)]
    let adaptive = fakeMethod("adaptive", FakeAdaptiveCodec())
    let plan = fakePlan(count: 10_000, windows: windows, methods: [fakeMethod("codec"), adaptive])
    let coded = plan.jobs.filter { $0.method.name == "codec" }
    #expect(coded.map(\.sizes) == [[1024], [1821], [3238], [5758], [10_000], [1024], [1821]])
    #expect(coded.allSatisfy { $0.work == .prefix })
    let passes = plan.jobs.filter { $0.method.name == "adaptive" }
    #expect(passes.map(\.work) == [.pass, .pass])
    #expect(passes.map(\.sizes) == [[1024, 1821, 3238, 5758, 10_000], [1024, 1821]])
  }

  @Test func modelsAreFrozenWithinTheTrainingPartOnly() throws {
    var method = fakeMethod("model", FakeAdaptiveCodec())
    method.learning = FakeLearning()
    let plan = fakePlan(count: 10_000, heldOut: 4096, methods: [method])
    let freezing = try #require(plan.jobs.first { $0.work == .freeze })
    #expect(freezing.sizes == [1024, 1821, 3238, 5904])
  }

  @Test func lessTimeTakesLargeSizesFromSlowMethodsFirst() {
    let fast = fakeMethod("fast", speed: 1e8)
    let slow = fakeMethod("slow", speed: 1e5)
    let plan = fakePlan(count: 1_000_000, methods: [fast, slow])
    #expect(plan.expectedSeconds > 10)
    let shorter = plan.fitting(seconds: 5)
    #expect(shorter.expectedSeconds <= 5)
    #expect(shorter.entries[0].largest == 1_000_000)
    #expect(shorter.entries[1].largest < 1_000_000 && shorter.entries[1].largest > 100_000)
    #expect(plan.fitting(seconds: 0).entries.allSatisfy { $0.largest == 1024 })
  }
}
