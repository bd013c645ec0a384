/// The whole distribution of the next byte, for those who ask: coding never needs it.
extension PPMModel: ForetellingModel where Decisions: ~Copyable {
  /// Fills `next` with the distribution that `code` codes the next byte under, as exactly as parts of 2^24
  /// can. Does not advance, and learns nothing: what each candidate that is not it would teach before the
  /// next is asked for is learned and unlearned again.
  package mutating func fillDistribution(_ next: inout ByteDistribution) {
    if tree.isFull { restart() }
    let (current, shortfall, upper) = (tree.current, tree.shortfall, upperSymbol)
    var shares = [Double](repeating: 0, count: 256)
    var log = UndoLog()
    exclusions.begin()
    var mass = spreadFirst(&shares, &log)
    var excluded = tree.context(current).symbolCount
    while mass > 0 && excluded < 256 {
      let context = tree.escape(past: excluded)
      mass = spreadAfterEscape(mass, in: context, excluded: excluded, &shares, &log)
      excluded = context.symbolCount
    }
    log.undo()
    (tree.current, tree.shortfall, upperSymbol) = (current, shortfall, upper)
    // Weights of 31 bits: their sum stays below 2^40, and rounding is finer than the distribution's own.
    let weights = shares.map { UInt32($0 * 0x1p31) }
    next.fill(proportionalTo: weights.span)
  }

  /// Gives the symbols of the longest context their shares, and excludes them.
  ///
  /// - Returns: the share of an escape.
  private mutating func spreadFirst(_ shares: inout [Double], _ log: inout UndoLog) -> Double {
    let context = tree.context(tree.current)
    if context.symbolCount == 1 {
      let candidate = binaryCandidate(in: context)
      let share = probabilityThenMiss(candidate, &log)
      shares[Int(candidate.symbol)] = share
      exclusions.exclude(candidate.symbol)
      return 1 - share
    }
    upperSymbol = tree.found.symbol >= 0x40 ? 8 : 0
    let first = tree.entries(of: context)
    let count = context.symbolCount
    let expected = expectedIndex(first, count)
    var order = Array(0..<count)
    var kinds: [PPMCandidate.Kind] = [.top] + Array(repeating: .next, count: 256)
    if expected > 0 {
      order.remove(at: expected)
      order.insert(expected, at: 0)
      kinds.insert(.expected, at: 0)
    }
    let asked = Decisions.candidates + (expected > 0 ? 1 : 0)
    let entries = order.map { first[$0] }
    return spread(1, over: entries, kinds, asked: asked, sum: parts(of: context), &shares, &log)
  }

  /// The same in a shorter context, which has `mass` to share out.
  private mutating func spreadAfterEscape(
    _ mass: Double, in context: PPMContext, excluded: Int, _ shares: inout [Double],
    _ log: inout UndoLog
  ) -> Double {
    let open = context.symbolCount &- excluded
    let place = escapePlace(in: context, excluded: excluded)
    let escape = place >= 0 ? escapeEstimates.frequency(at: place) : 0
    let sum = gatherCandidates(in: context, open) + escape
    let entries = (0..<open).map { PPMEntry(candidates[$0]) }
    let kinds: [PPMCandidate.Kind] =
      [.afterEscape] + Array(repeating: .nextAfterEscape, count: open)
    let asked = min(Decisions.candidatesAfterEscape, escape > 0 ? open : open - 1)
    return spread(mass, over: entries, kinds, asked: asked, sum: sum, &shares, &log)
  }

  /// The probability of a candidate, and what is learned when it is not the one.
  private mutating func probabilityThenMiss(
    _ candidate: PPMCandidate, _ log: inout UndoLog
  ) -> Double {
    let evidence = decisions.weigh(candidate)
    decisions.note(candidate, evidence, in: &log)
    decisions.learn(0, candidate, evidence)
    return Double(Decisions.probability(evidence)) / 65536
  }

  /// Shares `mass` out: the first `asked` entries take theirs by decisions, the others by frequency.
  ///
  /// - Parameter sum: of the entries' frequencies and the escape's.
  /// - Returns: what is left for an escape.
  private mutating func spread(
    _ mass: Double, over entries: [PPMEntry], _ kinds: [PPMCandidate.Kind], asked: Int, sum: Int,
    _ shares: inout [Double], _ log: inout UndoLog
  ) -> Double {
    var (mass, left) = (mass, sum)
    for (entry, kind) in zip(entries, kinds).prefix(asked) {
      let candidate = self.candidate(kind, entry, left, entries.count)
      let share = probabilityThenMiss(candidate, &log)
      shares[Int(entry.symbol)] = mass * share
      mass *= 1 - share
      left -= entry.frequency
    }
    for entry in entries { exclusions.exclude(entry.symbol) }
    guard entries.count > asked else { return mass }
    var escaped = mass
    for entry in entries.dropFirst(asked) {
      let share = mass * Double(entry.frequency) / Double(left)
      shares[Int(entry.symbol)] = share
      escaped -= share
    }
    return escaped
  }
}
