import BPBCore

/// A byte that a reconstruction may go on with, and its bits in parts of 2^16.
struct CostedByte {
  var byte: UInt8 = 0
  var cost: Int32 = 0
}

/// The few bytes with which a reconstruction may go on.
struct CostedBytes {
  /// The true byte first, if it has a code word; then the likeliest others.
  private(set) var bytes: (CostedByte, CostedByte, CostedByte, CostedByte)
  private(set) var count = 0

  init() { bytes = (CostedByte(), CostedByte(), CostedByte(), CostedByte()) }

  mutating func append(_ byte: CostedByte) {
    switch count {
    case 0: bytes.0 = byte
    case 1: bytes.1 = byte
    case 2: bytes.2 = byte
    default: bytes.3 = byte
    }
    count += 1
  }

  subscript(place: Int) -> CostedByte {
    @inline(__always) get {
      switch place {
      case 0: bytes.0
      case 1: bytes.1
      case 2: bytes.2
      default: bytes.3
      }
    }
  }
}

/// What the next byte costs after a context, kept for every context and byte that was asked for.
final class ContextCosts {
  let reach: Int
  private let model: any FrozenModel
  private let code: FillCode
  private let frequencies: UnsafeMutablePointer<UInt32>
  /// Open addressing over contexts and true bytes: a word each, and all ones for an empty slot.
  private var keys: [UInt64]
  private var values: [CostedBytes]
  private var count = 0

  /// Bytes beside the true one that are looked at.
  private static let alternatives = 3
  private static let empty = UInt64.max
  /// Slots beyond which all is forgotten rather than kept: about 100 MB.
  private static let mostSlots = 1 << 21

  init(_ model: any FrozenModel, reach: Int, code: FillCode) {
    self.model = model
    self.reach = reach
    self.code = code
    keys = Array(repeating: Self.empty, count: 1 << 12)
    values = Array(repeating: CostedBytes(), count: 1 << 12)
    frequencies = .allocate(capacity: 256)
    frequencies.initialize(repeating: 0, count: 256)
  }

  deinit { frequencies.deallocate() }

  /// With what a reconstruction may go on.
  ///
  /// - Parameters:
  ///   - context: its last `length` bytes, the last one in the lowest place.
  ///   - length: `reach`, or all bytes there are.
  func bytes(after context: UInt64, length: Int, truth: UInt8) -> CostedBytes {
    let key = context &<< 8 | UInt64(truth)
    // The few contexts at the beginning of the text, and a key that looks empty.
    guard length == reach, key != Self.empty else { return computed(context, length, truth) }
    var slot = slot(of: key)
    if keys[slot] == Self.empty {
      if 2 * count >= keys.count { slot = grow(for: key) }
      keys[slot] = key
      values[slot] = computed(context, length, truth)
      count += 1
    }
    return values[slot]
  }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    let mask = keys.count &- 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
    while keys[slot] != Self.empty && keys[slot] != key { slot = (slot &+ 1) & mask }
    return slot
  }

  /// Doubles the table, or empties it where it is as large as it may be.
  ///
  /// - Returns: the slot of `key`.
  private func grow(for key: UInt64) -> Int {
    let (oldKeys, oldValues) = (keys, values)
    let isFull = keys.count >= Self.mostSlots
    let size = isFull ? keys.count : 2 * keys.count
    keys = Array(repeating: Self.empty, count: size)
    values = Array(repeating: CostedBytes(), count: size)
    if isFull {
      count = 0
    } else {
      for (place, key) in oldKeys.enumerated() where key != Self.empty {
        let slot = slot(of: key)
        keys[slot] = key
        values[slot] = oldValues[place]
      }
    }
    return slot(of: key)
  }

  private func computed(_ context: UInt64, _ length: Int, _ truth: UInt8) -> CostedBytes {
    let tail = (0..<length).reversed().map { UInt8(truncatingIfNeeded: context >> UInt64(8 * $0)) }
    var bytes = CostedBytes()
    _ = model.continuation(of: tail.span, count: 1) { model in
      let (total, fill) = code.fill(frequencies, from: model, context: context)
      bytes = costed(truth, fill, total: total)
      return fill
    }
    return bytes
  }

  private func costed(_ truth: UInt8, _ fill: UInt8, total: UInt32) -> CostedBytes {
    var bytes = CostedBytes()
    let whole = BinaryPowers.logarithm(total)
    func append(_ byte: UInt8) {
      let cost = max(0, whole - BinaryPowers.logarithm(frequencies[Int(byte)]))
      bytes.append(CostedByte(byte: byte, cost: cost))
      frequencies[Int(byte)] = 0
    }
    if frequencies[Int(truth)] > 0 { append(truth) }
    if fill != truth { append(fill) }
    while bytes.count <= Self.alternatives, let next = likeliest { append(next) }
    return bytes
  }

  /// The likeliest byte that was not yet taken.
  private var likeliest: UInt8? {
    var best = 0
    for byte in 1..<256 where frequencies[byte] > frequencies[best] { best = byte }
    return frequencies[best] > 0 ? UInt8(best) : nil
  }
}
