/// Byte counts as people write them: `64MiB`, `10MB`, `4096`.
public enum ByteSize {
  private static let units: [(name: String, bytes: Int)] = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("B", 1),
  ]

  /// The number of bytes that `text` means; nil if it is not a non-negative size.
  ///
  /// KiB, MiB, GiB (or K, M, G) are powers of 1024; kB, MB, GB powers of 1000.
  public static func parse(_ text: String) -> Int? {
    let unit = units.first { text.hasSuffix($0.name) }
    let digits = text.dropLast(unit?.name.count ?? 0)
    guard let count = Int(digits), count >= 0, digits.first != "+" else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit?.bytes ?? 1)
    return overflow ? nil : bytes
  }

  /// The shortest exact spelling in powers of 1024: 67108864 is `64MiB`.
  public static func exact(_ bytes: Int) -> String {
    let unit = units.prefix(4).last { bytes >= $0.bytes && bytes % $0.bytes == 0 }
    return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)"
  }
}
