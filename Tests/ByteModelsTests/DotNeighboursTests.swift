import BPBCore
import Testing
import _TestSupport

@testable import ByteModels

/// Pictures whose bytes are eight dots each: which dots are around the next one, and what that is worth.
@Suite struct DotNeighboursTests {
  private static let width = 20
  private let stretch = MixLogistic.tables.stretch

  /// Rows above, in which one dot is set, and none of what follows.
  private func ring(dot x: Int, rows: Int = 4) throws -> TextRing {
    let ring = try TextRing(bytes: 1 << 10)
    for place in 0..<rows * Self.width { ring[place] = 0 }
    ring[x / 8] = 128 >> UInt8(x % 8)
    return ring
  }

  /// The sixteen dots around the next one, where rows have been written up to it.
  private func around(_ x: Int, row: Int, dot: Int) throws -> Int? {
    var neighbours = try DotNeighbours([DotTemplate(left: 1)])
    neighbours.describe(try ring(dot: dot), row * Self.width + x / 8, row: Self.width)
    return neighbours.advance(1 << (x % 8), 7 - x % 8, 0)
  }

  @Test(arguments: [80, 83, 87, 88])
  func dotsStandWhereTheyWere(dot: Int) throws {
    for x in dot - 8...dot + 8 {
      let right = dot - x
      #expect(
        try around(x, row: 1, dot: dot) == (abs(right) <= 3 ? 32 << (3 - right) : 0), "\(x)")
      #expect(try around(x, row: 2, dot: dot) == (abs(right) <= 2 ? 1 << (2 - right) : 0), "\(x)")
      #expect(try around(x, row: 3, dot: dot) == 0)
    }
  }

  /// Dots of this row come out of the byte before and out of the bits so far.
  @Test func dotsOfThisRow() throws {
    var neighbours = try DotNeighbours([DotTemplate(left: 1)])
    neighbours.describe(try ring(dot: 0), 3 * Self.width + 5, row: Self.width)
    #expect(neighbours.advance(1, 7, 0xB6) == 0b0110 << 12)
    #expect(neighbours.advance(0b101, 5, 0xB6) == 0b1001 << 12)
    #expect(neighbours.advance(0b101_1100, 1, 0xB6) == 0b1100 << 12)
  }

  /// What came of a dot's neighbours at one of a byte's places is known at the others.
  @Test func placesLearnFromEachOther() throws {
    var neighbours = try DotNeighbours([DotTemplate(left: 0, above: (1, 1))])
    let x = UnsafeMutablePointer<Int16>.allocate(capacity: neighbours.inputs)
    defer { x.deallocate() }
    func evidence(at place: Int, dot: Int) throws -> Int16 {
      neighbours.describe(try ring(dot: dot), Self.width + place / 8, row: Self.width)
      _ = neighbours.advance(1 << (place % 8), 7 - place % 8, 0)
      neighbours.predict(stretch, into: x)
      #expect((x[0] > 0) == (x[1] > 0))
      return x[0]
    }
    #expect(try evidence(at: 40, dot: 40) == 0)
    for _ in 0..<3 { neighbours.learn(1, LearnedShare.rates) }
    for place in 40...60 {
      #expect(try evidence(at: place, dot: place) > 256)
      #expect(try evidence(at: place, dot: place + 1) == 0)
      #expect(try evidence(at: place, dot: place - 2) == 0)
    }
  }

  @Test func withoutRowsNothingIsSaid() throws {
    var neighbours = try DotNeighbours([DotTemplate(left: 2, above: (1, 1))])
    let x = UnsafeMutablePointer<Int16>.allocate(capacity: neighbours.inputs)
    defer { x.deallocate() }
    x.initialize(repeating: 7, count: neighbours.inputs)
    neighbours.describe(try ring(dot: 0), 70, row: nil)
    #expect(neighbours.advance(1, 7, 0) == nil)
    neighbours.predict(stretch, into: x)
    neighbours.learn(1, LearnedShare.rates)
    #expect((0..<neighbours.inputs).allSatisfy { x[$0] == 0 })
  }

  @Test func namesSayWhichDots() {
    #expect(DotTemplate(left: 3, above: (2, 2), (1, 4)).name == "dots-3-2-2-1-4")
    #expect(DotTemplate(left: 16).name == "dots-16")
  }

  @Test func rowsOfPicturesAreSure() throws {
    func row(_ bytes: [UInt8]) throws -> Int? {
      let ring = try TextRing(bytes: 1 << 16)
      let features = MixFeatures()
      var text = MixText()
      var records = MixRecords()
      for byte in bytes {
        ring[text.position] = byte
        text.advance(past: byte)
        _ = records.advance(text, ring, into: features)
      }
      return records.sureRow
    }
    let drawing = (0..<60).flatMap { y -> [UInt8] in
      [0, 0, 3, 0xF0, 0, UInt8(y / 8), 0, 9, 0x11] + [UInt8](repeating: 0, count: 31)
    }
    #expect(try row(drawing) == 40)
    #expect(try row(MixRecordTests.records(count: 300)) == nil)
    #expect(try row(Array("Lines of text,\nand no picture.\n".utf8)) == nil)
    var generator = SeededGenerator(seed: 2)
    #expect(try row((0..<5000).map { _ in UInt8(generator.next(below: 256)) }) == nil)
  }

  /// A page with lines and boxes that wander.
  private static let page: [UInt8] = (0..<160).flatMap { y -> [UInt8] in
    var row = [Bool](repeating: false, count: 8 * width)
    for line in 0..<9 {
      let start = (line * 37 + y * (line % 3 + 1) / 3) % 140
      for x in start..<start + 3 + line { row[x] = true }
    }
    return stride(from: 0, to: row.count, by: 8).map { first in
      (0..<8).reduce(0) { $0 << 1 | (row[first + $1] ? 1 : 0) }
    }
  }

  @Test func aPageIsSmaller() throws {
    var level = MixLevel.max
    let coded = try codec(level).encode(Self.page.span)
    level.dots = []
    #expect(Double(coded.count) < 0.9 * Double(try codec(level).encode(Self.page.span).count))
    #expect(try codec(.max).decode(coded.span, limit: Self.page.count) == Self.page)
  }

  private func codec(_ level: MixLevel) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try MixModel(level, memory: 1 << 22, byteCount: byteCount, kernels: MixingKernels.current)
    }
  }
}
