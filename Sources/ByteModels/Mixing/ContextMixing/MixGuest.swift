package import BPBCore

/// Someone who knows a distribution of the next byte, to whom a mix listens: a network, say.
package protocol MixGuest: AnyObject {
  /// Fills in the 256 frequencies of the next byte, each at least 1, their sum at most 2^24.
  func expect(_ frequencies: UnsafeMutablePointer<UInt32>)
  /// Goes on past `byte`, which came.
  func advance(past byte: UInt8)
  /// Bytes that it has allocated.
  var memoryBytes: Int { get }
}

/// A guest as a method's name asks for it.
package struct InvitedGuest: Sendable {
  /// Makes the guest for a text of so many bytes.
  package let make: @Sendable (_ byteCount: Int) throws(BPBError) -> any MixGuest
  /// Bytes that it takes, about.
  package let memory: Int
  /// Bytes a second that it can go through, about.
  package let speed: Double
  /// Numbers that it consists of; nil where it is no network.
  package let parameterCount: Int?
  /// What it was read from; nil for one that begins with nothing.
  package let origin: Origin?

  /// A file that a decoder needs too, which is charged.
  package struct Origin: Sendable {
    /// What tells it from every other, as a part of a method's version.
    package let version: String
    package let byteCount: Int
    /// SHA-256 of it, and of the files that it learned from.
    package let hash: String
    package let learnedFrom: Set<String>

    package init(version: String, byteCount: Int, hash: String, learnedFrom: Set<String>) {
      (self.version, self.byteCount) = (version, byteCount)
      (self.hash, self.learnedFrom) = (hash, learnedFrom)
    }
  }

  package init(
    memory: Int, speed: Double, parameterCount: Int?, origin: Origin? = nil,
    make: @escaping @Sendable (_ byteCount: Int) throws(BPBError) -> any MixGuest
  ) {
    (self.make, self.memory, self.speed) = (make, memory, speed)
    (self.parameterCount, self.origin) = (parameterCount, origin)
  }
}

/// Reads what stands in a mix's brackets, as in `mix:neural=[gru:width=256]`.
package typealias GuestList = @Sendable (MethodSpec) throws(BPBError) -> InvitedGuest
