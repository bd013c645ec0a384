import BPBCore

/// What must hold so that a body can be used without looking at any bound again.
extension KneserNeyAutomaton {
  /// Looks at every record once, and at those of shorter contexts once for each longer one.
  ///
  /// - Throws: `badData` for a body that no learner wrote.
  func check() throws(BPBError) {
    guard let heads = heads() else {
      throw BPBError(.badData, "the contexts of the Kneser-Ney model are not one after another")
    }
    guard rootIsValid() else {
      throw BPBError(.badData, "the Kneser-Ney model's single bytes are damaged")
    }
    let starts = layout.starts
    var (place, length) = (0, 0)
    while place < layout.records {
      while length + 1 < starts.count && starts[length + 1] <= place { length += 1 }
      guard childrenAreValid(place, heads),
        place == 0 || isFair(place, heads, before: starts[length])
      else {
        throw BPBError(
          .badData, "the Kneser-Ney model's context at record \(place) is damaged")
      }
      place += records.count(records.word(place)) + 1
    }
  }

  /// A bit for each record that is a head; nil if the contexts do not fill the records exactly, or those of a
  /// length do not begin where the header says.
  private func heads() -> [UInt64]? {
    var heads = [UInt64](repeating: 0, count: layout.records / 64 + 1)
    var starts = layout.starts[...]
    var place = 0
    while place < layout.records {
      while starts.first == place { starts.removeFirst() }
      heads[place >> 6] |= 1 << UInt64(place & 63)
      place += records.count(records.word(place)) + 1
    }
    let isExact = place == layout.records && starts.allSatisfy { $0 == place }
    return isExact ? heads : nil
  }

  @inline(__always)
  private static func isHead(_ place: Int, _ heads: [UInt64]) -> Bool {
    place &>> 6 < heads.count && heads[place &>> 6] &>> UInt64(place & 63) & 1 != 0
  }

  /// The first context has all bytes, and does not give out more than there is.
  private func rootIsValid() -> Bool {
    guard records.count(records.word(0)) == 256 else { return false }
    var sum = 0.0
    for byte in 0..<256 {
      let word = records.word(1 + byte)
      guard UInt8(truncatingIfNeeded: word) == UInt8(byte) else { return false }
      sum += probability(word)
    }
    return sum <= 1 + KneserNeyCodes.tolerance
  }

  /// The bytes of a context's children rise, and each leads to a context.
  private func childrenAreValid(_ place: Int, _ heads: [UInt64]) -> Bool {
    var previous = -1
    for child in place + 1...place + records.count(records.word(place)) {
      let word = records.word(child)
      let byte = Int(word & 0xFF)
      guard byte > previous, Self.isHead(records.place(word), heads) else { return false }
      previous = byte
    }
    return true
  }

  /// A context backs off to one of those `before` all of its length, which has all of its bytes, and both
  /// together do not give out more than there is.
  private func isFair(_ place: Int, _ heads: [UInt64], before start: Int) -> Bool {
    let head = records.word(place)
    let shorter = records.place(head)
    let backoff = backoff(head)
    guard shorter < start, Self.isHead(shorter, heads), backoff <= KneserNeyCodes.mostBackoff
    else { return false }
    var next = shorter + 1
    let end = next + records.count(records.word(shorter))
    var (own, lower) = (0.0, 0.0)
    for child in place + 1...place + records.count(head) {
      let word = records.word(child)
      while next < end && records.word(next) & 0xFF != word & 0xFF { next += 1 }
      guard next < end else { return false }
      own += probability(word)
      lower += probability(records.word(next))
    }
    return own + backoff * max(1 - lower, 0) <= 1 + KneserNeyCodes.tolerance
  }
}
