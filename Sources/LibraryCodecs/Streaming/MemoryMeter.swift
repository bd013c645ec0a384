import CMemoryMeter

/// Counts what a library allocates through our allocation functions.
///
/// An engine frees its library's state before it lets go of the meter.
final class MemoryMeter {
  private let meter = Stable(bpb_memory_meter())

  /// What the library's allocation hooks get as their context.
  var context: UnsafeMutableRawPointer { UnsafeMutableRawPointer(meter.address) }

  /// The most bytes held at one time so far.
  var peak: Int { meter.address.pointee.peak }
}

/// Size in bytes of the shared library that holds `symbol`; nil if it is linked into the program itself
/// or its file cannot be found.
func libraryBytes(holding symbol: UnsafeRawPointer?) -> Int? {
  let bytes = bpb_library_bytes(symbol)
  return bytes < 0 ? nil : Int(bytes)
}
