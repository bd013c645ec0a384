import BPBCore

/// A C library's encoder or decoder at work on one block.
///
/// An engine owns the library's state at one stable address and frees it when it is dropped.
protocol LibraryEngine: AnyObject {
  /// Calls the library once: it reads from `transfer` and writes to it what it can.
  ///
  /// - Parameter isLast: whether an encoder's input ends with this transfer. Decoders find their end
  ///   themselves.
  /// - Returns: whether the coded block is complete.
  /// - Throws: `badData` for bytes that no encoder wrote, `methodFailed` if the library gave up.
  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool

  /// The most bytes the library has held allocated so far.
  var peakMemory: Int { get }
}

/// Bytes that wait to be read and room that waits to be written, as one call of a library sees them.
struct Transfer {
  /// What is left to read; nil only if `inputCount` is 0.
  private(set) var input: UnsafePointer<UInt8>?
  private(set) var inputCount: Int
  /// The room that is left.
  private(set) var output: UnsafeMutablePointer<UInt8>
  private(set) var outputCount: Int

  init(
    input: UnsafePointer<UInt8>?, count inputCount: Int,
    output: UnsafeMutablePointer<UInt8>, room outputCount: Int
  ) {
    self.input = input
    self.inputCount = inputCount
    self.output = output
    self.outputCount = outputCount
  }

  /// Moves on behind what was read and what was written.
  mutating func advance(read: Int, wrote: Int) {
    input = input.map { $0 + read }
    inputCount -= read
    output += wrote
    outputCount -= wrote
  }

  /// Moves on so that so much is left.
  mutating func advance(inputLeft: Int, outputLeft: Int) {
    advance(read: inputCount - inputLeft, wrote: outputCount - outputLeft)
  }
}

/// A value of a C type at an address that does not change, as C libraries keep pointers to it.
final class Stable<Value> {
  let address: UnsafeMutablePointer<Value>

  init(_ value: Value) {
    address = .allocate(capacity: 1)
    address.initialize(to: value)
  }

  deinit {
    address.deinitialize(count: 1)
    address.deallocate()
  }
}
