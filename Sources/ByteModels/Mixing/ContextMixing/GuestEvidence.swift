/// What a mix makes of a guest's distribution.
final class GuestEvidence {
  static let inputs = DistributionEvidence.inputs
  static let steps = DistributionEvidence.steps

  private let guest: any MixGuest
  private var evidence = DistributionEvidence()
  /// What the guest expects, and the bit's place.
  var place: Int { evidence.place }

  init(_ guest: any MixGuest) {
    self.guest = guest
    expect()
  }

  var memoryBytes: Int { guest.memoryBytes + DistributionEvidence.memoryBytes }

  @inline(__always)
  func predict(
    _ bits: Int, _ shift: Int, _ stretch: UnsafeMutablePointer<Int16>,
    into x: UnsafeMutablePointer<Int16>
  ) {
    evidence.predict(bits, shift, stretch, into: x)
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ rates: UnsafeMutablePointer<Int32>) { evidence.learn(bit, rates) }

  func advance(past byte: UInt8) {
    guest.advance(past: byte)
    expect()
  }

  private func expect() {
    guest.expect(evidence.frequencies)
    evidence.add()
  }
}
