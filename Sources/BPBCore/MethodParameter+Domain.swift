extension MethodParameter.Domain {
  /// The one spelling of `value` that names are compared by; no text but advice if it is none of the
  /// domain's values.
  func canonicalText(of value: MethodSpec.Value) -> (text: String?, advice: String?) {
    switch self {
    case .integer(let range): Self.integer(value.text, in: range)
    case .choice(let words): Self.choice(value.text, among: words)
    case .size(let range): Self.size(value.text, in: range)
    case .decimal(let range): Self.decimal(value.text, in: range)
    case .path: (value.text, nil)
    case .part: Self.part(value.text)
    case .method:
      value.isNested ? (value.text, nil) : (nil, "a method stands in brackets, as in [ngram:3]")
    case .choiceOrMethod(let words):
      value.isNested ? (value.text, nil) : Self.choiceOrMethod(value.text, among: words)
    }
  }

  private static func integer(_ text: String, in range: ClosedRange<Int>) -> (String?, String?) {
    let spelled = "\(range.lowerBound) to \(range.upperBound)"
    guard let number = Int(text) else { return (nil, "it is a whole number, \(spelled)") }
    guard range.contains(number) else {
      let nearest = min(max(number, range.lowerBound), range.upperBound)
      return (nil, "it goes \(spelled); nearest is \(nearest)")
    }
    return (String(number), nil)
  }

  private static func choice(_ text: String, among words: [String]) -> (String?, String?) {
    guard words.contains(text) else {
      let advice = Suggestion.advice(for: text, among: words)
      return (nil, advice ?? "it is one of \(words.joined(separator: ", "))")
    }
    return (text, nil)
  }

  private static func choiceOrMethod(_ text: String, among words: [String]) -> (String?, String?) {
    guard !words.contains(text) else { return (text, nil) }
    let all = words.joined(separator: ", ")
    return (
      nil,
      Suggestion.advice(for: text, among: words)
        ?? "it is \(all), or stands in brackets, as in [gru]"
    )
  }

  private static func part(_ text: String) -> (String?, String?) {
    let isName =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
    return isName ? (text, nil) : (nil, "it is the name of a part, as in order-3")
  }

  private static func size(_ text: String, in range: ClosedRange<Int>) -> (String?, String?) {
    guard let bytes = ByteSize.parse(text), range.contains(bytes) else {
      let bounds = "\(ByteSize.exact(range.lowerBound)) to \(ByteSize.exact(range.upperBound))"
      return (nil, "it is a size from \(bounds), as in 64MiB")
    }
    return (ByteSize.exact(bytes), nil)
  }

  private static func decimal(_ text: String, in range: ClosedRange<Millionths>) -> (
    String?, String?
  ) {
    let spelled = "\(range.lowerBound) to \(range.upperBound)"
    guard let number = Millionths(text) else {
      return (nil, "it is a number with at most six decimals, \(spelled)")
    }
    guard range.contains(number) else {
      let nearest = min(max(number, range.lowerBound), range.upperBound)
      return (nil, "it goes \(spelled); nearest is \(nearest)")
    }
    return (number.description, nil)
  }
}
