/// What bytes are taken for: each has contexts of its own.
enum MixScript: Int, CaseIterable, Sendable {
  /// Text whose letters take a byte each; what nothing is known of, too.
  case narrow
  /// Text whose letters take two bytes or three: what is an order of bytes elsewhere is one of characters.
  case wide
  /// No text.
  case data
  /// Text whose words are ideographs.
  case ideographic
}

/// A list for each script.
struct ByScript<Element> {
  private var lists: [[Element]]

  init(_ list: (MixScript) -> [Element]) { lists = MixScript.allCases.map(list) }

  subscript(_ script: MixScript) -> [Element] { lists[script.rawValue] }
}

/// Which script the last letters were of: each one moves scores, and the script is the one whose score has become high.
struct ScriptScore {
  private var wide = 0
  private var ideographic = 0
  private static let (most, enough) = (16, 8)

  @inline(__always)
  var script: MixScript {
    wide >= Self.enough ? .wide : ideographic >= Self.enough ? .ideographic : .narrow
  }

  /// - Parameter script: the last letter's.
  @inline(__always)
  mutating func note(_ script: MixScript) {
    wide = Self.moved(wide, up: script == .wide)
    ideographic = Self.moved(ideographic, up: script == .ideographic)
  }

  @inline(__always)
  private static func moved(_ score: Int, up: Bool) -> Int {
    min(max(score &+ (up ? 1 : -1), 0), most)
  }
}
