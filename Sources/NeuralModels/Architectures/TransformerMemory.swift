import CKernels

/// Where a transformer keeps its activations.
///
/// It learns from one sequence at a time, all the way forward and back, so that the room that layers share stays in
/// the cache. What `learn` keeps and what `extend` keeps lie over each other: a network is not in the
/// middle of both.
struct TransformerMemory {
  let products: Products
  let rotary: RotaryPositions
  let learning: Learning?
  let extending: Extending

  init(_ shape: TransformerShape, _ plan: NetworkPlan, slices: inout ArenaSlices) {
    let (sequences, time, training) = (plan.sequences, plan.time, plan.training)
    let group = Extending.group(sequences: sequences, time: time)
    products = Products(
      plan, rows: max(group * time, time), width: max(shape.innerWidth, 256), slices: &slices)
    rotary = RotaryPositions(
      positions: shape.context, pairs: shape.headWidth / 2, slices: &slices)
    var overlaid = slices
    learning = training.map {
      Learning(
        shape, time: time, dropout: Dropout($0.dropout, plan.kernels), slices: &overlaid)
    }
    extending = Extending(
      shape, sequences: sequences, group: group, time: time, slices: &slices)
    slices = overlaid.bytes > slices.bytes ? overlaid : slices
  }

  /// For one sequence of `time` rows.
  struct Learning {
    /// Of the embedding before its norm, [rows][width], and the norm's [rows].
    let embedded, embeddingInverse: Floats
    /// The residual stream before each part, two parts a layer, and after the last, [rows][width] each.
    let streams: [Floats]
    let attention: [AttentionLayer.Kept]
    let feedForward: [FeedForwardLayer.Kept]
    /// The last norm's result [rows][width], its inverse [rows].
    let normalised, inverse: Floats
    /// Gradient of the stream, and of the last norm's result, [rows][width].
    let dStream, dNormalised: Floats
    let attentionRoom: AttentionLayer.Room
    let feedForwardRoom: FeedForwardLayer.Room
    let head: Head.Room

    init(
      _ shape: TransformerShape, time rows: Int, dropout: Dropout, slices: inout ArenaSlices
    ) {
      let (width, inner) = (shape.width, shape.innerWidth)
      func matrix(_ columns: Int) -> Floats { slices.floats(rows * columns) }
      (embedded, embeddingInverse) = (matrix(width), matrix(1))
      streams = (0...2 * shape.layers).map { _ in matrix(width) }
      let probabilities = shape.heads * rows * AttentionLayer.probabilityRow(keys: rows)
      attention = (0..<shape.layers).map { _ in
        AttentionLayer.Kept(
          rows: rows, width: width, heads: shape.heads, probabilities: probabilities,
          slices: &slices)
      }
      feedForward = (0..<shape.layers).map { _ in
        FeedForwardLayer.Kept(rows: rows, width: width, inner: inner, slices: &slices)
      }
      (normalised, inverse) = (matrix(width), matrix(1))
      (dStream, dNormalised) = (matrix(width), matrix(width))
      let residual = Residual.Room(dropout: dropout, dropped: matrix(dropout.isOn ? width : 0))
      attentionRoom = AttentionLayer.Room(
        residual: residual,
        attentionScratch: slices.floats(bpb_attention_scratch_count(rows, shape.headWidth)),
        dMixed: matrix(width), dNormalised: dNormalised, dTurned: matrix(2 * width),
        dQKV: matrix(3 * width))
      feedForwardRoom = FeedForwardLayer.Room(
        residual: residual, hidden: matrix(inner), dHidden: matrix(inner),
        dNormalised: dNormalised)
      head = Head.Room(rows: rows, slices: &slices)
    }
  }

  /// For as many sequences at a time as make a good product.
  struct Extending {
    /// Sequences that go through the layers together.
    let group: Int
    /// The residual stream [rows][width], and after a part.
    let stream: Floats
    let attention: AttentionLayer.Kept
    /// [rows][width], [rows] and [rows][inner].
    let normalised, inverse, hidden: Floats
    let attentionScratch: Floats
    /// The last bytes of each sequence, [sequences][lookback]; and those of one with what follows, [lookback + time].
    let history, window: UnsafeMutablePointer<UInt8>
    /// [layers][sequences][context][2 width]
    let caches: Floats

    init(
      _ shape: TransformerShape, sequences: Int, group: Int, time: Int, slices: inout ArenaSlices
    ) {
      let rows = group * time
      self.group = group
      stream = slices.floats(rows * shape.width)
      attention = AttentionLayer.Kept(
        rows: rows, width: shape.width, heads: shape.heads,
        probabilities: shape.heads * time * AttentionLayer.probabilityRow(keys: shape.context),
        slices: &slices)
      normalised = slices.floats(rows * shape.width)
      inverse = slices.floats(rows)
      hidden = slices.floats(rows * shape.innerWidth)
      attentionScratch = slices.floats(
        bpb_attention_scratch_count(shape.context, shape.headWidth))
      history = slices.take(sequences * shape.lookback, of: UInt8.self)
      window = slices.take(shape.lookback + time, of: UInt8.self)
      caches = slices.floats(shape.layers * sequences * shape.context * 2 * shape.width)
    }

    /// How many sequences make about 256 rows.
    static func group(sequences: Int, time: Int) -> Int {
      min(sequences, max(1, 256 / time))
    }
  }
}
