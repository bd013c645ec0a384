import Reports
public import RunRecords

/// How well a grid's run used the machine: the operations of its products beside what the kernels can do at their best.
public struct GridUse {
  /// Floating-point operations of the products that networks learn and predict by.
  let operations: Double
  /// Those of the products that make updates orthogonal.
  let updates: Double
  /// Seconds of cores.
  let seconds: Double
  let peak: Double

  /// The use by `run`'s own cells among `records`; nil if there are none.
  public init?(_ run: String, in records: Records, seconds: Double, threads: Int, pace: GridPace) {
    let own = records.studyCells.filter { $0.run == run }
    operations = own.compactMap { $0.figures["operations"] }.reduce(0, +)
    updates = own.compactMap { $0.figures["update_operations"] }.reduce(0, +)
    guard operations > 0, seconds > 0, pace.peak > 0 else { return nil }
    self.seconds = seconds * Double(threads)
    peak = pace.peak
  }

  /// In a sentence.
  public var sentence: String {
    let speed = (operations + updates) / seconds
    return
      "\(GridFormat.operations(operations + updates)) operations of products in \(NumberFormat.duration(seconds)) of "
      + "cores: \(GridFormat.giga(speed)) Gop/s a core, \(share(operations + updates)) of the kernels' best "
      + "(\(GridFormat.giga(peak)) Gop/s); \(share(operations)) in networks, \(share(updates)) in making updates orthogonal"
  }

  private func share(_ operations: Double) -> String {
    "\(NumberFormat.fixed(operations / seconds / peak * 100, decimals: 0)) %"
  }
}
