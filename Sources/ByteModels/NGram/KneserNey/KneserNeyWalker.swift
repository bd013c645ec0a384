/// Goes along a text in a model: knows the longest context that the model has of what came.
///
/// Coding a byte that is among the children of the present context leads on at once, and where it is
/// not the next shorter context is asked: an automaton like that of Aho and Corasick (1975).
struct KneserNeyWalker {
  private let automaton: KneserNeyAutomaton
  /// The context's head.
  private var place = 0

  /// At the beginning of a stream.
  init(_ automaton: KneserNeyAutomaton) { self.automaton = automaton }

  /// Goes past `byte`.
  ///
  /// - Returns: the probability that it had.
  @inline(__always)
  mutating func step(_ byte: UInt8) -> Double {
    let records = automaton.records
    var weight = 1.0
    while place > 0 {
      let head = records.word(place)
      if let word = records.find(byte, from: place &+ 1, count: records.count(head)) {
        place = records.place(word)
        return automaton.probability(word) * weight
      }
      weight *= automaton.backoff(head)
      place = records.place(head)
    }
    let word = records.word(1 &+ Int(byte))
    place = records.place(word)
    return automaton.probability(word) * weight
  }

  /// Gives `body` every byte once with the probability that `step` would return for it.
  @inline(__always)
  func visitAll(_ body: (UInt8, Double) -> Void) {
    let records = automaton.records
    var seen = SIMD4<UInt64>(repeating: 0)
    var place = place
    var weight = 1.0
    while place > 0 {
      let head = records.word(place)
      for child in place &+ 1...place &+ records.count(head) {
        let word = records.word(child)
        let byte = UInt8(truncatingIfNeeded: word)
        let bit: UInt64 = 1 &<< UInt64(byte & 63)
        if seen[Int(byte &>> 6)] & bit != 0 { continue }
        seen[Int(byte &>> 6)] |= bit
        body(byte, automaton.probability(word) * weight)
      }
      weight *= automaton.backoff(head)
      place = records.place(head)
    }
    for byte in UInt8.min ... .max where seen[Int(byte &>> 6)] &>> UInt64(byte & 63) & 1 == 0 {
      body(byte, automaton.probability(records.word(1 &+ Int(byte))) * weight)
    }
  }
}
