import BitsPerByte
import Reports
import SystemPackage

/// A line on standard error that says how far a run is, redrawn in place; nothing where that is not a
/// terminal.
struct Progress {
  private let isShown: Bool
  private let clock = MonotonicClock()
  private let total: Double
  private let cells: Int
  private var done = 0.0
  private var doneCells = 0

  init(_ cells: [Cell]) {
    isShown = Terminal.isTerminal(.standardError)
    self.cells = cells.count
    total = cells.reduce(0) { $0 + $1.expectedSeconds }
  }

  mutating func finished(_ cell: Cell) {
    done += cell.expectedSeconds
    doneCells += 1
    draw("\(doneCells) of \(cells), \(NumberFormat.percent(done / total))\(remaining)")
  }

  /// Takes the line away.
  func end() { write("") }

  private var remaining: String {
    let elapsed = clock.now()
    guard elapsed > 1 else { return "" }
    return ", about \(NumberFormat.duration(elapsed / done * max(total - done, 0))) left"
  }

  private func draw(_ text: String) { write("measuring: \(text)") }

  private func write(_ text: String) {
    guard isShown else { return }
    _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K\(text)".utf8)
  }
}
