import Evidence
import RunRecords

/// What one network of a grid lost after some data.
struct GridPoint {
  let source: GridSource
  let family: GridFamily
  let size: String
  let rate: String
  let seed: String
  /// Bytes that were seen, each once.
  let data: Double
  let parameters: Double
  let nonEmbedding: Double
  /// Floating-point operations of learning from one byte; 0 of a table.
  let operations: Double
  /// Bits per byte of the test part.
  let loss: Double
  /// The same on the tune part, for the choice of a rate.
  let tune: Double
  /// What the trunk had seen where the branch left it, and its loss there, without a cool-down; nil of a table.
  let trunk: (data: Double, loss: Double)?
  /// Bits of each stretch of the test part.
  let blocks: Replicate

  /// What `cell` measured; nil if it is none of a grid.
  init?(_ cell: StudyCellRecord) {
    guard let source = cell.parameter("text").flatMap(GridSource.init),
      let family = cell.parameter("family").flatMap(GridFamily.init),
      let size = cell.parameter("size"), let rate = cell.parameter("rate"),
      let seed = cell.parameter("seed"), let data = cell.number("data"), data > 0,
      let parameters = cell.figures["parameters"], parameters > 0,
      let loss = cell.figures["test"], loss > 0, let bits = cell.series["test"]
    else { return nil }
    self.source = source
    self.family = family
    self.size = size
    self.rate = rate
    self.seed = seed
    self.data = data
    self.parameters = parameters
    nonEmbedding = cell.figures["non_embedding"] ?? parameters
    operations = cell.figures["operations_per_byte"] ?? 0
    self.loss = loss
    tune = cell.figures["tune"] ?? .infinity
    if let seen = cell.figures["trunk_data"], let loss = cell.figures["trunk_test"] {
      trunk = (seen, loss)
    } else {
      trunk = nil
    }
    // Rounded, or blocks of two points would not be of the same bytes and could not be compared.
    let bytes = (bits.reduce(0, +) / loss).rounded()
    blocks = Replicate(
      blocks: bits.map { BlockCost(bits: $0, bytes: bytes / Double(bits.count)) })
  }
}

/// The points of one text and one kind of model.
struct GridSurface {
  let source: GridSource
  let family: GridFamily
  /// All of them, whatever their rate.
  let points: [GridPoint]
  /// Sizes, the smallest first.
  let sizes: [String]

  /// The surface of `points`; nil if there are none.
  init?(_ source: GridSource, _ family: GridFamily, in points: [GridPoint]) {
    let own = points.filter { $0.source == source && $0.family == family }
    guard !own.isEmpty else { return nil }
    self.source = source
    self.family = family
    self.points = own
    sizes = GridFamily.sizes.filter { size in own.contains { $0.size == size } }
  }

  private init(_ surface: GridSurface, only sizes: [String]) {
    source = surface.source
    family = surface.family
    points = surface.points.filter { sizes.contains($0.size) }
    self.sizes = sizes
  }

  /// The same without other sizes than these.
  func only(_ sizes: [String]) -> GridSurface { GridSurface(self, only: sizes) }

  /// The points of `size` at the rate that did best on the tune part after the most data, mean over seeds: of the rates that
  /// have the most seeds, since the one rate for all sizes stands beside the others with a single one.
  func tuned(_ size: String) -> [GridPoint] {
    let most = points.filter { $0.size == size }.map(\.data).max() ?? 0
    func seeds(_ rate: String) -> Int {
      points.count { $0.size == size && $0.rate == rate && $0.data == most }
    }
    let mostSeeds = points.filter { $0.size == size }.map { seeds($0.rate) }.max() ?? 0
    let own = points.filter { $0.size == size && seeds($0.rate) == mostSeeds }
    func loss(_ rate: String) -> Double {
      own.filter { $0.rate == rate && $0.data == most }.map(\.tune).mean ?? .infinity
    }
    // By rates in the order in which they stand, so that a tie is one for the first.
    var rates: [String] = []
    for point in own where !rates.contains(point.rate) { rates.append(point.rate) }
    guard let best = rates.min(by: { loss($0) < loss($1) }) else { return [] }
    return own.filter { $0.rate == best }
  }

  /// The points of `size` at the rate that most sizes have; none if this size has not.
  func atOneRate(_ size: String) -> [GridPoint] {
    points.filter { $0.size == size && $0.rate == oneRate }
  }

  /// The rate that most sizes were run by, of two the one that the largest size has; nil unless several have it.
  private var oneRate: String? {
    var counts: [(rate: String, sizes: Int)] = []
    for point in points.reversed() where !counts.contains(where: { $0.rate == point.rate }) {
      let sizes = sizes.count { size in
        points.contains { $0.size == size && $0.rate == point.rate }
      }
      counts.append((point.rate, sizes))
    }
    let most = counts.map(\.sizes).max() ?? 0
    return most > 1 ? counts.first { $0.sizes == most }?.rate : nil
  }

  /// The tuned points of all sizes.
  var tunedPoints: [GridPoint] { sizes.flatMap(tuned) }

  /// Amounts of data that were measured, the least first.
  var amounts: [Double] { Set(tunedPoints.map(\.data)).sorted() }

  /// Tuned points of one size after one amount of data, a seed each.
  func seeds(_ size: String, _ data: Double) -> [GridPoint] {
    tuned(size).filter { $0.data == data }
  }

  /// Logarithms of the losses of each size after each amount of data, where several seeds were run.
  private var seededLosses: [[Double]] {
    sizes.flatMap { size in
      amounts.map { seeds(size, $0).map { Mathematics.log($0.loss) } }
    }.filter { $0.count > 1 }
  }

  /// By how much, as a share of the loss, runs differ that differ in their seed alone: the standard deviation over all points with
  /// several seeds; nil without them.
  var noise: Double? {
    var squares = 0.0
    var freedom = 0
    for losses in seededLosses {
      let mean = losses.mean ?? 0
      squares += losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      freedom += losses.count - 1
    }
    return freedom > 0 ? (squares / Double(freedom)).squareRoot() : nil
  }

  /// How far the seeds of each point with several lie apart at most, as a share of the loss.
  var seedSpans: [Double] {
    seededLosses.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
  }
}
