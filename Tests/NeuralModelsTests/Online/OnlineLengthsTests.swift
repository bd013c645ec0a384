import BPBCore
import ByteModels
import Testing

@testable import NeuralModels

@Suite struct OnlineLengthsTests {
  /// Streams are coded side by side; each byte's bits still stand in its own place.
  @Test func aSurpriseIsWhereItStands() throws {
    let shape = try OnlineCodecTests.shape("gru:width=8:embedding=4", streams: 2, contexts: 2)
    var text = (0..<8400).map { UInt8(ascii: "a") + UInt8($0 % 4) }
    let places = [3000, 7001]
    for place in places { text[place] = UInt8(ascii: "Z") }
    #expect(shape.fitted(to: text.count).streams == 2)
    let lengths = try OnlineCodec(shape).byteLengths(of: text.span) {}
    for place in places {
      let around = lengths.bits[place - 200..<place]
      #expect(lengths.bits[place] > 4 && around.allSatisfy { $0 < 2 }, "\(lengths.bits[place])")
    }
  }

  @Test(arguments: [0, 1, 2, 4097, 8200])
  func theyAddUp(count: Int) throws {
    let shape = try OnlineCodecTests.shape("mlp:context=3:embedding=4:width=8", contexts: 1)
    let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3 % 7) }
    let codec = OnlineCodec(shape)
    let lengths = try codec.byteLengths(of: text.span) {}
    let coded = try codec.encode(text.span)
    let framing = LEB128.encode(count).count
    let excess = Double(8 * (coded.count - framing)) - lengths.bits.reduce(0, +)
    #expect(lengths.bits.count == count && abs(excess) <= 64, "\(excess)")
  }
}
