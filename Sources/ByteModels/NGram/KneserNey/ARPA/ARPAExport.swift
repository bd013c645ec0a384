public import BPBCore

extension KneserNeyLearning {
  /// Writes the model of a file's body as an ARPA file over byte tokens, for KenLM, SRILM and others.
  ///
  /// Visible ASCII bytes are words by themselves, all others are spelled as `<0x0A>`. All 256 are listed, so
  /// that `<unk>` has no probability; `<s>` and `</s>` are there because readers want them, and nothing comes
  /// after or before them. Logarithms are to base 10, with seven decimals.
  /// - Throws: `badData` if `body` is no such body; what `sink` throws.
  public static func exportARPA(_ body: ModelBytes, to sink: ByteSink) throws(BPBError) {
    try KneserNeyModel(body).exportText(to: sink)
  }
}

extension KneserNeyModel: TextExporting {
  func exportText(to sink: ByteSink) throws(BPBError) {
    var export = ARPAExport(automaton)
    try export.write(to: sink)
  }
}

/// Goes through the contexts of each length in turn.
private struct ARPAExport {
  private let automaton: KneserNeyAutomaton
  private var counts: [Int] = []
  private var piece: [UInt8] = []

  init(_ automaton: KneserNeyAutomaton) { self.automaton = automaton }

  mutating func write(to sink: ByteSink) throws(BPBError) {
    for length in 1...automaton.order { counts.append(try count(length)) }
    add("\\data\\\n")
    for (index, count) in counts.enumerated() {
      add("ngram \(index + 1)=\(count + (index == 0 ? 3 : 0))\n")
    }
    for length in 1...automaton.order {
      add("\n\\\(length)-grams:\n")
      if length == 1 { add("-99\t<unk>\n-99\t<s>\(automaton.order > 1 ? "\t0" : "")\n-99\t</s>\n") }
      try visit(length) { export, gram, word, context throws(BPBError) in
        try export.add(gram, word, context, to: sink)
      }
    }
    add("\n\\end\\\n")
    try sink(piece.span)
  }

  private func count(_ length: Int) throws(BPBError) -> Int {
    var copy = self
    var count = 0
    try copy.visit(length) { _, _, _, _ throws(BPBError) in count += 1 }
    return count
  }

  private typealias Visitor = (
    inout ARPAExport, _ gram: [UInt8], _ word: UInt64, _ context: Int?
  ) throws(BPBError) -> Void

  /// Gives `body` each n-gram of `length` bytes, its record, and the head of what follows it, if any does.
  private mutating func visit(_ length: Int, _ body: Visitor) throws(BPBError) {
    var gram: [UInt8] = []
    var left = automaton.layout.records
    try descend(0, length, &gram, &left, body)
  }

  private mutating func descend(
    _ place: Int, _ length: Int, _ gram: inout [UInt8], _ left: inout Int, _ body: Visitor
  ) throws(BPBError) {
    let records = automaton.records
    for child in place + 1...place + records.count(records.word(place)) {
      let word = records.word(child)
      gram.append(UInt8(truncatingIfNeeded: word))
      let context = contexts(ofLength: gram.count).contains(records.place(word))
      let next = context ? records.place(word) : nil
      if gram.count == length {
        // Contexts that lead to one another could be gone through for ever.
        guard left > 0 else { throw BPBError(.badData, "the Kneser-Ney model has no end") }
        left -= 1
        try body(&self, gram, word, next)
      } else if let next {
        try descend(next, length, &gram, &left, body)
      }
      gram.removeLast()
    }
  }

  private func contexts(ofLength length: Int) -> Range<Int> {
    guard length < automaton.order else { return 0..<0 }
    let (starts, records) = (automaton.layout.starts, automaton.layout.records)
    return starts[length]..<(length + 1 < starts.count ? starts[length + 1] : records)
  }

  private mutating func add(
    _ gram: [UInt8], _ word: UInt64, _ context: Int?, to sink: ByteSink
  ) throws(BPBError) {
    add(DecimalLogarithm.text(automaton.probability(word)))
    for (place, byte) in gram.enumerated() {
      piece.append(place == 0 ? UInt8(ascii: "\t") : UInt8(ascii: " "))
      piece += ARPAToken.spelling(of: byte)
    }
    if let context {
      add("\t" + DecimalLogarithm.text(automaton.backoff(automaton.records.word(context))))
    }
    piece.append(UInt8(ascii: "\n"))
    guard piece.count >= 1 << 16 else { return }
    try sink(piece.span)
    piece.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ text: String) { piece += text.utf8 }
}
