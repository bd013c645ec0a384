/// A line of a level's table: something that a mix can be tried without.
enum MixPart: Sendable, Hashable {
  case context(MixContext)
  /// A context of the log-linear model.
  case weighed(MixContext)
  /// A chain of smoothed contexts, by its name.
  case chain(String)
  /// A template of dots.
  case dots(DotTemplate)
  /// By the fewest bytes that it agrees on.
  case match(Int)
  case selector(MixSelector)

  /// As it is written in a method's name.
  var name: String {
    switch self {
    case .context(let context): context.name
    case .weighed(let context): "weighed-\(context.name)"
    case .chain(let name): "smoothed-\(name)"
    case .dots(let template): template.name
    case .match(let length): "match-\(length)"
    case .selector(let selector): selector.name
    }
  }
}

extension MixLevel {
  /// Whatever can be left out.
  var parts: [MixPart] {
    (contexts + ofText + ofData + ofIdeographs.map(\.context)).filter { $0 != .nothing }
      .map(MixPart.context)
      + (logLinear.flatMap { $0 } + logLinearOfData + logLinearOfIdeographs.map(\.context))
      .filter { $0 != .nothing }.map(MixPart.weighed)
      + chains.map { .chain($0.name) }
      + dots.map(MixPart.dots)
      + matches.map(MixPart.match)
      + selectors.map(MixPart.selector)
  }

  /// The same without the part of that name; nil where it has none.
  func without(_ name: String) -> MixLevel? {
    guard let part = parts.first(where: { $0.name == name }) else { return nil }
    var level = self
    switch part {
    case .context(let context):
      level.contexts.removeAll { $0 == context }
      level.ofText.leaveOut(context)
      level.ofData.leaveOut(context)
      level.ofIdeographs.leaveOut(context)
    case .weighed(let context):
      for group in level.logLinear.indices.dropLast() {
        level.logLinear[group].removeAll { $0 == context }
      }
      level.logLinear[level.logLinear.count - 1].leaveOut(context)
      level.logLinearOfData.leaveOut(context)
      level.logLinearOfIdeographs.leaveOut(context)
    case .chain(let name): level.chains.removeAll { $0.name == name }
    case .dots(let template): level.dots.removeAll { $0 == template }
    case .match(let length): level.matches.removeAll { $0 == length }
    case .selector(let selector): level.selectors.removeAll { $0 == selector }
    }
    return level
  }
}

extension [MixContext] {
  /// Contexts of text and of data take each other's places: what is left out leaves a hole, so that no other moves into it. The
  /// hole is an order of zero bytes, of which a mix has one already.
  fileprivate mutating func leaveOut(_ context: MixContext) {
    for index in indices where self[index] == context { self[index] = .nothing }
  }
}

extension [MixReplacement] {
  fileprivate mutating func leaveOut(_ context: MixContext) {
    for index in indices where self[index].context == context { self[index].context = .nothing }
  }
}

extension MixSelector {
  /// As it is written in a method's name.
  var name: String {
    switch self {
    case .bits: "by-bits"
    case .lastByte: "by-last-byte"
    case .byteBefore: "by-byte-before"
    case .match: "by-match"
    case .classes: "by-classes"
    case .classTriple: "by-class-triple"
    case .secondHistory: "by-second-history"
    case .wordHistory: "by-word-history"
    case .wordLength: "by-word-length"
    case .column: "by-column"
    case .byteAbove: "by-byte-above"
    case .expected: "by-expected"
    case .misses: "by-misses"
    case .followed: "by-followed"
    case .guest: "by-guest"
    }
  }
}
