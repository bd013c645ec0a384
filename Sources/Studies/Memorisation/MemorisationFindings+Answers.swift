import BPBCore
import Evidence
import RunRecords

extension MemorisationFindings {
  /// - Parameter slopes: see `extractionSlopes`.
  func answers(_ slopes: [Estimate]?) -> [StudyAnswer] {
    typealias Own = MemorisationStudy
    let known = StudyAnswer(Own.strangers, strangersEstimate, results)
    let refusal = fraud
    func answer(_ claim: StudyClaim, _ estimate: Estimate?) -> StudyAnswer {
      refusal.map { StudyAnswer(claim, refusing: $0) } ?? StudyAnswer(claim, estimate, results)
    }
    let loss = lossDifference(.deduplicated, .planted)
    return [
      answer(Own.repeats, slopes?[0]), answer(Own.size, slopes?[1]), answer(Own.prefix, slopes?[2]),
      known, answer(Own.extracted, share(.canaries)), answer(Own.passages, passageExcess),
      answer(Own.kept, Estimate(meanOf: bitsKept.map(\.bits))),
      answer(Own.beside, Estimate(meanOf: bitsKept.map { $0.hasImproved ? $0.bits : 0 })),
      answer(Own.generalises, lossDifference(.planted, .quarter)),
      answer(Own.crowding, Estimate(meanOf: crowding)), answer(Own.forgets, forgetting),
      answer(Own.keepsLoss, loss), answer(Own.costs, loss),
    ]
  }

  private var largest: String? { networks.last }

  var mostCopies: Int {
    // The same number for canaries and passages.
    min(Planting.canaryCopies.max()!, Planting.passageCopies.max()!)
  }

  // MARK: Extraction

  private var strangersEstimate: Estimate? {
    let (count, completed) = strangers
    return Proportion(completed, of: count)?.estimate
  }

  /// What a doubling of copies, parameters and prefix adds to the log odds of extracting a canary, over networks.
  func extractionSlopes(draws: Int) -> [Estimate]? {
    let parameters = networks.compactMap { model in
      results.cells(where: ["model": model]).mean("parameters").map { (model, $0) }
    }
    guard parameters.count > 1 else { return nil }
    let kinds = parameters.indices.flatMap { network in
      Planting.prefixes.indices.flatMap { prefix in
        Planting.canaryCopies.map { (network, prefix, copies: $0) }
      }
    }
    let covariates = kinds.map { network, prefix, copies in
      // Centred roughly, which changes the intercept alone.
      [
        1, Mathematics.log2(Double(copies)) - 3, Mathematics.log2(parameters[network].1) - 14,
        Mathematics.log2(Double(Planting.prefixes[prefix])) - 3,
      ]
    }
    let replicates = seeds.map { seed in
      units(parameters.map { strings(.canaries, $0.0, .planted, seed) })
    }.filter { !$0.isEmpty }
    var generator = SeededGenerator(seed: results.plan.seed)
    return Bootstrap(draws: draws).distributions(
      ofLogistic: replicates, covariates: covariates, using: &generator)?
      .dropFirst().map { $0.estimate(level: 0.95) }
  }

  /// Each canary with its trials under all networks, in the order of the covariates; none where a network was not measured.
  private func units(_ known: [[Known]]) -> [LogisticUnit] {
    let (prefixes, copies) = (Planting.prefixes, Planting.canaryCopies)
    let count = known.first?.count ?? 0
    guard known.allSatisfy({ $0.count == count }) else { return [] }
    return (0..<count).map { canary in
      LogisticUnit(
        known.indices.flatMap { network in
          prefixes.indices.compactMap { prefix in
            copies.firstIndex(of: known[network][canary].copies).map {
              LogisticUnit.Trial(
                covariates: (network * prefixes.count + prefix) * copies.count + $0,
                succeeded: known[network][canary].isExtracted(after: prefixes[prefix]))
            }
          }
        })
    }
  }

  /// One number for each string planted most often, as a replicate of one seed: 1 where it is extracted.
  private func replicates(
    _ set: StringSet, _ learned: Planting.Learned, copies: Int? = nil
  ) -> [Replicate] {
    guard let largest else { return [] }
    return seeds.map { seed in
      Replicate(
        blocks: strings(set, largest, learned, seed).filter { $0.copies == copies ?? mostCopies }
          .map {
            BlockCost(bits: $0.isExtracted(after: Self.longestPrefix) ? 1 : 0, bytes: 1)
          })
    }.filter { !$0.blocks.isEmpty }
  }

  private func distribution(_ replicates: [Replicate]) -> BootstrapDistribution? {
    var generator = SeededGenerator(seed: results.plan.seed)
    return Bootstrap().distribution(of: replicates, blocks: .own, using: &generator)
  }

  /// The share that the largest network extracts: the wider of what seeds differ by and of Wilson's interval, which does not
  /// shrink to nothing where all or none are extracted.
  private func share(
    _ set: StringSet, _ learned: Planting.Learned = .planted, copies: Int? = nil
  ) -> Estimate? {
    let replicates = replicates(set, learned, copies: copies)
    guard let distribution = distribution(replicates),
      let wilson = Interval.wilson(
        successes: Int(replicates.reduce(0) { $0 + $1.bits }),
        of: Int(replicates.reduce(0) { $0 + $1.bytes }))
    else { return nil }
    return Estimate(
      value: distribution.estimate, interval: distribution.interval().union(wilson))
  }

  private var passageExcess: Estimate? {
    share(.passages).flatMap { own in
      share(.heldOut, copies: 0).map { Estimate(difference: own, minus: $0) }
    }
  }

  /// The same passages, deduplicated less plain; not paired, as differences that are all alike would leave no interval.
  private var forgetting: Estimate? {
    share(.passages, .deduplicated).flatMap { deduplicated in
      share(.passages).map { Estimate(difference: deduplicated, minus: $0) }
    }
  }

  // MARK: Bits

  /// Of each seed, per canary planted most often; and whether all of the text made new text cheaper than a quarter of it.
  private var bitsKept: [(bits: Double, hasImproved: Bool)] {
    guard let largest else { return [] }
    return seeds.compactMap { seed in
      let losses = [Planting.Learned.planted, .quarter].compactMap {
        cell(largest, $0, seed)?.figures["test"]
      }
      guard losses.count == 2 else { return nil }
      return meanSaved(.canaries, copies: mostCopies...mostCopies, largest, seed: seed)
        .map { ($0, losses[0] < losses[1]) }
    }
  }

  /// Of each seed, per canary, how much less is saved in all of the text than in a quarter of it.
  private var crowding: [Double] {
    guard let largest else { return [] }
    return seeds.compactMap { seed in
      let saved = [Planting.Learned.planted, .quarter].compactMap {
        meanSaved(.canaries, copies: 1...mostCopies, largest, $0, against: .clean, seed: seed)
      }
      return saved.count == 2 ? saved[0] - saved[1] : nil
    }
  }

  private func lossDifference(
    _ first: Planting.Learned, _ second: Planting.Learned
  ) -> Estimate? {
    guard let largest else { return nil }
    return results.difference(
      of: seeds.compactMap { seed in
        guard let left = cell(largest, first, seed)?.replicate("test", of: results.plan),
          let right = cell(largest, second, seed)?.replicate("test", of: results.plan)
        else { return nil }
        return (left, right)
      })?.estimate(level: 0.95)
  }
}
