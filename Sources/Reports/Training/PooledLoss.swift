import RunRecords

/// The mean loss over the bytes of several lines of a training log, which say what was lost since the line before.
struct PooledLoss {
  private var bits = 0.0
  private var bytes = 0.0
  private var position = 0

  /// Bytes that are pooled.
  var byteCount: Int { Int(bytes) }

  /// Adds the bytes of the next line.
  mutating func add(_ record: TrainingRecord) {
    if let loss = record.trainLoss, record.bytes > position {
      bits += loss * Double(record.bytes - position)
      bytes += Double(record.bytes - position)
    }
    position = record.bytes
  }

  /// Bits per byte of what is pooled, of which there must be some; then it begins anew.
  mutating func take() -> Double {
    defer { (bits, bytes) = (0, 0) }
    return bits / bytes
  }
}
