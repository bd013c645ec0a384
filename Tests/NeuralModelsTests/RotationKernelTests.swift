import CKernels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct RotationKernelTests {
  private func angle(_ position: Int, _ pair: Int) -> Double { Double(position) / Double(pair + 1) }

  @Test(arguments: KernelTesting.awkwardWidths + [8]) func rotatesPairsByTheirAngle(half: Int) {
    let (rows, first, heads, width) = (3, 4, 2, 2 * half)
    let row = heads * width + 1
    var numbers = Numbers(seed: half)
    let x = numbers(rows * row)
    let angles = (0..<first + rows).flatMap { position in (0..<half).map { angle(position, $0) } }
    let (cosines, sines) = (angles.map { Float(cos($0)) }, angles.map { Float(sin($0)) })
    let results = KernelTesting.sameBits { kernels in
      var y = x
      kernels.rotate(rows, first, heads, width, &y, row, cosines, sines, 1)
      var back = y
      kernels.rotate(rows, first, heads, width, &back, row, cosines, sines, -1)
      return [y, back]
    }
    var wanted = x.map(Double.init)
    for i in 0..<rows {
      for head in 0..<heads {
        for pair in 0..<half {
          let low = i * row + head * width + pair
          let (a, b) = (wanted[low], wanted[low + half])
          let turn = angle(first + i, pair)
          wanted[low] = a * cos(turn) - b * sin(turn)
          wanted[low + half] = b * cos(turn) + a * sin(turn)
        }
      }
    }
    KernelTesting.expectClose(results[0], wanted)
    KernelTesting.expectClose(results[1], x.map(Double.init))
  }
}
