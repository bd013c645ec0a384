/// One line of the result: a figure beside what is asked of it.
struct Line {
  enum Verdict: Equatable {
    case held, missed
    /// Nothing is asked: it explains other lines.
    case shown
    /// Could not be measured here, and why.
    case skipped(String)
  }

  let name: String
  let verdict: Verdict
  let cells: [String]

  /// A figure that was measured several times; its median is held against the limit.
  init(_ name: String, _ samples: [Double], _ limit: Limit) {
    self.init(name, median: Statistics.median(samples), best: limit.best(of: samples), limit)
  }

  /// - Parameter best: what is shown beside the median.
  init(_ name: String, median: Double, best: Double, _ limit: Limit) {
    self.name = name
    verdict = limit.holds(median) ? .held : .missed
    cells = [limit.unit.text(median), limit.unit.text(best), limit.description]
  }

  /// A figure that nothing is asked of.
  init(_ name: String, _ samples: [Double], _ unit: Unit) {
    self.name = name
    verdict = .shown
    cells = [unit.text(Statistics.median(samples)), unit.text(samples.min() ?? .nan), "-"]
  }

  init(_ name: String, skipped reason: String) {
    self.name = name
    verdict = .skipped(reason)
    cells = []
  }
}

/// What is asked of a figure.
struct Limit: CustomStringConvertible {
  enum Side { case atMost, atLeast }

  let side: Side
  let value: Double
  let unit: Unit

  init(_ side: Side, _ value: Double, _ unit: Unit) {
    self.side = side
    self.value = value
    self.unit = unit
  }

  func holds(_ figure: Double) -> Bool { side == .atMost ? figure <= value : figure >= value }

  func best(of samples: [Double]) -> Double {
    (side == .atMost ? samples.min() : samples.max()) ?? .nan
  }

  var description: String { "\(side == .atMost ? "<=" : ">=") \(unit.text(value))" }
}

/// How figures are written.
enum Unit: String {
  case ratio = ""
  case megabytesPerSecond = " MB/s"
  case milliseconds = " ms"
  case seconds = " s"
  case mebibytes = " MiB"

  func text(_ figure: Double) -> String {
    Self.fixed(figure, decimals: self == .ratio ? 3 : 1) + rawValue
  }

  /// `figure` with so many digits after the point; figures here are neither negative nor huge.
  static func fixed(_ figure: Double, decimals: Int) -> String {
    guard figure.isFinite else { return "none" }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let units = Int((figure * Double(scale)).rounded())
    let fraction = String(abs(units) % scale + scale).dropFirst()
    return "\(units < 0 ? "-" : "")\(abs(units) / scale).\(fraction)"
  }
}

enum Statistics {
  /// The middle value, or the mean of the two in the middle; not a number for none.
  static func median(_ samples: [Double]) -> Double {
    guard !samples.isEmpty else { return .nan }
    let sorted = samples.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
