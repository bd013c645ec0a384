import BPBCore
import Testing
import _TestSupport

@testable import NeuralModels

/// What each level leaves of a network's weights, and its bytes.
@Suite struct WeightsLevelTests {
  static let shapes = [
    "transformer:layers=1:width=8:heads=2:context=16", "gru:width=7:embedding=3", "mlp:width=9",
  ]
  static let levels: [WeightsLevel] =
    [23, 7, 4, 0].map { .float(bits: $0) }
    + [8, 6, 5, 4, 3, 2].flatMap { bits in
      [.uniform(bits: bits), .blocks(bits: bits, block: 5), .blocks(bits: bits, block: 32)]
    }
    + [0.2, 0.5, 0.8, 0.95, 1].flatMap { share in
      [
        .pruned(share: share, rest: .float(bits: 4)),
        .pruned(share: share, rest: .uniform(bits: 3)),
      ]
    }

  /// One of each kind, for what takes long.
  static let few: [WeightsLevel] = [
    .float(bits: 4), .uniform(bits: 4), .blocks(bits: 2, block: 5),
    .pruned(share: 0.5, rest: .uniform(bits: 3)), .pruned(share: 0.95, rest: .float(bits: 4)),
  ]

  /// Weights whose rows differ in size, some of them nothing but zeros.
  static func weights(_ shape: String, seed: UInt64 = 4) throws -> Weights {
    let weights = Weights(try Architecture(parsing: shape))
    weights.initialise(seed: seed)
    for (number, tensor) in weights.layout.tensors.enumerated() {
      let values = weights[tensor]
      for i in values.indices { values[i] *= Float(1 + (i / 50 + number) % 4) * 0.3 }
      for i in values.indices.prefix(20) where tensor.hasRows { values[i] = 0 }
    }
    return weights
  }

  static func patterns(_ weights: Weights) -> [UInt32] {
    weights.layout.tensors.flatMap { weights[$0].map(\.bitPattern) }
  }

  @Test(arguments: shapes) func theBytesAreTheWeightsThatAreTested(shape: String) throws {
    let weights = try Self.weights(shape)
    let before = Self.patterns(weights)
    for level in shape == Self.shapes[1] ? Self.levels : Self.few {
      let lossy = level.applied(to: weights)
      let bytes = try #require(lossy.bytes)
      let restored = Weights(weights.architecture)
      try level.decode(bytes.span, into: restored)
      #expect(Self.patterns(restored) == Self.patterns(lossy.weights), "\(level.text)")
    }
    #expect(Self.patterns(weights) == before)
  }

  @Test(arguments: shapes.prefix(2)) func valuesLieOnTheirGridAndWithinHalfAStep(
    shape: String
  ) throws {
    let weights = try Self.weights(shape)
    for bits in [2, 3, 8] {
      for block in [nil, 5] {
        for tensor in weights.layout.tensors where tensor.hasRows {
          for group in tensor.groups(block: block) {
            let values = UnsafeBufferPointer(weights[tensor])[group]
            let grid = WeightsGrid(UnsafeBufferPointer(rebasing: values), bits: bits)
            let last = WeightsGrid.last(bits: bits)
            #expect(last == 1 << Int32(bits - 1) - 1)
            #expect(WeightsCode.rounded(grid.step, bits: WeightsGrid.stepBits) == grid.step)
            for (i, value) in values.enumerated() {
              #expect(grid.codes[i].magnitude <= last.magnitude)
              let error = abs(Double(value) - Double(grid.value(i)))
              // Beyond the grid's end the last code is the nearest there is.
              let isBeyond = Double(value.magnitude) > (Double(last) + 0.5) * Double(grid.step)
              #expect(isBeyond || error <= Double(grid.step) * 0.500001)
              #expect(!isBeyond || grid.codes[i] == (value < 0 ? -last : last))
            }
          }
        }
      }
    }
  }

