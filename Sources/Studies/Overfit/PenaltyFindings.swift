import Evidence
import Reports
import RunRecords

/// In what form the penalty of overfitting grows with a network's size: whichever form predicts sizes best that it was not
/// fitted to.
struct PenaltyFindings {
  /// What may be meant by a penalty, of one run.
  enum Penalty: String, CaseIterable {
    /// By how much the test loss rose from its best.
    case rise
    /// The test loss less that on the text learned from.
    case gap

    func value(of cell: StudyCellRecord) -> Double? {
      cell.figures["test"].flatMap { test in
        cell.figures[self == .rise ? "best_test" : "train"].map { test - $0 }
      }
    }
  }

  private let results: StudyResults
  /// Runs over the same bytes as often, with nothing against overfitting: of each seed those of all sizes, the smallest first.
  private let ladders: [[StudyCellRecord]]
  private let sizes: [String]

  /// The penalties after `epochs` epochs over `unique` bytes.
  init(_ results: StudyResults, unique: String, epochs: String) {
    self.results = results
    let cells = results.cells(where: ["unique": unique, "epochs": epochs, "against": "none"])
      .sorted { $0.figures["parameters"] ?? 0 < $1.figures["parameters"] ?? 0 }
    let sizes = results.values(of: "size", in: cells)
    self.sizes = sizes
    ladders = results.values(of: "seed", in: cells)
      .map { seed in cells.filter { $0.parameter("seed") == seed } }
      .filter { $0.count == sizes.count }
  }

  private var hasEnoughSizes: Bool { sizes.count >= PenaltyForm.fewestSizes }

  /// The misses of `form` on sizes that were left out: of each seed those of all sizes, the smallest first.
  private func misses(_ form: PenaltyForm, _ penalty: Penalty) -> [[Double]] {
    ladders.compactMap { cells in
      let points = cells.compactMap { cell in
        penalty.value(of: cell).flatMap { value in
          cell.figures["parameters"].map { (size: $0, penalty: value) }
        }
      }
      return points.count == sizes.count ? form.misses(leavingOutEachOf: points) : nil
    }
  }

  private static func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  /// The error of `form` over all sizes left out, of each seed.
  private func errors(_ form: PenaltyForm) -> [Double] {
    misses(form, .rise).map(Self.rootMeanSquare)
  }

  var answers: [StudyAnswer] {
    guard hasEnoughSizes else {
      return [
        StudyAnswer(
          OverfitStudy.exponential,
          refusing:
            "too few sizes: a form can be told from another by \(PenaltyForm.fewestSizes) at least, and here are \(sizes.count)."
        )
      ]
    }
    let rivals = [PenaltyForm.power, .logarithm].map(errors)
    let best = rivals.min { $0.mean ?? .infinity < $1.mean ?? .infinity } ?? []
    let differences = zip(errors(.exponential), best).map { $0 - $1 }
    return [StudyAnswer(OverfitStudy.exponential, Estimate(meanOf: differences), results)]
  }

  var table: ReportTable {
    let rows = Penalty.allCases.flatMap { penalty in
      PenaltyForm.allCases.map { form -> [String] in
        let misses = misses(form, penalty)
        return [
          penalty.rawValue, form.rawValue,
          NumberFormat.fixed(misses.map(Self.rootMeanSquare).mean, decimals: 2),
          NumberFormat.fixed(misses.compactMap(\.last).map(abs).mean, decimals: 2),
        ]
      }
    }
    return ReportTable(
      kind: .study, title: "How the penalty grows with size, by what predicts sizes left out",
      note:
        "Errors in natural logarithms, 0.1 a miss by a tenth, means over seeds; of all sizes, each left out in turn, and of the "
        + "largest.",
      heads: ["penalty", "form", "error", "of the largest"], rows: hasEnoughSizes ? rows : [])
  }
}
