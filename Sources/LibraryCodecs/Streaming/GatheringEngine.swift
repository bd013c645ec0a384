import BPBCore

/// Feeds an engine in blocks of one size, for engines whose output depends on how they are fed.
final class GatheringEngine: LibraryEngine {
  private let engine: any LibraryEngine
  private let block: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  /// Bytes that were put into the block, and those of them that the engine has taken.
  private var filled = 0
  private var used = 0

  /// Feeds `engine` an input of `byteCount` bytes in blocks of `blockSize`.
  init(_ engine: any LibraryEngine, blockSize: Int, byteCount: Int) {
    self.engine = engine
    capacity = min(blockSize, byteCount)
    block = .allocate(capacity: capacity)
  }

  deinit { block.deallocate() }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    fill(from: &transfer)
    let isLastBlock = isLast && transfer.inputCount == 0
    guard isLastBlock || filled == capacity else { return false }
    var rest = Transfer(
      input: block + used, count: filled - used,
      output: transfer.output, room: transfer.outputCount)
    let isAtEnd = try engine.step(&rest, isLast: isLastBlock)
    transfer.advance(read: 0, wrote: transfer.outputCount - rest.outputCount)
    used = filled - rest.inputCount
    if used == filled { (filled, used) = (0, 0) }
    return isAtEnd
  }

  var peakMemory: Int { engine.peakMemory }

  private func fill(from transfer: inout Transfer) {
    guard let input = transfer.input else { return }
    let taken = min(capacity - filled, transfer.inputCount)
    (block + filled).update(from: input, count: taken)
    filled += taken
    transfer.advance(read: taken, wrote: 0)
  }
}
