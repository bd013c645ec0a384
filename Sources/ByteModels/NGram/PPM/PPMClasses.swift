/// Tables that every PPM model reads.
///
/// `@unchecked Sendable`: written once, when they are made.
final class PPMClasses: @unchecked Sendable {
  static let shared = PPMClasses()

  /// By how many symbols the next shorter context knows, less one: 0, 2, 4 or 6.
  let ofSuffix: UnsafeMutablePointer<UInt8>
  /// By how many symbols compete: 0 to 7.
  let ofCount: UnsafeMutablePointer<UInt8>
  /// 2^31 / n.
  private let reciprocals: UnsafeMutablePointer<UInt32>

  private init() {
    ofSuffix = .allocate(capacity: 256)
    ofCount = .allocate(capacity: 257)
    reciprocals = .allocate(capacity: 1 << 16)
    for n in 0..<256 { ofSuffix[n] = n < 2 ? UInt8(2 * n) : n < 11 ? 4 : 6 }
    let limits = [1, 2, 3, 5, 9, 17, 40]
    for n in 0...256 { ofCount[n] = UInt8(limits.count { n >= $0 }) }
    reciprocals[0] = 0
    for n in 1..<1 << 16 { reciprocals[n] = UInt32((1 << 31) / n) }
  }

  /// `frequency`/`total` in parts of 65536, kept away from 0 and 1.
  @inline(__always)
  func share(of frequency: Int, in total: Int) -> Int {
    let share = (frequency &* Int(reciprocals[total & 0xFFFF])) &>> 15
    return min(max(share, 32), 65500)
  }
}
