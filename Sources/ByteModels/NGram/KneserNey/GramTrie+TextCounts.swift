extension GramTrie {
  /// Bytes of the text, if nothing was pruned: one n-gram of full length begins at each byte but the last.
  var byteCountOfText: Int {
    levels[order - 1].counts.reduce(0) { $0 + Int($1) } + ends.first.count
  }

  /// The levels with the times that each n-gram stands in the text for counts.
  func textCounts() -> [GramLevel] {
    var levels = levels
    for depth in (0..<order - 1).reversed() {
      let above = levels[depth + 1].counts
      let bounds = levels[depth].firstChildren
      levels[depth].counts = (0..<levels[depth].bytes.count).map { i in
        var sum: UInt32 = 0
        for child in Int(bounds[i])..<Int(bounds[i + 1]) { sum &+= above[child] }
        return sum
      }
      let length = depth + 1
      if ends.last.count >= length, let last = find(ends.last.suffix(length)) {
        levels[depth].counts[last] += 1
      }
    }
    return levels
  }
}
