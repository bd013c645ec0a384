import BPBCore

extension BPBError {
  /// A decoder met bytes that no encoder wrote; `reason` is the library's word for it.
  static func damaged(_ reason: String) -> BPBError {
    BPBError(.badData, "the coded block is damaged (\(reason))")
  }

  /// A library was refused memory.
  static func outOfMemory(_ library: String) -> BPBError {
    BPBError(
      .methodFailed, "\(library) could not get the memory it needs",
      advice: "free some, or choose a lower level")
  }

  /// A library gave up for a reason that is none of the input's fault.
  static func failed(_ library: String, _ reason: String) -> BPBError {
    BPBError(.methodFailed, "\(library) failed (\(reason))")
  }
}