  /// Against all steps, a hundred times as dense, that no code could hold: the nearest that one can hold is up to an
  /// eighth larger.
  @Test(arguments: [2, 3, 4, 6]) func noStepLosesMuchLess(bits: Int) {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<4 {
      let values = (0..<300).map { _ in Float(generator.nextNormal() * generator.nextSigned()) }
      let last = Double(WeightsGrid.last(bits: bits))
      func error(_ step: Double) -> Double {
        values.reduce(0) { sum, value in
          let code = min(max((Double(value) / step).rounded(), -last), last)
          return sum + (Double(value) - code * step) * (Double(value) - code * step)
        }
      }
      let largest = Double(values.map(\.magnitude).max()!)
      let least = (1...500).map { error(largest / last * Double($0) / 250) }.min()!
      let grid = values.withUnsafeBufferPointer { WeightsGrid($0, bits: bits) }
      #expect(error(Double(grid.step)) <= least * 81 / 64)
    }
  }

  @Test func whatLiesOnTheGridAlreadyStays() throws {
    let weights = try Self.weights(Self.shapes[0])
    var generator = SeededGenerator(seed: 3)
    for bits in WeightsLevel.gridBits {
      let last = Int(WeightsGrid.last(bits: bits))
      for most in Set([1, last / 3, last]) where most > 0 {
        for tensor in weights.layout.tensors {
          let values = weights[tensor]
          for i in values.indices {
            let code = Int(generator.next(below: UInt64(2 * most + 1))) - most
            values[i] = Float(code) * (tensor.hasRows ? 0.34375 : 0.5)
          }
        }
        let lossy = WeightsLevel.uniform(bits: bits).applied(to: weights).weights
        #expect(
          Self.patterns(lossy).map { $0 & 0x7FFF_FFFF }
            == Self.patterns(weights).map { $0 & 0x7FFF_FFFF })
      }
      let once = WeightsLevel.blocks(bits: bits, block: 6).applied(to: weights)
      let twice = WeightsLevel.blocks(bits: bits, block: 6).applied(to: once.weights)
      #expect(twice.bytes == once.bytes)
    }
  }

  @Test(arguments: shapes.prefix(2)) func fewerBitsAreFewerBytesAndMoreError(shape: String) throws {
    let weights = try Self.weights(shape)
    func sizesAndErrors(_ levels: [WeightsLevel]) throws -> [(size: Int, error: Double)] {
      try levels.map { level in
        let lossy = level.applied(to: weights)
        return (try #require(lossy.bytes).count, Self.squares(weights, lossy.weights))
      }
    }
    for family in [
      [23, 7, 4, 1].map { WeightsLevel.float(bits: $0) },
      [8, 6, 5, 4, 3, 2].map { .uniform(bits: $0) },
      [8, 6, 5, 4, 3, 2].map { .blocks(bits: $0, block: 32) },
      [0.2, 0.5, 0.8, 0.95].map { .pruned(share: $0, rest: .float(bits: 4)) },
    ] {
      let points = try sizesAndErrors(family)
      for (more, less) in zip(points, points.dropFirst()) {
        #expect(more.size > less.size && more.error < less.error)
      }
    }
    // The last 5 % alone: a twentieth of the bytes of all, and where they are.
    let sparse = try sizesAndErrors([.pruned(share: 0.95, rest: .float(bits: 4))])[0].size
    let dense = try sizesAndErrors([.float(bits: 4)])[0].size
    #expect(sparse < dense / 4)
  }

  private static func squares(_ a: Weights, _ b: Weights) -> Double {
    a.layout.tensors.reduce(0) { sum, tensor in
      zip(a[tensor], b[tensor]).reduce(sum) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
    }
  }

  @Test func theSmallestShareIsPruned() throws {
    let weights = try Self.weights(Self.shapes[1], seed: 6)
    for tensor in weights.layout.tensors where tensor.hasRows {
      for i in weights[tensor].indices where weights[tensor][i] == 0 { weights[tensor][i] = 9 }
    }
    let total = weights.layout.tensors.filter(\.hasRows).reduce(0) { $0 + $1.count }
    for share in [0, 0.2, 0.5, 0.8, 0.95, 1] {
      let pruned = weights.pruned(share: share)
      var (gone, stays) = ([Float](), [Float]())
      for tensor in weights.layout.tensors {
        for (old, new) in zip(weights[tensor], pruned[tensor]) {
          #expect(new == old || new == 0 && tensor.hasRows)
          if tensor.hasRows { if new == 0 { gone.append(old) } else { stays.append(old) } }
        }
      }
      #expect(gone.count == Int(share * Double(total)))
      let largestGone = gone.map(\.magnitude).max() ?? 0
      let leastLeft = stays.map(\.magnitude).min() ?? .infinity
      #expect(largestGone <= leastLeft)
    }
  }

  @Test(arguments: shapes) func noiseIsAsLargeAsWhatItStandsFor(shape: String) throws {
    let weights = try Self.weights(shape)
    for level in Self.few {
      let lossy = level.applied(to: weights).weights
      let noise = WeightsLevel.noise(like: level, seed: 5).applied(to: weights)
      #expect(noise.bytes == nil)
      for tensor in weights.layout.tensors {
        for group in tensor.groups(block: level.block) {
          func rootMeanSquare(_ other: Weights) -> Double {
            let sum = group.reduce(0.0) { sum, place in
              let difference = Double(weights[tensor][place]) - Double(other[tensor][place])
              return sum + difference * difference
            }
            return (sum / Double(group.count)).squareRoot()
          }
          let (wanted, got) = (rootMeanSquare(lossy), rootMeanSquare(noise.weights))
          // Adding to a float of up to two rounds it.
          #expect(abs(got - wanted) <= 1e-4 * wanted + 2e-7, "\(level.text), \(tensor.name)")
        }
      }
      let same = WeightsLevel.noise(like: level, seed: 5).applied(to: weights).weights
      #expect(Self.patterns(same) == Self.patterns(noise.weights))
    }
    let (one, other) = (
      WeightsLevel.noise(like: .uniform(bits: 3), seed: 5),
      WeightsLevel.noise(like: .uniform(bits: 3), seed: 6)
    )
    #expect(
      Self.patterns(one.applied(to: weights).weights)
        != Self.patterns(other.applied(to: weights).weights))
  }

  @Test func namesAreOneForEachLevel() {
    let all = Self.levels + Self.levels.map { .noise(like: $0, seed: 2) }
    #expect(Set(all.map(\.text)).count == all.count)
    #expect(WeightsLevel.blocks(bits: 4, block: 32).text == "blocks:bits=4:block=32")
    #expect(
      WeightsLevel.noise(like: .pruned(share: 0.8, rest: .float(bits: 4)), seed: 1).text
        == "noise:like=[prune:share=0.8:rest=[float:bits=4]]:seed=1")
  }
}

