/// Elements in the order of their keys' first mention, one a key: a later element takes the place of an
/// earlier one.
struct KeyedList<Key: Hashable & Sendable, Element: Sendable>: Sendable {
  private(set) var elements: [Element] = []
  private var positions: [Key: Int] = [:]

  subscript(key: Key) -> Element? { positions[key].map { elements[$0] } }

  mutating func set(_ element: Element, for key: Key) {
    if let position = positions[key] {
      elements[position] = element
    } else {
      positions[key] = elements.count
      elements.append(element)
    }
  }
}

extension KeyedList: Equatable where Element: Equatable {}
