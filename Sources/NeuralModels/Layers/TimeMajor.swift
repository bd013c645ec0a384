/// Batches lie sequence after sequence; a recurrent network goes through them step after step. These put
/// [sequences][time] in the order [time][sequences] and back.
enum TimeMajor {
  static func arrange(
    _ bytes: UnsafePointer<UInt8>, sequences: Int, time: Int,
    into steps: UnsafeMutablePointer<UInt8>
  ) {
    for sequence in 0..<sequences {
      for step in 0..<time {
        steps[step * sequences + sequence] = bytes[sequence * time + step]
      }
    }
  }

  /// rows [sequences][time][columns] from steps [time][sequences][columns].
  static func restore(
    _ steps: UnsafePointer<Float>, columns: Int, sequences: Int, time: Int, into rows: Floats
  ) {
    for sequence in 0..<sequences {
      for step in 0..<time {
        (rows + (sequence * time + step) * columns).update(
          from: steps + (step * sequences + sequence) * columns, count: columns)
      }
    }
  }
}
