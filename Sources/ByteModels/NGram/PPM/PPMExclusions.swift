/// The symbols that an escape has ruled out, forgotten in one step.
struct PPMExclusions: ~Copyable {
  private let stamps: UnsafeMutablePointer<UInt32>
  private var stamp: UInt32 = 0

  init() {
    stamps = .allocate(capacity: 256)
    stamps.initialize(repeating: 0, count: 256)
  }

  deinit { stamps.deallocate() }

  /// Forgets all.
  @inline(__always)
  mutating func begin() {
    stamp &+= 1
    if _slowPath(stamp == 0) {
      stamps.update(repeating: 0, count: 256)
      stamp = 1
    }
  }

  @inline(__always)
  mutating func exclude(_ symbol: UInt8) { stamps[Int(symbol)] = stamp }

  @inline(__always)
  func contains(_ symbol: UInt8) -> Bool { stamps[Int(symbol)] == stamp }
}
