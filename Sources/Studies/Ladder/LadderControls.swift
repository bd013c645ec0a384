import Reports
import RunRecords

/// What the ladder's coders make of uniform random bytes, which no honest account makes shorter.
///
/// A correct code is so many bits below 8 a byte with a chance of 2 to the minus that number. One that forgets to charge what it
/// knows by heart is far below, as soon as it knows anything by heart: so a network that does is among the controls.
struct LadderControls {
  static let accounts = ["held-out", "two-part", "prequential", "coded"]
  /// Bits a byte that arithmetic may be off.
  private static let tolerance = 0.002
  /// A network knows its bytes by heart if they are shorter than this without its weights, in bits a byte.
  private static let byHeart = 6.0

  private let cells: [StudyCellRecord]

  init(_ results: StudyResults) {
    cells = results.cells.filter {
      $0.parameter("text")?.hasPrefix(LadderCell.Source.controls) == true
    }
  }

  /// An account of a coder, in bits per byte.
  private struct Entry {
    var coder: String
    var account: String
    var value: Double
  }

  private func entries(_ accounts: [String]) -> [Entry] {
    cells.flatMap { cell in
      accounts.compactMap { account in
        cell.figures[account].map { Entry(coder: cell.coder, account: account, value: $0) }
      }
    }
  }

  private var learned: StudyCellRecord? { cells.first { $0.parameter("network") != nil } }

  /// Why there is no verdict on a claim that rests on `accounts`; nil if there may be one.
  func refusal(of accounts: [String]) -> String? {
    for account in accounts {
      guard let least = entries([account]).min(by: { $0.value < $1.value }) else {
        return "no coder was held against random bytes by the account \(account)."
      }
      if least.value < 8 - Self.tolerance {
        return
          "by the account \(account) \(least.coder) takes \(NumberFormat.fixed(least.value, decimals: 3)) bits for each "
          + "random byte, and nothing honest takes less than 8."
      }
    }
    if accounts.contains("two-part"), !(learned?.figures["residual"] ?? 8 < Self.byHeart) {
      return
        "the network that was to know random bytes by heart does not, so that nothing shows whether its weights are charged."
    }
    return nil
  }

  /// What the controls came to, in a sentence.
  var reading: [String] {
    guard let least = entries(Self.accounts).min(by: { $0.value < $1.value }) else { return [] }
    let all =
      "Of uniform random bytes the least account is \(least.account) by \(least.coder): "
      + "\(NumberFormat.fixed(least.value, decimals: 3)) bits per byte."
    guard let learned, let total = learned.figures["two-part"],
      let residual = learned.figures["residual"], let bytes = learned.figures["bytes"]
    else { return [all] }
    return [
      all
        + " A network that knows \(NumberFormat.whole(bytes)) of them by heart takes \(NumberFormat.fixed(residual, decimals: 3)) "
        + "without its weights, and \(NumberFormat.fixed(total, decimals: 3)) with them."
    ]
  }
}

extension StudyCellRecord {
  /// The coder of a ladder's cell, as tables name it.
  var coder: String {
    if let size = parameter("network") { return "\(size), sent along" }
    if let size = parameter("online") { return "\(size), online" }
    return parameter("coder") ?? cell
  }
}
