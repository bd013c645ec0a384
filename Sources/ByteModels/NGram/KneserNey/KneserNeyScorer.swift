/// Adds up code lengths.
///
/// What a walker knows of a text follows from the few bytes before, so a long block is gone through in several
/// places at once: while one waits for memory the others go on.
struct KneserNeyScorer {
  private let automaton: KneserNeyAutomaton
  /// Places at once.
  private static let lanes = 4
  /// Bytes below which a block is gone through in one place.
  private static let fewBytes = 512

  init(_ automaton: KneserNeyAutomaton) { self.automaton = automaton }

  /// Bits of the bytes of `text` in `block`; takes `walker`, which is before them, past them.
  func bits(_ text: Span<UInt8>, _ block: Range<Int>, _ walker: inout KneserNeyWalker) -> Double {
    guard block.count >= Self.fewBytes else {
      var length = IdealLength()
      for i in block { Self.add(walker.step(text[i]), to: &length) }
      return length.bits
    }
    let stride = block.count / Self.lanes
    let starts = (0...Self.lanes).map { block.lowerBound + $0 * stride }
    let bits = inStep(text, starts, stride)
    walker = self.walker(before: starts[Self.lanes], in: text)
    var rest = IdealLength()
    for i in starts[Self.lanes]..<block.upperBound { Self.add(walker.step(text[i]), to: &rest) }
    return bits + rest.bits
  }

  private func inStep(_ text: Span<UInt8>, _ starts: [Int], _ stride: Int) -> Double {
    let (a, b, c, d) = (starts[0], starts[1], starts[2], starts[3])
    var walkerA = walker(before: a, in: text)
    var lengthA = IdealLength()
    var walkerB = walker(before: b, in: text)
    var lengthB = IdealLength()
    var walkerC = walker(before: c, in: text)
    var lengthC = IdealLength()
    var walkerD = walker(before: d, in: text)
    var lengthD = IdealLength()
    for i in 0..<stride {
      Self.add(walkerA.step(text[a &+ i]), to: &lengthA)
      Self.add(walkerB.step(text[b &+ i]), to: &lengthB)
      Self.add(walkerC.step(text[c &+ i]), to: &lengthC)
      Self.add(walkerD.step(text[d &+ i]), to: &lengthD)
    }
    return lengthA.bits + lengthB.bits + lengthC.bits + lengthD.bits
  }

  /// A walker that has gone past all bytes before `position` that matter.
  private func walker(before position: Int, in text: Span<UInt8>) -> KneserNeyWalker {
    var walker = KneserNeyWalker(automaton)
    for i in max(0, position - automaton.order + 1)..<position { _ = walker.step(text[i]) }
    return walker
  }

  @inline(__always)
  private static func add(_ probability: Double, to length: inout IdealLength) {
    length.multiply(by: Double(KneserNeyCoding.frequency(probability)), totalBits: 24)
  }
}
