import Measuring
import RunRecords
import Testing

@Suite struct ScaleWindowsTests {
  private func windows(_ count: Int, training: Int, seed: UInt64 = 1) -> [(start: Int, bytes: Int)]
  {
    let sizes = ScaleSizes.sizes(trainingBytes: training, bytes: training, pointsPerDecade: 4)
    return ScaleWindows.windows(
      count: count, sizes: sizes, trainingBytes: training, bytes: training, seed: seed
    ).map { ($0.start, $0.bytes) }
  }

  @Test func theFirstIsTheWholeStream() {
    #expect(windows(8, training: 1_000_000)[0] == (0, 1_000_000))
    #expect(windows(1, training: 1_000_000).count == 1)
  }

  @Test func smallCorporaHaveFewerWindows() {
    #expect(windows(8, training: 2000).count == 1)
    #expect(windows(8, training: 3000).count == 2)
    #expect(windows(8, training: 0).count == 1)
  }

  @Test(arguments: [1, 2, 3], [50_000, 1_000_000, 9_173_202])
  func onesOfEqualLengthDoNotOverlapAndStayInside(seed: UInt64, training: Int) {
    let windows = windows(8, training: training, seed: seed)
    for length in Set(windows.map(\.bytes)) {
      // What the longer ones contribute at this size counts too.
      let stretches = windows.filter { $0.bytes >= length }.map { $0.start..<$0.start + length }
        .sorted { $0.lowerBound < $1.lowerBound }
      #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
      #expect(stretches.allSatisfy { $0.upperBound <= training })
    }
  }

  @Test func theSeedMovesThem() {
    #expect(
      windows(8, training: 1_000_000, seed: 1)[1].start
        != windows(8, training: 1_000_000, seed: 2)[1].start)
  }

  @Test func fewerAndFewerReachTheLargerSizes() {
    let counts = [1_000_000, 1_800_000, 3_000_000, 9_000_000].map { size in
      windows(8, training: 9_173_202).count { $0.bytes >= size }
    }
    #expect(counts == [8, 4, 2, 1])
  }
}
