import CKernels

/// What a network under training pays for a text that it does not learn from: cheap and a little pessimistic, for
/// watching a run. Each piece is read in windows of the training length, and only recurrent networks remember
/// what was before a window.
package final class WatchedLoss {
  private let text: [UInt8]
  private let time: Int
  private let kernels: Kernels
  private let networks: [any Network]
  private let logits: [FloatBuffer]
  private static let sequences = 4
  private static let pieces = 8

  /// The loss of networks that read `weights`, on `text`.
  package init(of weights: Weights, on text: [UInt8], time: Int, kernels: Kernels) {
    self.text = text
    self.time = time
    self.kernels = kernels
    networks = (0..<Self.pieces).map { _ in
      weights.architecture.makeNetwork(
        weights: weights, kernels: kernels, sequences: Self.sequences, time: time, training: nil)
    }
    logits = networks.map { _ in FloatBuffer(count: Self.sequences * time * 256) }
  }

  /// Bytes that are watched.
  package var byteCount: Int { text.count }

  /// Bits per byte of the text; nil for one of no bytes.
  package func bitsPerByte(team: ThreadTeam) -> Double? {
    guard !text.isEmpty else { return nil }
    let sums = UnsafeMutablePointer<Double>.allocate(capacity: Self.pieces)
    defer { sums.deallocate() }
    team.run(Self.pieces) { piece in
      let low = text.count * piece / Self.pieces
      let high = text.count * (piece + 1) / Self.pieces
      sums[piece] = nats(low..<high, networks[piece], logits[piece].base)
    }
    let sum = (0..<Self.pieces).reduce(0) { $0 + sums[$1] }
    return sum / 0.6931471805599453 / Double(text.count)
  }

  /// Summed loss of a piece of the text, whose bytes are dealt out to the sequences.
  private func nats(
    _ piece: Range<Int>, _ network: any Network, _ logits: UnsafeMutablePointer<Float>
  ) -> Double {
    let sequences = Self.sequences
    let share = (piece.count + sequences - 1) / sequences
    let inputs = UnsafeMutablePointer<UInt8>.allocate(capacity: sequences * time)
    let losses = UnsafeMutablePointer<Float>.allocate(capacity: sequences * time)
    defer {
      inputs.deallocate()
      losses.deallocate()
    }
    var nats = 0.0
    network.reset()
    for start in stride(from: 0, to: share, by: time) {
      if network.capacity != nil { network.reset() }
      let count = min(time, share - start)
      for sequence in 0..<sequences {
        for t in 0..<count {
          let at = piece.lowerBound + sequence * share + start + t - 1
          inputs[sequence * count + t] = at >= 0 && at < text.count ? text[at] : TextStart.byte
        }
      }
      network.extend(by: inputs, time: count, logits: logits)
      for sequence in 0..<sequences {
        let first = piece.lowerBound + sequence * share + start
        let end = min(first + count, piece.lowerBound + (sequence + 1) * share, piece.upperBound)
        guard first < end else { continue }
        text.withUnsafeBufferPointer { text in
          kernels.table.pointee.softmax_loss(
            end - first, logits + sequence * count * 256, text.baseAddress! + first, 0, losses)
        }
        for t in 0..<end - first { nats += Double(losses[t]) }
      }
    }
    return nats
  }
}
