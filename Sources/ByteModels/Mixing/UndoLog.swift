/// What words held before they were changed, so that what a decision would have taught can be unlearned.
package struct UndoLog {
  private var undos: [() -> Void] = []

  /// Notes what `word` holds now.
  mutating func note<Word>(_ word: UnsafeMutablePointer<Word>) {
    let value = word.pointee
    undos.append { word.pointee = value }
  }

  /// Gives every noted word what it held when it was noted first.
  func undo() {
    for undo in undos.reversed() { undo() }
  }
}
