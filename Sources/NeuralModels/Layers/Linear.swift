import CKernels

/// y = x W^T + b with W [outputs][inputs]: where a layer finds its weights, and their packed copies.
struct Linear {
  let inputs, outputs: Int
  /// Of W and b in the buffer of parameters, and of their gradients in theirs.
  let weight: Int
  let bias: Int?
  private let biases: UnsafePointer<Float>?
  private let forward32, backward32, forward16, backward16: UnsafeRawPointer?

  init(_ weights: Weights, inputs: Int, outputs: Int, weight: Int, bias: Int? = nil) {
    self.inputs = inputs
    self.outputs = outputs
    self.weight = weight
    self.bias = bias
    biases = bias.map { UnsafePointer(weights.parameters + $0) }
    forward32 = UnsafeRawPointer(weights.packed(.forward, at: weight))
    backward32 = UnsafeRawPointer(weights.packed(.backward, at: weight))
    forward16 = UnsafeRawPointer(weights.packed(.forward16, at: weight))
    backward16 = UnsafeRawPointer(weights.packed(.backward16, at: weight))
  }

  /// What becomes of a forward product.
  enum Result {
    /// Stands alone, after the bias if the layer has one.
    case replaces
    /// Stands alone, after these values [outputs] in place of the bias.
    case after(UnsafePointer<Float>)
    /// Is added to what is there; the bias is left out.
    case adds
    /// Goes through an activation; the sums before it are kept where a pointer is given.
    case activated(bpb_activation, sums: Floats?)
  }

  /// y [rows][outputs] from x [rows][inputs].
  func forward(
    _ x: UnsafePointer<Float>, rows: Int, into y: Floats, _ result: Result = .replaces,
    by products: Products
  ) {
    var product = Self.product(rows: rows, columns: outputs, depth: inputs, x, y)
    let isRounded = products.precision == .bfloat16
    product.b = (isRounded ? forward16 : forward32)!.assumingMemoryBound(to: Float.self)
    product.bias = biases
    switch result {
    case .replaces: break
    case .after(let biases): product.bias = biases
    case .adds:
      product.accumulate = 1
      product.bias = nil
    case .activated(let activation, let sums):
      product.activation = Int32(activation.rawValue)
      product.sums = sums
    }
    products.run(&product)
  }

  /// dx [rows][inputs] from dy [rows][outputs]: replaced, or added to.
  func backward(
    _ dy: UnsafePointer<Float>, rows: Int, into dx: Floats, adds: Bool = false,
    by products: Products
  ) {
    var product = Self.product(rows: rows, columns: inputs, depth: outputs, dy, dx)
    let isRounded = products.precision == .bfloat16
    product.b = (isRounded ? backward16 : backward32)!.assumingMemoryBound(to: Float.self)
    product.accumulate = adds ? 1 : 0
    products.run(&product)
  }

  /// Adds the gradients of W and b to theirs in `gradient`, from dy [rows][outputs] and x [rows][inputs].
  func addGradient(
    _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, to gradient: Floats,
    by products: Products
  ) {
    addWeightGradient(dy, x, rows: rows, to: gradient, by: products)
    addBiasGradient(dy, rows: rows, to: gradient, by: products)
  }

  /// The gradient of W alone.
  func addWeightGradient(
    _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, to gradient: Floats,
    by products: Products
  ) {
    for begin in stride(from: 0, to: rows, by: Products.chunkRows) {
      let count = min(Products.chunkRows, rows - begin)
      products.pack(rows: count, columns: inputs, x + begin * inputs, row: inputs)
      var product = Self.product(
        rows: outputs, columns: inputs, depth: count, dy + begin * outputs, gradient + weight)
      product.a_row = 1
      product.a_column = outputs
      product.b = UnsafePointer(products.packed.assumingMemoryBound(to: Float.self))
      product.accumulate = 1
      products.run(&product)
    }
  }

  /// The gradient of b alone, if the layer has one: the sums of dy's columns.
  func addBiasGradient(
    _ dy: UnsafePointer<Float>, rows: Int, to gradient: Floats, by products: Products
  ) {
    guard let bias else { return }
    products.kernels.pointee.add_rows(rows, outputs, dy, outputs, gradient + bias)
  }

  /// C [rows][columns] = A [rows][depth] B, all without gaps between rows.
  private static func product(
    rows: Int, columns: Int, depth: Int, _ a: UnsafePointer<Float>, _ c: Floats
  ) -> bpb_gemm {
    var product = bpb_gemm()
    (product.m, product.n, product.k) = (rows, columns, depth)
    (product.a, product.a_row, product.a_column) = (a, depth, 1)
    (product.c, product.c_row) = (c, columns)
    return product
  }
}
