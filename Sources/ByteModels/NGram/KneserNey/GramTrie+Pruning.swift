extension GramTrie {
  /// The tree of those n-grams alone that stay, whose beginnings and ends all stay too; what goes is
  /// remembered in `pruned`.
  func keeping(_ stays: [[Bool]]) -> GramTrie {
    var kept = self
    var places = (0..<UInt32(256)).map { $0 }
    for depth in 1..<order {
      let (level, bounds) = (levels[depth], levels[depth - 1].firstChildren)
      var (new, firstChildren, pruned) = (GramLevel(), [UInt32](), [PrunedCounts]())
      var newPlaces = [UInt32](repeating: 0, count: level.bytes.count)
      for parent in levels[depth - 1].bytes.indices where depth == 1 || stays[depth - 1][parent] {
        firstChildren.append(UInt32(new.bytes.count))
        var gone = PrunedCounts()
        for child in Int(bounds[parent])..<Int(bounds[parent + 1]) {
          guard stays[depth][child] else {
            gone.add(level.counts[child])
            continue
          }
          newPlaces[child] = UInt32(new.bytes.count)
          new.bytes.append(level.bytes[child])
          new.counts.append(level.counts[child])
          new.links.append(places[Int(level.links[child])])
        }
        pruned.append(gone)
      }
      firstChildren.append(UInt32(new.bytes.count))
      kept.levels[depth - 1].firstChildren = firstChildren
      kept.levels[depth - 1].pruned = pruned
      kept.levels[depth] = new
      places = newPlaces
    }
    return kept
  }
}
