/// A context of a mix: some of the last bytes, and features of the text before the next one. To add one to a model is a line
/// in `MixLevel`.
struct MixContext: Sendable, Hashable {
  /// The last bytes where it is not zero, the last one lowest.
  var mask: UInt64
  /// At most three.
  var features: [MixFeature]
  /// As it is written in a method's name.
  var name: String

  /// What stands where a context was left out: it knows nothing of what came before.
  static let nothing = MixContext(mask: 0, features: [], name: "nothing")

  /// The last `count` bytes, up to 8.
  static func order(_ count: Int) -> MixContext {
    MixContext(mask: lowBytes(count), features: [], name: "order-\(count)")
  }

  /// The last bytes where the mask is not zero.
  static func bytes(_ mask: UInt64) -> MixContext {
    MixContext(mask: mask, features: [], name: "bytes-\(String(mask, radix: 16))")
  }

  /// Features, and the last `bytes` bytes.
  static func of(_ features: MixFeature..., bytes: Int = 0) -> MixContext {
    precondition(features.count <= 3)
    let names = features.map(\.name) + (bytes > 0 ? ["\(bytes)"] : [])
    return MixContext(
      mask: lowBytes(bytes), features: features, name: names.joined(separator: "-"))
  }

  var isOrder: Bool { features.isEmpty && mask & (mask &+ 1) == 0 }

  /// The same where letters take several bytes: orders of bytes and of characters change places.
  var ofCharacters: MixContext {
    if let order = Self.orders.firstIndex(of: self) { return Self.charactersOf[order] }
    if let order = Self.charactersOf.firstIndex(of: self) { return Self.orders[order] }
    return self
  }

  private static let orders = (1...6).map(MixContext.order)
  private static let charactersOf: [MixContext] = [
    .of(.character), .of(.twoCharacters), .of(.threeCharacters), .of(.fourCharacters),
    .of(.fiveCharacters), .of(.sixCharacters),
  ]

  private static func lowBytes(_ count: Int) -> UInt64 {
    count == 0 ? 0 : ~0 >> UInt64(64 - 8 * count)
  }
}

/// A context ready to be hashed.
struct ContextHasher {
  private let mask: UInt64
  private let first: Int
  private let second: Int
  private let third: Int
  /// Tells contexts of different kinds apart.
  private let kind: UInt64

  init(_ context: MixContext, kind: Int) {
    let indices = (context.features + [.none, .none, .none]).map(\.rawValue)
    mask = context.mask
    (first, second, third) = (indices[0], indices[1], indices[2])
    self.kind = UInt64(kind + 1) &* 0x9E37_79B9_7F4A_7C15
  }

  /// - Parameter bytes: the last eight.
  @inline(__always)
  func hash(_ bytes: UInt64, _ features: UnsafeMutablePointer<UInt64>) -> UInt64 {
    var joined = features[first] &* 0x8CB9_2BA7_2F3D_8DD7 &+ features[second]
    joined = (joined ^ joined &>> 29) &* 0x9FB2_1C65_1E98_DF25 &+ features[third]
    joined = (joined ^ joined &>> 31) &* 0xD6E8_FEB8_6659_FD93
    return ContextHash.mix(joined &+ bytes & mask &+ kind)
  }
}

extension ContextHasher {
  /// Of the contexts of all scripts: [scripts][contexts]. Those that are the same for narrow text have the same hashes.
  ///
  /// - Parameter lists: as many of each script.
  static func table(_ lists: ByScript<MixContext>) -> UnsafeMutablePointer<ContextHasher> {
    let count = lists[.narrow].count
    let table = UnsafeMutablePointer<ContextHasher>.allocate(
      capacity: MixScript.allCases.count * count)
    for script in MixScript.allCases {
      precondition(lists[script].count == count)
      for (kind, context) in lists[script].enumerated() {
        let isSame = context == lists[.narrow][kind]
        (table + script.rawValue * count + kind).initialize(
          to: ContextHasher(context, kind: isSame ? kind : script.rawValue * count + kind))
      }
    }
    return table
  }
}
