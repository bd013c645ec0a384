/// A product that training or coding computes: C, m rows of n, from A, m rows of k, and B.
struct Shape: Sendable {
  let m: Int
  let n: Int
  let k: Int
  /// A^T B from k tokens, added to what is there: the gradient of a weight.
  var isGradient = false

  init(_ m: Int, _ n: Int, _ k: Int) { (self.m, self.n, self.k) = (m, n, k) }

  static func gradient(_ m: Int, _ n: Int, tokens: Int) -> Shape {
    var shape = Shape(m, n, tokens)
    shape.isGradient = true
    return shape
  }

  var operations: Double { 2 * Double(m) * Double(n) * Double(k) }
}

extension Shape {
  /// Groups of shapes, by what they are for.
  static let inUse: [(use: String, shapes: [Shape])] = [
    (
      "layers of width 128, 256 tokens",
      [.init(256, 128, 128), .init(256, 384, 128), .init(256, 512, 128), .init(256, 128, 512)]
    ),
    (
      "layers of width 256, 512 tokens",
      [.init(512, 256, 256), .init(512, 768, 256), .init(512, 1024, 256), .init(512, 256, 1024)]
    ),
    (
      "inputs of recurrent layers, 256 and 512 tokens",
      [.init(256, 1536, 512), .init(256, 2048, 512), .init(512, 2048, 512)]
    ),
    (
      "gradients of weights",
      [
        .gradient(512, 128, tokens: 256), .gradient(384, 128, tokens: 512),
        .gradient(1024, 256, tokens: 512), .gradient(256, 1024, tokens: 512),
        .gradient(768, 256, tokens: 512), .gradient(2048, 512, tokens: 256),
      ]
    ),
    (
      "a step of recurrent layers, 16 and 32 streams",
      [
        .init(16, 768, 256), .init(32, 768, 256), .init(32, 1024, 256), .init(16, 1536, 512),
        .init(32, 1536, 512), .init(32, 2048, 512),
      ]
    ),
    (
      "attention of 256 tokens, heads of 32 and 64",
      [.init(256, 256, 32), .init(256, 32, 256), .init(256, 256, 64), .init(256, 64, 256)]
    ),
    ("small ones", [.init(8, 64, 64), .init(16, 64, 64), .init(1, 768, 256)]),
  ]
}
