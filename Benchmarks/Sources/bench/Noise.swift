import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How busy other processes keep the machine while this one measures.
struct Noise {
  private let start: Reading?

  /// Begins to listen.
  init() { start = Reading() }

  /// The share of all cores that others took since; nil where /proc/stat does not tell.
  private var share: Double? {
    guard let start, let now = Reading(), now.total > start.total else { return nil }
    let ours = (now.oursInSeconds - start.oursInSeconds) * Double(sysconf(Int32(_SC_CLK_TCK)))
    return max(Double(now.busy - start.busy) - ours, 0) / Double(now.total - start.total)
  }

  /// The share for people, and what follows from it.
  var sentence: String {
    guard let share else { return "How busy the machine was otherwise cannot be told here." }
    let percent = Unit.fixed(share * 100, decimals: 1)
    return "Other processes took \(percent) % of the machine meanwhile; measure where it is idle."
  }

  private struct Reading {
    /// In ticks, over all cores: not idle, and idle or not.
    let busy: Int
    let total: Int
    /// Of this process and the commands that it ran.
    let oursInSeconds: Double

    init?() {
      guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
        let line = text.split(separator: "\n").first
      else { return nil }
      // User, nice, system, idle, waiting for a disk, …: proc_stat(5).
      let ticks = line.split(separator: " ").dropFirst().compactMap { Int($0) }
      guard ticks.count >= 8 else { return nil }
      total = ticks[..<8].reduce(0, +)
      busy = total - ticks[3] - ticks[4]
      oursInSeconds = Platform.ownCPUSeconds()
    }
  }
}
