package import BPBCore

/// A safetensors file that was read and checked; the tensors' bytes stay where they are.
package struct SafetensorsFile: Sendable {
  package let header: SafetensorsHeader
  private let file: ModelBytes
  private let dataStart: Int

  /// Whether a file that begins with `bytes` means to be one of these.
  package static func recognises(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 10 && bytes[8] == UInt8(ascii: "{")
      && Array("\"} \n\r\t".utf8).contains(bytes[9])
  }

  /// Reads and checks the header of `file`. Nothing is allocated by a length that the file announces.
  ///
  /// - Throws: `badData` with a sentence for whatever is wrong with the file.
  package init(_ file: ModelBytes) throws(BPBError) {
    let length = try Self.headerLength(of: file)
    dataStart = 8 + length
    self.file = file
    var parser = SafetensorsParser(UnsafeBufferPointer(rebasing: file.buffer[8..<8 + length]))
    var header = try parser.header()
    header.tensors.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    try header.check(dataCount: file.count - dataStart)
    self.header = header
  }

  private static func headerLength(of file: ModelBytes) throws(BPBError) -> Int {
    guard file.count >= 8 else {
      throw BPBError(
        .badData, "the file ends inside its first 8 bytes", advice: "get the whole file")
    }
    let length = UInt64(littleEndian: file.base.loadUnaligned(as: UInt64.self))
    guard length <= SafetensorsHeader.longest else {
      throw BPBError(
        .badData,
        "the header's length, \(length) bytes, is beyond \(SafetensorsHeader.longest), the most that "
          + "there may be", advice: "get a fresh copy of the file")
    }
    guard Int(length) <= file.count - 8 else {
      throw BPBError(
        .badData,
        "the file ends inside its header: \(Int(length) - file.count + 8) more bytes should follow",
        advice: "get the whole file")
    }
    return Int(length)
  }

  /// The numbers of `tensor`, a tensor of the header, written to `floats`.
  package func read(
    _ tensor: SafetensorsHeader.Tensor, into floats: UnsafeMutablePointer<Float>
  ) {
    let count = tensor.range.count / tensor.type.byteCount
    withExtendedLifetime(file) {
      tensor.type.read(
        file.base + dataStart + tensor.range.lowerBound, count: count, into: floats)
    }
  }
}

extension SafetensorsHeader {
  /// Checks tensors that are sorted by their places.
  ///
  /// - Throws: `badData` unless each takes the room of its shape, and all of them, side by side, the file's
  ///   `dataCount` bytes.
  fileprivate func check(dataCount: Int) throws(BPBError) {
    var end = 0
    for tensor in tensors {
      let name = "the tensor '\(SafeText.escape(tensor.name))'"
      guard tensor.byteCount == tensor.range.count else {
        throw BPBError(
          .badData,
          "\(name) has \(tensor.range.count) bytes, which its shape \(tensor.shape) does not take",
          advice: "get a fresh copy of the file")
      }
      guard tensor.range.upperBound <= dataCount else {
        throw BPBError(
          .badData, "the file ends inside \(name)", advice: "get the whole file")
      }
      guard tensor.range.lowerBound == end else {
        throw BPBError(
          .badData,
          tensor.range.lowerBound < end
            ? "\(name) begins inside the one before it" : "there is a gap before \(name)",
          advice: "get a fresh copy of the file")
      }
      end = tensor.range.upperBound
    }
    guard end == dataCount else {
      throw BPBError(
        .badData, "the file goes on after its last tensor", advice: "get a fresh copy of the file")
    }
  }
}

extension SafetensorsHeader.Tensor {
  /// Bytes that the shape takes; nil if no file can hold them.
  fileprivate var byteCount: Int? {
    var count = type.byteCount
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows else { return nil }
      count = product
    }
    return count
  }
}
