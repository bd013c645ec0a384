import Testing

@testable import RunRecords

@Suite struct KeyedListTests {
  @Test func elementsStandWhereTheirKeysWereFirstMet() {
    var list = KeyedList<String, Int>()
    for (key, element) in [("b", 1), ("a", 2), ("c", 3), ("a", 4), ("b", 5)] {
      list.set(element, for: key)
    }
    #expect(list.elements == [5, 4, 3])
    #expect(list["a"] == 4 && list["b"] == 5 && list["d"] == nil)
  }

  @Test func equalListsHaveEqualElementsInTheSameOrder() {
    var (first, second, third) = (
      KeyedList<Int, Int>(), KeyedList<Int, Int>(), KeyedList<Int, Int>()
    )
    for key in [1, 2, 1] { first.set(key, for: key) }
    for key in [1, 2] { second.set(key, for: key) }
    for key in [2, 1] { third.set(key, for: key) }
    #expect(first == second)
    #expect(first != third)
  }
}
