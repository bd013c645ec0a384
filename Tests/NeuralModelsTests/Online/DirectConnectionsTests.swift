import BPBCore
import CKernels
import Testing

@testable import NeuralModels

@Suite struct DirectConnectionsTests {
  /// A line of its own, given back at the end.
  private func withLine(_ body: (ConnectionLine) throws -> Void) rethrows {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: ConnectionLine.byteCount, alignment: ConnectionLine.byteCount)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: ConnectionLine.byteCount)
    try body(ConnectionLine(base: memory))
  }

  @Test func aLineKeepsTheOutputsThatCameLast() {
    withLine { line in
      line.clear(for: 0xABCD)
      for symbol in 0..<UInt8(20) {
        line.moveToFront(symbol, orInsert: Float(symbol))
        line.countVisit(limit: 4095)
      }
      let all = (0..<line.used).map { (line.symbols[$0], line.weights[$0]) }
      #expect(all.map(\.0) == (8..<20).reversed())
      #expect(all.map(\.1) == (8..<20).reversed().map { Float($0) })
      line.moveToFront(10, orInsert: -1)
      #expect(line.symbols[0] == 10 && line.weights[0] == 10 && line.used == 12)
      #expect(line.visits == 20 && line.holds(0xABCD) && !line.holds(0xABCE))
    }
  }

  @Test func visitsAreCountedUpToTheirLimit() {
    withLine { line in
      line.clear(for: 1)
      for _ in 0..<5000 { line.countVisit(limit: 4095) }
      #expect(line.visits == 4095 && line.used == 0)
      line.forgetVisit()
      #expect(line.visits == 4094)
    }
  }

  @Test func everyLineHasAClass() {
    withLine { line in
      var classes: Set<Int> = []
      line.clear(for: 1)
      for visit in 0..<4095 {
        line.countVisit(limit: 4095)
        if visit < 12 { line.moveToFront(UInt8(visit), orInsert: 0) }
        #expect((0..<ConnectionLine.classes).contains(line.class))
        classes.insert(line.class)
      }
      #expect(classes.count > 12)
    }
  }

  /// Asks and learns as an online coder does, with the softmax of the sums alone, and returns the mean loss in nats
  /// of the last `count` bytes.
  private func loss(_ text: [UInt8], orders: Int, memory: Int = 1 << 20, last count: Int) throws
    -> Double
  {
    let direct = try DirectConnections(
      orders: orders, memory: memory, byteCount: text.count, streams: 1, kernels: .best)
    let groups = FloatBuffer(count: direct.groupCount * 256)
    var sum = 0.0
    for (index, byte) in text.enumerated() {
      _ = direct.sum(0, into: groups.base)
      let logits = (0..<256).map { symbol in
        (0..<direct.groupCount).reduce(Float(0)) { $0 + groups.base[$1 * 256 + symbol] }
      }
      let gradient = FloatBuffer(count: 256)
      gradient.base.update(from: logits, count: 256)
      var loss: Float = 0
      Kernels.best.table.pointee.softmax_loss(1, gradient.base, [byte], 1, &loss)
      if index >= text.count - count { sum += Double(loss) }
      for table in 0..<direct.tableCount {
        direct.learn(table: table, stream: 0, byte: byte, gradient: gradient.base)
      }
      direct.advance(0, past: byte)
    }
    return sum / Double(count)
  }

  /// After a byte of 'a' or 'b' comes 'b' or 'a' seven times of eight: 0.3768 nats each.
  @Test func theyLearnTheRateOfASource() throws {
    var random = SeededGenerator(seed: 3)
    var text: [UInt8] = [97]
    for _ in 0..<20_000 {
      let stays = UInt64.random(in: 0..<8, using: &random) == 0
      text.append(stays ? text.last! : 195 - text.last!)
    }
    let entropy = 0.3768
    let found = try loss(text, orders: 1, last: 10_000)
    #expect(found > entropy - 0.02 && found < entropy + 0.03, "\(found)")
  }

  /// Each byte is decided by a few before it; by the last one alone, 1.6 nats would be left.
  @Test func longContextsAreLearned() throws {
    var random = SeededGenerator(seed: 4)
    let cycle = (0..<40).map { _ in UInt8.random(in: 97...101, using: &random) }
    let text = (0..<4000).map { cycle[$0 % cycle.count] }
    #expect(try loss(text, orders: 8, last: 1000) < 0.01)
  }

  @Test func littleMemoryIsStillCorrect() throws {
    var random = SeededGenerator(seed: 5)
    let text = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let found = try loss(text, orders: 8, memory: 4096, last: 1000)
    #expect(found < 8.5, "nothing to learn, and 5.55 nats are what it costs: \(found)")
  }

  @Test func contextsOfWordsKnowWordsOnly() {
    var one = StreamContexts()
    var other = StreamContexts()
    for byte in "Of the, whal".utf8 { one.advance(past: byte) }
    for byte in "all of The  WHAL".utf8 { other.advance(past: byte) }
    #expect(one.hash(.word) == other.hash(.word))
    #expect(one.hash(.pair) == other.hash(.pair))
    #expect(one.hash(.triple) == other.hash(.triple))
    #expect(one.hash(.skip) == other.hash(.skip))
    #expect(one.hash(.skippedByte) != other.hash(.skippedByte))
    #expect(one.hash(order: 3) != other.hash(order: 3))
    other.advance(past: 101)
    #expect(one.hash(.word) != other.hash(.word))
  }

  @Test func contextsOfBytesKnowAsManyAsTheyAreOf() {
    var one = StreamContexts()
    var other = StreamContexts()
    for byte in "the whale".utf8 { one.advance(past: byte) }
    for byte in "a while".utf8 { other.advance(past: byte) }
    #expect(one.row(order: 2) == Int(UInt8(ascii: "l")) << 8 | Int(UInt8(ascii: "e")))
    #expect(one.row(order: 0) == 0)
    #expect(one.hash(order: 2) == other.hash(order: 2))
    for order in 3...8 { #expect(one.hash(order: order) != other.hash(order: order)) }
    #expect(Set((3...8).map { one.hash(order: $0) }).count == 6)
  }
}
