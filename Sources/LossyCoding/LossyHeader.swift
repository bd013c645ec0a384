import BPBCore

/// What stands before the coded bytes of a lossy file: its mark, its version, and as LEB128 the number of bytes,
/// the share below which they have no code word, and the share that is outside of the window.
struct LossyHeader: Equatable {
  let byteCount: Int
  let code: FillCode

  private static let magic: [UInt8] = Array("BPBL".utf8)
  private static let version: UInt8 = 1

  var bytes: [UInt8] {
    Self.magic + [Self.version] + LEB128.encode(byteCount)
      + LEB128.encode(Int(code.leastShare))
      + LEB128.encode(Int(FillCode.wholeShare - code.windowShare))
  }

  /// The header of `file`, and the place behind it.
  ///
  /// - Throws: `badData` if there is none.
  static func reading(_ file: Span<UInt8>) throws(BPBError) -> (LossyHeader, end: Int) {
    guard file.count > magic.count, magic.indices.allSatisfy({ file[$0] == magic[$0] }) else {
      throw BPBError(.badData, "is no lossy file: its first bytes are not BPBL")
    }
    var place = magic.count
    guard file[place] == version else {
      throw BPBError(
        .badData, "is a lossy file of version \(file[place]), which this program does not know")
    }
    place += 1
    guard let byteCount = LEB128.decode(file, at: &place),
      let least = LEB128.decode(file, at: &place), let outside = LEB128.decode(file, at: &place),
      let code = FillCode(leastShare: least, windowShare: Int(FillCode.wholeShare) - outside)
    else { throw BPBError(.badData, "the lossy file's header makes no sense") }
    return (LossyHeader(byteCount: byteCount, code: code), place)
  }
}
