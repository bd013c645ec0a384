import Evidence

extension RowNoise {
  /// How much larger than estimated the components may be: √(ν / χ²) of each, as few seeds say little of their own spread.
  func drawnScale(using generator: inout some RandomNumberGenerator) -> RowNoise {
    var scaled = self
    if let freedom = rowDegreesOfFreedom {
      scaled.row *= generator.studentScale(degreesOfFreedom: max(1, freedom))
    }
    if let freedom = pointDegreesOfFreedom {
      scaled.point *= generator.studentScale(degreesOfFreedom: max(1, freedom))
    }
    return scaled
  }

  /// `row`, the mean of `seeds` runs, as it might have been measured.
  func drawn(
    _ row: SizeRow, seeds: Int, using generator: inout some RandomNumberGenerator
  ) -> SizeRow {
    let root = Double(max(1, seeds)).squareRoot()
    let common = self.row * generator.normal()
    var drawn = row
    for index in drawn.losses.indices {
      let noise = (common + point * generator.normal()) / root
      drawn.losses[index].loss *= Elementary.exponential(noise)
    }
    return drawn
  }
}
