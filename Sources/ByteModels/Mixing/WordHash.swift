/// The hash of the word that is being written: ASCII letters, of either case, and bytes beyond ASCII; 0
/// between words.
package struct WordHash {
  package private(set) var value: UInt64 = 0

  package init() {}

  @inline(__always)
  package mutating func advance(past byte: UInt8) {
    let folded = byte | 0x20
    let isLetter = (folded >= 97 && folded <= 122) || byte >= 0x80
    value = isLetter ? (value &+ UInt64(folded) &+ 1) &* 0x2F0B_4C47_B5D1_A3E1 : 0
  }
}
