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
    var stream = lookbackEmbedding(bytes, lookback: shape.lookback).map { rmsNorm($0) }
    for layer in 0..<shape.layers {
      stream = attentionLayer(shape, layer, stream)
      stream = feedForwardLayer(shape, layer, stream)
    }
    let head = shape.isTied ? "embedding.weight" : "head.weight"
    return stream.map { linear(head, rmsNorm($0, gain: tensor("norm.weight"))) }
  }

  /// The embedding of each byte, plus those by distance of the bytes before it.
  func lookbackEmbedding(_ bytes: [UInt8], lookback: Int) -> [Reals] {
    bytes.indices.map { t in
      (0...min(t, lookback)).reduce(embedding(bytes[t])) { x, back in
        back == 0 ? x : add(x, embedding(bytes[t - back], "lookback.\(back).weight"))
      }
    }
  }

  /// The stream after the attention part of a layer.
  func attentionLayer(_ shape: TransformerShape, _ layer: Int, _ stream: [Reals]) -> [Reals] {
    let name = "layers.\(layer)"
    let gain = tensor("\(name).norm1.weight")
    let qkv = stream.map { linear("\(name).attention.qkv.weight", rmsNorm($0, gain: gain)) }
    return zip(stream, attention(shape, qkv)).map { x, mixed in
      add(x, linear("\(name).attention.out.weight", mixed))
    }
  }

  /// The stream after the feed-forward part of a layer.
  func feedForwardLayer(_ shape: TransformerShape, _ layer: Int, _ stream: [Reals]) -> [Reals] {
    let name = "layers.\(layer)"
    let gain = tensor("\(name).norm2.weight")
    return stream.map { x in
      let hidden = linear("\(name).mlp.up.weight", rmsNorm(x, gain: gain))
        .map { shape.activation == .gelu ? $0.gelu : $0.reluSquared }
      return add(x, linear("\(name).mlp.down.weight", hidden))
    }
  }

  /// The values, mixed for each position and head by how well its query fits the keys up to there.
  private func attention(_ shape: TransformerShape, _ qkv: [Reals]) -> [Reals] {
    let columns = shape.width / shape.heads
    func part(_ which: Int, _ head: Int) -> [Reals] {
      let begin = which * shape.width + head * columns
      return qkv.map { Array($0[begin..<begin + columns]) }
    }
    let heads = (0..<shape.heads).map { head in
      let queries = part(0, head).enumerated().map { rotate(rmsNorm($1), position: $0) }
      let keys = part(1, head).enumerated().map { rotate(rmsNorm($1), position: $0) }
      return mix(queries, keys, values: part(2, head))
    }
    return qkv.indices.map { t in heads.flatMap { $0[t] } }
  }

  /// One head's part of it.
  private func mix(_ queries: [Reals], _ keys: [Reals], values: [Reals]) -> [Reals] {
    let scale = 1 / Double(values[0].count).squareRoot()
    return queries.indices.map { t in
      let weights = softmax((0...t).map { dot(queries[t], keys[$0]) * scale })
      return values[t].indices.map { d in dot(weights, (0...t).map { values[$0][d] }) }
    }
  }

  /// A head's query or key, turned to its position.
  func rotate(_ x: Reals, position: Int) -> Reals {
    let half = x.count / 2
    let angles = (0..<half).map { Double(position) * pow(10_000, -Double($0) / Double(half)) }
    return (0..<half).map { x[$0] * cos(angles[$0]) - x[half + $0] * sin(angles[$0]) }
      + (0..<half).map { x[$0] * sin(angles[$0]) + x[half + $0] * cos(angles[$0]) }
  }
}
