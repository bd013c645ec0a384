/// Which dots around the next one a context is made of, as in JBIG's templates (ITU-T T.82).
struct DotTemplate: Sendable, Hashable {
  /// Of a row above: from so many dots left of the one above the next dot to so many right of it.
  struct Span: Sendable, Hashable {
    var left: Int
    var right: Int
    var count: Int { left + 1 + right }
  }

  /// Dots left of the next one; 63 at most.
  let left: Int
  /// Of the rows above, the nearest one first; spans of 24 at most to either side.
  let above: [Span]

  static let mostRows = 4

  init(left: Int, above: (Int, Int)...) {
    precondition(left < 64 && above.count <= Self.mostRows)
    self.left = left
    self.above = above.map { Span(left: $0.0, right: $0.1) }
  }

  /// As it is written in a method's name: dots left, and each row's left and right.
  var name: String {
    above.reduce("dots-\(left)") { "\($0)-\($1.left)-\($1.right)" }
  }
}
