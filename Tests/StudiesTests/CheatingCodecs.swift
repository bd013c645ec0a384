import BPBCore
import Synchronization

/// Codecs that would look well in a table.
struct CheatingCodec: Codec {
  enum Cheat: Sendable {
    /// The last byte of a block is not coded.
    case dropsAByte
    /// The block is kept elsewhere, and a number stands for it.
    case keepsASideFile
    /// Every size it tells is a byte too small.
    case tellsLess
    case none
  }

  let cheat: Cheat
  private let shelf = Shelf()

  var givesPrefixSizes: Bool { cheat == .tellsLess }

  init(_ cheat: Cheat) { self.cheat = cheat }

  func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    Coder { [shelf, cheat] block in
      switch cheat {
      case .dropsAByte: block.dropLast()
      case .keepsASideFile: [shelf.keep(block)]
      case .tellsLess, .none: block
      }
    }
  }

  func makeDecoder() throws(BPBError) -> any StreamCoder {
    Coder { [shelf, cheat] coded in
      cheat == .keepsASideFile && !coded.isEmpty ? shelf.block(coded[0]) : coded
    }
  }

  /// Blocks that are no part of the coded bytes.
  private final class Shelf: Sendable {
    private let blocks = Mutex<[[UInt8]]>([])

    func keep(_ block: [UInt8]) -> UInt8 {
      blocks.withLock { blocks in
        blocks.append(block)
        return UInt8(blocks.count - 1)
      }
    }

    func block(_ number: UInt8) -> [UInt8] { blocks.withLock { $0[Int(number)] } }
  }

  /// Hands on what `convert` makes of all that it was given.
  private final class Coder: StreamCoder {
    private var seen: [UInt8] = []
    private let convert: ([UInt8]) -> [UInt8]
    let peakMemory = 1
    let framingBytes = 0

    init(_ convert: @escaping ([UInt8]) -> [UInt8]) { self.convert = convert }

    var byteCountIfFinished: Int? { seen.count - 1 }

    func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) { seen.append(input) }

    func finish(to sink: ByteSink) throws(BPBError) {
      let output = convert(seen)
      try sink(output.span)
    }
  }
}

extension Method {
  /// A method that cheats, under that name.
  static func cheating(_ cheat: CheatingCodec.Cheat) -> Method {
    Method(
      name: "\(cheat)", version: nil, codec: CheatingCodec(cheat),
      memory: MemoryNeed(encoder: 1, decoder: 1), expectedSpeed: 1)
  }
}
