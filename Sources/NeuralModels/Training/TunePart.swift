/// A text cut in two: what is learned from, and a small part that a run is watched by.
///
/// The watched part is made of blocks from all over the text: its last bytes alone would be one chapter, which whoever
/// is tested on the next chapter misses most.
package struct TunePart {
  package let training: [UInt8]
  package let watched: [UInt8]

  private static let blocks = 8
  /// Bytes that are watched at most: as much as is quickly measured.
  private static let most = 1 << 16

  /// `share` of `text`, at most 64 KiB, as the last bytes of each eighth.
  package init(of text: [UInt8], share: Double) {
    let block = min(Int(Double(text.count) * share), Self.most) / Self.blocks
    guard block > 0 else {
      (training, watched) = (text, [])
      return
    }
    var training: [UInt8] = []
    var watched: [UInt8] = []
    training.reserveCapacity(text.count)
    for index in 0..<Self.blocks {
      let eighth = text.count * index / Self.blocks..<text.count * (index + 1) / Self.blocks
      training += text[eighth].dropLast(block)
      watched += text[eighth].suffix(block)
    }
    self.training = training
    self.watched = watched
  }
}
