public import BPBCore

/// What a model needs of a text's bits when it may be wrong: points from the lossless one to the model alone, each
/// a file that was written, decoded and compared.
public struct RateDistortionCurve: Sendable {
  /// One file.
  public struct Point: Sendable {
    /// What the encoder aimed at.
    public let aim: OperatingPoint
    /// Bytes of the file, its header included.
    public let fileBytes: Int
    /// Wrong bytes of what was decoded from it.
    public let errors: Int
    /// Bytes of the text, and of what was decoded.
    public let byteCount: Int
    /// What was decoded from the file.
    public let reconstruction: [UInt8]

    /// Bits of the file over bytes of the text; 0 for an empty text.
    public var rate: Double { byteCount == 0 ? 0 : Double(8 * fileBytes) / Double(byteCount) }
    /// Wrong bytes over all bytes; 0 for an empty text.
    public var errorRate: Double { byteCount == 0 ? 0 : Double(errors) / Double(byteCount) }
  }

  /// All points that were measured, in the order in which they were asked for.
  public let points: [Point]

  /// A curve through these points, of one text.
  public init(points: [Point]) { self.points = points }

  /// The points on the lower convex hull, by growing error rate, so that the rate falls from one to the next
  /// and ever more slowly.
  ///
  /// Between two of them lies what a file reaches of which one part is coded at the first and the rest at the
  /// second; the points that are left out are no better than that.
  public var hull: [Point] {
    let order = points.indices.sorted {
      (points[$0].errors, points[$0].fileBytes, $0) < (points[$1].errors, points[$1].fileBytes, $1)
    }
    var hull: [Point] = []
    for point in order.map({ points[$0] }) where point.fileBytes < hull.last?.fileBytes ?? .max {
      while hull.count > 1, !Self.isBelow(hull[hull.count - 1], hull[hull.count - 2], point) {
        hull.removeLast()
      }
      hull.append(point)
    }
    return hull
  }

  /// Whether `middle` lies below the line from `left` to `right`, in whole numbers.
  private static func isBelow(_ middle: Point, _ left: Point, _ right: Point) -> Bool {
    (middle.fileBytes - left.fileBytes) * (right.errors - left.errors)
      < (right.fileBytes - left.fileBytes) * (middle.errors - left.errors)
  }

  /// The rate on the hull at an error rate, in bits per byte: what is needed for that many errors.
  ///
  /// - Returns: nil where no point has as few errors; beyond the last point its rate.
  public func rate(atErrorRate errorRate: Double) -> Double? {
    let hull = hull
    guard let first = hull.first, first.errorRate <= errorRate else { return nil }
    guard let next = hull.firstIndex(where: { $0.errorRate > errorRate }) else {
      return hull[hull.count - 1].rate
    }
    return Self.line(hull[next - 1], hull[next], at: errorRate)
  }

  /// The rate at an error rate of a file of which one part is coded at the hull's first point and the rest at its
  /// last: what a codec has to stay below to be worth anything. nil where `rate(atErrorRate:)` is.
  public func timeSharingRate(atErrorRate errorRate: Double) -> Double? {
    let hull = hull
    guard let first = hull.first, let last = hull.last, first.errorRate <= errorRate
    else { return nil }
    return errorRate >= last.errorRate ? last.rate : Self.line(first, last, at: errorRate)
  }

  private static func line(_ left: Point, _ right: Point, at errorRate: Double) -> Double {
    let share = (errorRate - left.errorRate) / (right.errorRate - left.errorRate)
    return left.rate + share * (right.rate - left.rate)
  }
}

extension LossyCodec {
  /// Codes `text` at `point`, decodes the file and counts the errors.
  ///
  /// - Throws: `methodFailed` where the file did not decode, which would be a fault of the codec or its model.
  public func measure(
    _ text: [UInt8], at point: OperatingPoint
  ) throws(BPBError) -> RateDistortionCurve.Point {
    let file = encode(text, at: point)
    let decoded: [UInt8]
    do throws(BPBError) {
      decoded = try decode(file.span, mostBytes: text.count)
    } catch {
      throw BPBError(.methodFailed, "wrote a lossy file that it cannot read: \(error)")
    }
    guard decoded.count == text.count else {
      throw BPBError(.methodFailed, "decoded a text of another length")
    }
    return RateDistortionCurve.Point(
      aim: point, fileBytes: file.count, errors: Distortion.hamming(text.span, decoded.span),
      byteCount: text.count, reconstruction: decoded)
  }

  /// The rate-distortion curve of `text`: each of `points` coded, decoded and compared.
  ///
  /// - Throws: as `measure`; whatever `pause` throws.
  /// - Parameter pause: called before each point; what it throws ends the work.
  public func curve(
    of text: [UInt8], at points: [OperatingPoint] = OperatingPoint.ladder,
    pause: () throws(BPBError) -> Void = {}
  ) throws(BPBError) -> RateDistortionCurve {
    var measured: [RateDistortionCurve.Point] = []
    for point in points {
      try pause()
      measured.append(try measure(text, at: point))
    }
    return RateDistortionCurve(points: measured)
  }
}
