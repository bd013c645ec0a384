import BPBCore

/// So many things that cannot be copied, one after another in memory.
struct OwnedRow<Element: ~Copyable>: ~Copyable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  /// - Parameter make: makes the one of that number; what it throws is thrown on, and nothing is left behind.
  init(count: Int, _ make: (Int) throws(BPBError) -> Element) throws(BPBError) {
    // What throws after the last property is set would run `deinit` too, over elements that were never made.
    let row = UnsafeMutablePointer<Element>.allocate(capacity: count)
    var made = 0
    do throws(BPBError) {
      while made < count {
        (row + made).initialize(to: try make(made))
        made += 1
      }
    } catch {
      row.deinitialize(count: made)
      row.deallocate()
      throw error
    }
    (base, self.count) = (row, count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    unsafeAddress { UnsafePointer(base + index) }
    nonmutating unsafeMutableAddress { base + index }
  }
}
