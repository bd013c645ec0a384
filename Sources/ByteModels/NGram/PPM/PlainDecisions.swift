/// The tree's own probabilities, nothing else: variant H of PPMd.
package struct PlainDecisions: CandidateDecisions, ~Copyable {
  package static var candidates: Int { @inline(__always) get { 0 } }
  package static var candidatesAfterEscape: Int { @inline(__always) get { 0 } }
  package var expected: Int { @inline(__always) get { -1 } }
  package var memoryBytes: Int { 0 }

  package init() {}

  @inline(__always)
  package borrowing func weigh(_ candidate: PPMCandidate) -> UInt32 {
    UInt32(truncatingIfNeeded: candidate.probability)
  }

  @inline(__always)
  package static func probability(_ evidence: UInt32) -> UInt32 { evidence }

  @inline(__always)
  package mutating func learn(_ bit: UInt32, _ candidate: PPMCandidate, _ evidence: UInt32) {}

  package borrowing func note(
    _ candidate: PPMCandidate, _ evidence: UInt32, in log: inout UndoLog
  ) {}

  @inline(__always)
  package mutating func advance(past byte: UInt8) {}
}
