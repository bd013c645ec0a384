/// A context that takes another one's place. Where that one is left out, there is no place to take.
struct MixReplacement: Sendable {
  let replaced: MixContext
  var context: MixContext

  init(of replaced: MixContext, by context: MixContext) {
    self.replaced = replaced
    self.context = context
  }
}

extension [MixContext] {
  /// The same list with replacements in their places.
  func replaced(_ replacements: [MixReplacement]) -> [MixContext] {
    map { context in replacements.first { $0.replaced == context }?.context ?? context }
  }
}
