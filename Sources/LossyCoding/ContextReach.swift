import BPBCore

/// How many of the last bytes a model's prediction follows from.
enum ContextReach {
  /// The longest one that a search makes use of: a context and a byte then fit a word.
  static let longest = LastBytes.count
  private static let probes = 32

  /// The fewest last bytes that gave `model` the same prediction as all bytes before, wherever that was tried in
  /// `text`; nil if `longest` do not.
  ///
  /// Tried in places, not proven: a search that is misled finds a worse reconstruction, but the file that is
  /// made of it is still a right one.
  static func of(_ model: any FrozenModel, in text: [UInt8]) -> Int? {
    let few = min(text.count, 4096)
    let places = (1...probes).map { $0 * few / probes }
    var wanted: [[UInt32]] = []
    var place = 0
    _ = model.continuation(of: [UInt8]().span, count: few + 1) { frequencies in
      while wanted.count < probes && places[wanted.count] == place {
        wanted.append(copy(frequencies))
      }
      defer { place += 1 }
      return place < few ? text[place] : 0
    }
    return (0...longest).first { reach in
      zip(places, wanted).allSatisfy { place, wanted in
        prediction(of: model, after: text[max(place - reach, 0)..<place]) == wanted
      }
    }
  }

  private static func prediction(
    of model: any FrozenModel, after tail: ArraySlice<UInt8>
  ) -> [UInt32] {
    var prediction: [UInt32] = []
    _ = model.continuation(of: Array(tail).span, count: 1) { frequencies in
      prediction = copy(frequencies)
      return 0
    }
    return prediction
  }

  private static func copy(_ frequencies: Span<UInt32>) -> [UInt32] {
    frequencies.indices.map { frequencies[$0] }
  }
}
