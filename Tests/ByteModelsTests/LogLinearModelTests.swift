import Testing

@testable import ByteModels

/// Weights that add up, and their lines.
@Suite struct LogLinearModelTests {
  /// Sums of evidence for the bit that `symbol` has at each place, after `rounds` of learning it.
  private static func sums(
    of groups: [[MixContext]], after rounds: Int, bytes: [UInt8], symbol: (UInt8) -> UInt8
  ) throws -> [Int16] {
    var model = try LogLinearModel(
      groups: groups.map(\.count), ByScript { _ in groups.flatMap { $0 } }, bytes: 1 << 16)
    let features = MixFeatures()
    let inputs = LogLinearModel.inputs(groups: groups.count)
    let x = UnsafeMutablePointer<Int16>.allocate(capacity: inputs)
    defer { x.deallocate() }
    x.initialize(repeating: 0, count: inputs)
    var evidence: [Int16] = []
    for round in 0..<rounds {
      let byte = bytes[round % bytes.count]
      model.ask(UInt64(byte), features.values, .narrow)
      model.takeUp()
      let bit = UInt32(symbol(byte) >> 7)
      model.predict(1, 7, MixLogistic.tables.stretch, into: x)
      evidence = Array(UnsafeBufferPointer(start: x, count: inputs)).map { bit != 0 ? $0 : 0 - $0 }
      model.learn(bit, 1)
    }
    return evidence
  }

  /// What always comes is expected ever more. A weight w of a single context moves by 0.85/√n · 1/(1 + e^w) at the n-th visit,
  /// so that w + e^w is about 1 + 1.7 √n: 2.73 after a hundred.
  @Test func certaintyGrows() throws {
    let after = try [2, 10, 100].map {
      try Self.sums(of: [[.order(1)]], after: $0, bytes: [65]) { _ in 0x80 }[1]
    }
    #expect(after[0] > 0 && after[0] < after[1] && after[1] < after[2])
    #expect(abs(Double(after[2]) / 256 - 2.73) < 0.1)
  }

  /// Contexts that say the same say it once: their sum is what one of them would come to, and each has a share of it.
  @Test func contextsShareWhatTheySay() throws {
    let alone = try Self.sums(of: [[.order(1)]], after: 400, bytes: [65]) { _ in 0x80 }
    let both = try Self.sums(of: [[.order(1)], [.order(2)]], after: 400, bytes: [65]) { _ in 0x80 }
    #expect(both[0] == both[1])
    #expect(abs(Int(both[0]) + Int(both[1]) - Int(both[2])) <= 1)
    #expect(Int(both[2]) < Int(alone[1]) * 3 / 2)
  }

  /// What one context cannot tell another one does: with no bytes alone a bit that goes by the byte before is never known.
  @Test func theContextThatKnowsDecides() throws {
    let bytes: [UInt8] = [65, 66]
    let blind = try Self.sums(of: [[.order(0)]], after: 600, bytes: bytes) { $0 << 7 }
    let seeing = try Self.sums(of: [[.order(0)], [.order(1)]], after: 600, bytes: bytes) { $0 << 7 }
    #expect(blind[1] < 64)
    #expect(seeing[2] > 3 * 256)
    #expect(abs(Int(seeing[0])) < Int(seeing[1]) / 4)
  }

  /// A line that is another's begins with zeros, and the one that was met more stays.
  @Test func linesYieldToOthers() throws {
    let table = try WeightLines(bytes: 64)
    let (often, seldom, third): (UInt64, UInt64, UInt64) = (1, 2, 3)
    for hash in [often, often, seldom] {
      let line = table.line(hash)
      _ = WeightLines.visit(line)
      line[5] = UInt16(hash)
    }
    #expect(WeightLines.visit(table.line(often)) == 2)
    #expect(table.line(third)[5] == 0)
    #expect(table.line(often)[5] == 1)
    #expect(table.line(seldom)[5] == 0)
  }

  @Test func visitsAreCountedUpToTheirMost() throws {
    let table = try WeightLines(bytes: 64)
    for _ in 0..<300 { _ = WeightLines.visit(table.line(7)) }
    #expect(WeightLines.visit(table.line(7)) == WeightLines.mostVisits)
    #expect(table.line(7)[0] & 0xFF == 7)
  }
}
