import BPBCore
import Testing

@testable import NeuralModels

@Suite struct BatchesTests {
  @Test(arguments: [Batches.Reading.windows, .streams])
  func everyTargetFollowsItsInput(reading: Batches.Reading) {
    // Random bytes: no sixteen of them come twice.
    var generator = SeededGenerator(seed: 1)
    let text = generator.bytes(count: 1000)
    var batches = Batches(text: text, reading: reading, sequences: 3, time: 16, seed: 5)
    for _ in 0..<100 {
      let (inputs, targets, _) = batches.nextArrays(48)
      for sequence in 0..<3 {
        let row = sequence * 16..<sequence * 16 + 16
        #expect(Array(inputs[row].dropFirst()) == Array(targets[row].dropLast()))
        let place = text.indices.first { text[$0...].starts(with: targets[row]) }
        let before = place.map { $0 == 0 ? TextStart.byte : text[$0 - 1] }
        #expect(before == inputs[row.lowerBound])
      }
    }
  }

  /// With 256 windows of different bytes, an epoch brings each of them once.
  @Test func anEpochOfWindowsBringsEachOnce() {
    let text = (0..<1024).map { UInt8($0 / 4) }
    var batches = Batches(text: text, reading: .windows, sequences: 1, time: 4, seed: 1)
    var seen: [[UInt8]] = []
    while batches.place.epoch == 0 {
      let before = batches.place
      let targets = batches.nextArrays(4).targets
      if batches.place.epoch == before.epoch { seen.append(targets) }
    }
    #expect(seen.count >= 255)
    #expect(Set(seen).count == seen.count)
  }

  /// Sequences lie where they were put, and know nothing of each other.
  @Test func sequencesKeepTheirBorders() {
    let text = (0..<1024).map { UInt8($0 / 4) }
    var batches = Batches(text: text, reading: .sequences, sequences: 2, time: 4, seed: 1)
    var seen: Set<[UInt8]> = []
    for _ in 0..<128 {
      let (inputs, targets, isFresh) = batches.nextArrays(8)
      #expect(isFresh)
      for row in [0..<4, 4..<8] {
        #expect(Set(targets[row]).count == 1)
        #expect(Array(inputs[row]) == [TextStart.byte] + targets[row].dropLast())
        seen.insert(Array(targets[row]))
      }
    }
    #expect(seen.count == 256)
  }

  @Test func streamsReadOn() {
    let text = (0..<512).map { UInt8(truncatingIfNeeded: $0) }
    var batches = Batches(text: text, reading: .streams, sequences: 2, time: 8, seed: 3)
    var last: UInt8?
    for _ in 0..<200 {
      let (inputs, targets, isFirst) = batches.nextArrays(16)
      if !isFirst { #expect(inputs[0] == last) }
      last = targets[7]
    }
    #expect(batches.place.epoch > 2)
  }

  @Test(arguments: [Batches.Reading.windows, .streams])
  func aPlaceIsWhereARunGoesOn(reading: Batches.Reading) throws {
    let text = (0..<700).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    var batches = Batches(text: text, reading: reading, sequences: 4, time: 8, seed: 9)
    for _ in 0..<57 { _ = batches.nextArrays(32) }
    let fresh = Batches(text: text, reading: reading, sequences: 4, time: 8, seed: 9)
    var resumed = try #require(fresh.moved(to: batches.place))
    for _ in 0..<57 {
      let (expected, found) = (batches.nextArrays(32), resumed.nextArrays(32))
      #expect(expected.inputs == found.inputs)
      #expect(expected.isFirst == found.isFirst)
    }
    #expect(fresh.moved(to: Batches.Place(epoch: 0, used: 1000)) == nil)
  }
}

extension Batches {
  fileprivate mutating func nextArrays(
    _ count: Int
  ) -> (inputs: [UInt8], targets: [UInt8], isFirst: Bool) {
    var inputs = [UInt8](repeating: 0, count: count)
    var targets = inputs
    let isFirst = inputs.withUnsafeMutableBufferPointer { inputs in
      targets.withUnsafeMutableBufferPointer { targets in
        next(inputs: inputs.baseAddress!, targets: targets.baseAddress!)
      }
    }
    return (inputs, targets, isFirst)
  }
}
