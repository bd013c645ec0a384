/// How wide text will be, without knowing the reader's fonts: somewhat more than in most.
enum TextMetrics {
  /// Width of `text` in a sans-serif font of `size`, in the unit of `size`.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance(of: $1) } * size
  }

  /// `text`, or as much of its end as fits into `width` with `…` before it: of a path the end says
  /// most.
  static func truncatedStart(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(text, size: size) > width else { return text }
    var kept = Substring(text)
    while !kept.isEmpty, self.width("…" + kept, size: size) > width { kept.removeFirst() }
    return "…" + kept
  }

  /// `text`, or as much of its beginning as fits into `width` with `…` after it.
  static func truncated(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(text, size: size) > width else { return text }
    var kept = Substring(text)
    while !kept.isEmpty, self.width(kept + "…", size: size) > width { kept.removeLast() }
    return kept + "…"
  }

  /// `text` in lines of at most `width`, broken at blanks.
  static func lines(_ text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, self.width(line + " " + word, size: size) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(truncated(String(word), to: width, size: size))
      }
    }
    return lines
  }

  /// Advance of one scalar in ems, after the proportions that sans-serif fonts share.
  private static func advance(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!": return 0.32
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-": return 0.4
    case "<", ">", "=", "+", "~", "^", "#": return 0.85
    case "…": return 1
    case "m", "w", "M", "W", "@", "%": return 0.95
    case "A"..."Z": return 0.72
    case "\u{20}"..."\u{7E}": return 0.62
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control: return 1.1  // shown as U+FFFD
    case .nonspacingMark, .enclosingMark: return 0
    case .format: return (0x200B...0x200F).contains(scalar.value) ? 0 : 1.1
    default: break
    }
    let isWide = scalar.value >= 0x1100 && (scalar.value < 0x2000 || scalar.value >= 0x2E80)
    return isWide || scalar.properties.isEmojiPresentation ? 1.1 : 0.66
  }
}
