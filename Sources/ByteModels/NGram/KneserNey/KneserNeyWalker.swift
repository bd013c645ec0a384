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

  /// Fills `frequencies` with every byte's parts, as its probability by `step` gives them.
  func fill(_ frequencies: UnsafeMutablePointer<UInt32>) { fill(frequencies, place, 1) }

  /// What shorter contexts say first, so that the longest that has a byte has the last word.
  private func fill(_ frequencies: UnsafeMutablePointer<UInt32>, _ place: Int, _ weight: Double) {
    guard place > 0 else {
      let bytes = automaton.bytes
      for byte in 0..<256 { frequencies[byte] = KneserNeyCoding.frequency(bytes[byte] * weight) }
      return
    }
    let records = automaton.records
    let head = records.word(place)
    fill(frequencies, records.place(head), weight * automaton.backoff(head))
    for child in place &+ 1...place &+ records.count(head) {
      let word = records.word(child)
      frequencies[Int(word & 0xFF)] =
        KneserNeyCoding.frequency(automaton.probability(word) * weight)
    }
  }
}
