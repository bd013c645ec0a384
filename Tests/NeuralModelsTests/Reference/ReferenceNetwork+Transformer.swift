import NeuralModels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ReferenceNetwork {
  func transformer(_ shape: TransformerShape, _ bytes: [UInt8]) -> [Reals] {
    var stream = bytes.indices.map { t in
      rmsNorm(
        (0...min(t, shape.lookback)).reduce(embedding(bytes[t])) { x, back in
          back == 0 ? x : add(x, embedding(bytes[t - back], "lookback.\(back).weight"))
        })
    }
    for layer in 0..<shape.layers {
      let name = "layers.\(layer)"
      let read = stream.map { multiply(rmsNorm($0), tensor("\(name).norm1.weight")) }
      let mixed = attention(shape, read.map { linear("\(name).attention.qkv.weight", $0) })
      for t in stream.indices {
        stream[t] = add(stream[t], linear("\(name).attention.out.weight", mixed[t]))
        let read = multiply(rmsNorm(stream[t]), tensor("\(name).norm2.weight"))
        let hidden = linear("\(name).mlp.up.weight", read)
          .map { shape.activation == .gelu ? $0.gelu : $0.reluSquared }
        stream[t] = add(stream[t], linear("\(name).mlp.down.weight", hidden))
      }
    }
    let head = shape.isTied ? "embedding.weight" : "head.weight"
    return stream.map { linear(head, multiply(rmsNorm($0), tensor("norm.weight"))) }
  }

  /// The values, mixed for each position and head by how well its query fits the keys up to there.
  private func attention(_ shape: TransformerShape, _ qkv: [Reals]) -> [Reals] {
    let columns = shape.width / shape.heads
    func part(_ t: Int, _ which: Int, _ head: Int) -> Reals {
      let begin = which * shape.width + head * columns
      return Array(qkv[t][begin..<begin + columns])
    }
    return qkv.indices.map { t in
      (0..<shape.heads).flatMap { head in
        let query = rotate(rmsNorm(part(t, 0, head)), position: t)
        let scores = (0...t).map { key in
          dot(query[...], rotate(rmsNorm(part(key, 1, head)), position: key))
            * (1 / Double(columns).squareRoot())
        }
        let weights = softmax(scores)
        return (0..<columns).map { d in
          dot(weights[...], (0...t).map { part($0, 2, head)[d] })
        }
      }
    }
  }

  private func rotate(_ x: Reals, position: Int) -> Reals {
    let half = x.count / 2
    let angles = (0..<half).map { Double(position) * pow(10_000, -Double($0) / Double(half)) }
    return (0..<half).map { x[$0] * cos(angles[$0]) - x[half + $0] * sin(angles[$0]) }
      + (0..<half).map { x[$0] * sin(angles[$0]) + x[half + $0] * cos(angles[$0]) }
  }
}
