import BPBCore
import CKernels
import NeuralModels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the tests of the kernels share: every instruction set's table, numbers to feed them, and what to hold
/// their results against.
enum KernelTesting {
  /// Of each instruction set that this processor has.
  static var tables: [bpb_kernels] {
    Kernels.allNames.compactMap { Kernels(named: $0)?.table.pointee }
  }

  /// Widths on both sides of one and of two vectors of sixteen.
  static let awkwardWidths = [1, 7, 15, 16, 17, 32, 33]

  /// Runs the same work with every instruction set, holds all of them to the same bits and gives the results.
  static func sameBits(
    sourceLocation: SourceLocation = #_sourceLocation, _ run: (bpb_kernels) -> [[Float]]
  ) -> [[Float]] {
    let results = tables.map(run)
    for (table, result) in zip(tables, results) {
      let same = result.map { $0.map(bits) } == results[0].map { $0.map(bits) }
      #expect(
        same, "\(String(cString: table.name)) gives other bits", sourceLocation: sourceLocation)
    }
    return results[0]
  }

  /// Which of its bits a result that is not a number has is the processor's choice.
  static func bits(_ value: Float) -> UInt32 { value.isNaN ? 0x7FC0_0000 : value.bitPattern }

  /// Holds each of `got` to within `tolerance` of the largest of `wanted`, or of `floor` if that is larger.
  static func expectClose(
    _ got: [Float], _ wanted: [Double], tolerance: Double = 2e-6, floor: Double = 1e-30,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(got.count == wanted.count, sourceLocation: sourceLocation)
    let size = wanted.reduce(floor) { max($0, abs($1)) }
    let worst = zip(got, wanted).reduce(0.0) { worst, pair in
      let error = abs(Double(pair.0) - pair.1) / size
      return error <= worst ? worst : error  // so that what is not a number stays
    }
    #expect(worst <= tolerance, sourceLocation: sourceLocation)
  }

  /// The gradient of `loss` at `x` by central differences.
  static func gradient(at x: [Float], of loss: ([Double]) -> Double) -> [Double] {
    let step = 1e-5
    var point = x.map(Double.init)
    return point.indices.map { i in
      let middle = point[i]
      defer { point[i] = middle }
      point[i] = middle + step
      let above = loss(point)
      point[i] = middle - step
      return (above - loss(point)) / (2 * step)
    }
  }

  static func dot(_ a: [Double], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * Double($1.1) }
  }
}

/// Floats of a seeded generator.
struct Numbers {
  private var generator: SeededGenerator

  init(seed: Int) { generator = SeededGenerator(seed: UInt64(seed)) }

  /// Uniform in -`range`...`range`.
  mutating func callAsFunction(_ count: Int, range: Float = 1) -> [Float] {
    (0..<count).map { _ in (Float(generator.next() >> 40) * 0x1p-23 - 1) * range }
  }

  mutating func bytes(_ count: Int) -> [UInt8] { generator.bytes(count: count) }
}