/// Bytes that no encoder wrote.
@Suite struct WeightsLevelDamageTests {
  private static let levels: [WeightsLevel] = [
    .uniform(bits: 2), .uniform(bits: 8), .blocks(bits: 3, block: 5),
    .pruned(share: 0.9, rest: .blocks(bits: 4, block: 32)),
    .pruned(share: 0.5, rest: .float(bits: 4)),
  ]

  @Test func theyAreRefusedOrAreNumbers() throws {
    let weights = try WeightsLevelTests.weights(WeightsLevelTests.shapes[1])
    for level in Self.levels {
      let coded = try #require(level.applied(to: weights).bytes)
      var damaged = stride(from: 0, to: 8 * coded.count, by: 311).map { bit in
        var bytes = coded
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
      }
      damaged += HostileInputs.all.map { Array($0.bytes.prefix(4000)) }
      for bytes in damaged {
        let restored = Weights(weights.architecture)
        do throws(BPBError) {
          try level.decode(bytes.span, into: restored)
          for tensor in restored.layout.tensors {
            let areFinite = restored[tensor].allSatisfy(\.isFinite)
            #expect(areFinite, "\(level.text), \(tensor.name)")
          }
        } catch {
          #expect(error.code == .badData)
        }
      }
      for bytes in [[], Array(coded.dropLast(12)), coded + [UInt8](repeating: 1, count: 9)] {
        let error = #expect(throws: BPBError.self) {
          try level.decode(bytes.span, into: Weights(weights.architecture))
        }
        #expect(error?.code == .badData)
      }
    }
  }

  @Test func noiseHasNoCode() throws {
    let weights = try WeightsLevelTests.weights(WeightsLevelTests.shapes[1])
    let bytes: [UInt8] = [1, 2]
    #expect(throws: BPBError.self) {
      try WeightsLevel.noise(like: .uniform(bits: 2), seed: 1).decode(bytes.span, into: weights)
    }
  }
}
