/// Contexts of which each is smoothed by the one before it (`SmoothedCounts`).
struct MixChain: Sendable {
  /// As it is written in a part's name.
  let name: String
  /// Of text, the one that knows least first.
  var contexts: [MixContext]
  /// As many where bytes are no text; none: the same.
  var ofData: [MixContext] = []

  func contexts(_ script: MixScript) -> [MixContext] {
    switch script {
    case .narrow, .ideographic: contexts
    case .wide: contexts.map(\.ofCharacters)
    case .data: ofData.isEmpty ? contexts : ofData
    }
  }
}
