import NeuralModels

/// Which rows a grid consists of.
struct GridPlan: Sendable, Equatable {
  /// The sizes of one part of a grid, how far their data go and how often they are measured.
  struct Part: Sendable, Equatable {
    var source: GridSource
    var family: GridFamily
    var sizes: [String]
    /// Bytes of the largest point at most.
    var mostData: Int
    /// Floating-point operations of the largest point at most, so that sizes meet at equal computation; nil for any number.
    var mostOperations: Double?
    /// Runs of each size by the usual rate, each from another seed.
    var seeds: Int
    /// Those of the largest size, which takes as long as all others together.
    var seedsOfLargest: Int
    /// Multiples of the usual rate, 1 among them.
    var rates: [Double] = [1]
    /// Whether a run of each size by one rate for all stands beside them.
    var oneRate = false
  }

  /// The least amount of data: fewer steps than this takes train nothing.
  static let leastData = 1 << 17

  var parts: [Part]

  /// All rows on so much text, from seeds that follow `seed`.
  ///
  /// - Parameter textBytes: of the corpus' training part, which caps what is learned from it. Where it is too small for any
  ///   row there are none on other text either: a grid is of a corpus.
  func rows(textBytes: Int, seed: UInt64) -> [GridRow] {
    let rows = parts.filter { $0.family != .table }.flatMap { Self.rows(of: $0, textBytes, seed) }
    return rows.contains { $0.source == .corpus } ? rows : []
  }

  /// All tables likewise.
  func tables(textBytes: Int) -> [GridTable] {
    parts.filter { $0.family == .table }.flatMap { part in
      part.sizes.flatMap { size in
        Self.data(part, size, textBytes).map {
          GridTable(source: part.source, size: size, bytes: $0)
        }
      }
    }
  }

  private static func rows(of part: Part, _ textBytes: Int, _ seed: UInt64) -> [GridRow] {
    let one = GridRow.usualRate(part.family, part.sizes.last ?? GridFamily.sizes[0])
    var rows: [GridRow] = []
    for size in part.sizes {
      let data = data(part, size, textBytes)
      guard !data.isEmpty else { continue }
      let usual = GridRow.usualRate(part.family, size)
      func add(rate: Double, seeds: Int) {
        for index in 0..<UInt64(seeds) {
          let row = GridRow(
            source: part.source, family: part.family, size: size, rate: rate, seed: seed + index,
            data: data)
          if !rows.contains(row) { rows.append(row) }
        }
      }
      let seeds = size == part.sizes.last ? part.seedsOfLargest : part.seeds
      for factor in part.rates { add(rate: rounded(usual * factor), seeds: seeds) }
      if part.oneRate { add(rate: one, seeds: min(seeds, 1)) }
    }
    return rows
  }

  /// The amounts of data of a row: the most there is, and halves of it down to the least.
  private static func data(_ part: Part, _ size: String, _ textBytes: Int) -> [Int] {
    let batch = GridRow.batchBytes
    // What a shift of the windows and the last batch may leave unused.
    var most = part.source == .corpus ? min(part.mostData, textBytes - 2 * batch) : part.mostData
    if let operations = part.mostOperations,
      let each = part.family.architecture(size)?.trainingFLOPsPerByte(time: GridRow.time)
    {
      while Double(most) * each > operations, most > leastData { most /= 2 }
    }
    return (0..<32).map { (most >> $0) / batch * batch }.filter { $0 >= leastData }.reversed()
  }

  /// To four places, so that names are short and the same everywhere.
  private static func rounded(_ rate: Double) -> Double { (rate * 10_000).rounded() / 10_000 }
}

extension GridPlan {
  /// The plan of a preset, as `options` change it.
  init(_ preset: StudyPreset, _ options: GridOptions) {
    let sizes = GridFamily.sizes
    func upTo(_ size: String) -> [String] {
      let all = Array(sizes.prefix { $0 != size }) + [size]
      return options.sizes.map { chosen in all.filter(chosen.contains) } ?? all
    }
    let families = options.families
    let rates = options.tunes ? [0.5, 1, 2] : [1]
    func part(_ source: GridSource, _ family: GridFamily, most: String, data: Int, seeds: Int)
      -> Part
    {
      Part(
        source: source, family: family,
        sizes: source == .corpus ? options.sizes ?? upTo(most) : upTo(most),
        mostData: data, seeds: options.seeds ?? seeds,
        seedsOfLargest: options.seeds ?? (preset == .quick ? seeds : 1), rates: rates)
    }
    parts = families.enumerated().map { index, family in
      // The first family's surface is the one that everything is read from; the others stand beside it.
      let isFirst = index == 0
      var own =
        switch preset {
        case .quick: part(.corpus, family, most: isFirst ? "300k" : "100k", data: 1 << 21, seeds: 2)
        case .standard:
          part(
            .corpus, family, most: isFirst ? "1M" : "300k", data: 1 << 24, seeds: isFirst ? 3 : 2)
        case .full: part(.corpus, family, most: "3M", data: 1 << 26, seeds: 5)
        }
      own.oneRate = isFirst && family != .table
      return own
    }
    if let first = families.first, first != .table {
      var (endless, operations) =
        switch preset {
        case .quick: (part(.grammar, first, most: "300k", data: 1 << 24, seeds: 1), 1e12)
        case .standard: (part(.grammar, first, most: "1M", data: 1 << 24, seeds: 1), 4e13)
        case .full: (part(.grammar, first, most: "3M", data: 1 << 26, seeds: 3), 1e15)
        }
      endless.mostOperations = operations
      parts.append(endless)
    }
    if options.tableControl, !families.contains(.table) {
      parts.append(part(.corpus, .table, most: "300k", data: 1 << 24, seeds: 1))
    }
  }
}

/// What of a grid a user chose otherwise than a preset does.
public struct GridOptions: Sendable, Equatable {
  /// The first one's surface is what laws, best sizes and plans are read from.
  public var families: [GridFamily] = [.transformer]
  /// Sizes by name; nil for those of the preset.
  public var sizes: [String]?
  /// Runs of each size; nil for as many as the preset has.
  public var seeds: Int?
  /// Whether half and twice the usual rate are tried as well.
  public var tunes = false
  /// Whether n-gram tables of equal bits stand beside the networks.
  public var tableControl = false

  /// What the presets do.
  public init() {}
}
