import ByteModels
import CKernels

extension FrozenNetwork {
  /// The temperature at which a network with these weights codes `text` in the fewest bits: what a level costs is to be
  /// told from how sure it makes the network, which one number mends (Guo et al. 2017).
  ///
  /// One of 2^(k/32) from 1/2 to 8. The length is a convex function of what logits are multiplied by, so it is
  /// enough to look at quarters of an octave first and then around the best. Depends on no machine: the
  /// lengths are those of the integer frequencies that are coded.
  ///
  /// - Parameters:
  ///   - weights: packed for coding.
  ///   - text: that is neither learned from nor tested on; of no bytes: 1.
  ///   - stride: see `NetworkStream`.
  package static func bestTemperature(
    of weights: Weights, on text: Span<UInt8>, stride: Int? = nil, kernels: Kernels = .best
  ) -> Float {
    guard !text.isEmpty else { return 1 }
    let network = FrozenNetwork(weights, stride: stride, kernels: kernels)
    let coarse = network.best(Swift.stride(from: -32, through: 96, by: 8).map { $0 }, on: text)
    return temperature(network.best((coarse - 7...coarse + 7).map { $0 }, on: text))
  }

  /// 2^(`place`/32), by products only.
  private static func temperature(_ place: Int) -> Float {
    let root = 1.0218971486541166
    let power = (0..<abs(place)).reduce(1.0) { power, _ in power * root }
    return Float(place < 0 ? 1 / power : power)
  }

  /// Of the temperatures at `places` that with the shortest code; of two alike that nearest to 1.
  private func best(_ places: [Int], on text: Span<UInt8>) -> Int {
    let bits = bits(of: text, at: places.map { 1 / Self.temperature($0) })
    let order = places.indices.sorted {
      bits[$0] == bits[$1] ? abs(places[$0]) < abs(places[$1]) : bits[$0] < bits[$1]
    }
    return places[order[0]]
  }

  /// Bits of `text`, each time with the logits multiplied by another number.
  private func bits(of text: Span<UInt8>, at sharpnesses: [Float]) -> [Double] {
    var bits = [Double](repeating: 0, count: sharpnesses.count)
    let scaled = FloatBuffer(count: 256 * Self.chunk)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256 * Self.chunk) { frequencies in
      followLogits(text) { piece, logits in
        for (place, sharpness) in sharpnesses.enumerated() {
          for i in 0..<256 * piece.count { scaled.base[i] = logits[i] * sharpness }
          kernels.table.pointee.frequencies(piece.count, scaled.base, frequencies.baseAddress!)
          var length = IdealLength()
          for i in piece.indices {
            length.narrow(
              below: 0, frequency: frequencies[256 * i + Int(piece[i])], total: 1 << 24)
          }
          bits[place] += length.bits
        }
      }
    }
    return bits
  }
}
