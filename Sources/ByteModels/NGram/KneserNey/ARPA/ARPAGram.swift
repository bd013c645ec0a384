/// One n-gram as an ARPA file has it.
struct ARPAGram {
  /// Its bytes, the first one highest.
  var key: UInt64
  /// nil where a shorter n-gram was not listed and is what its context backs off to.
  var probability: Double?
  /// nil where none is given.
  var backoff: Double?
  /// Where it stands; 0 if it does not.
  var line: Int
}

extension [ARPAGram] {
  /// Where the n-gram of those bytes is, of n-grams in rising order.
  func place(of key: UInt64) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].key == key ? low : nil
  }
}
