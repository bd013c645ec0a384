/// From which size on a method stays on one side of others.
struct Crossing {
  /// Labels of the others.
  var others: [String]
  /// Whether it codes smaller than they do.
  let isBelow: Bool
  /// The first size from which on that is so.
  let since: Int
  /// Whether it is so at every size measured.
  let isEverywhere: Bool

  /// The same with those that agree put together, in the order of their first mention.
  static func grouped(_ crossings: [Crossing]) -> [Crossing] {
    crossings.reduce(into: []) { groups, crossing in
      let known = groups.firstIndex {
        $0.isBelow == crossing.isBelow && $0.since == crossing.since
          && $0.isEverywhere == crossing.isEverywhere
      }
      if let known {
        groups[known].others += crossing.others
      } else {
        groups.append(crossing)
      }
    }
  }

  func sentence(about method: String) -> String {
    let names =
      others.count > 1
      ? others.dropLast().joined(separator: ", ") + " and " + others[others.count - 1] : others[0]
    let size = "D = \(NumberFormat.grouped(since))"
    switch (isBelow, isEverywhere) {
    case (true, true): return "\(method) codes below \(names) from the first size on, \(size)."
    case (true, false): return "\(method) codes below \(names) from \(size) on."
    case (false, true): return "\(method) codes above \(names) at every size."
    case (false, false):
      return "\(method) codes below \(names) at smaller sizes, but not from \(size) on."
    }
  }
}
