import BPBCore
import RunRecords
import Testing

/// Lines of a held-out evaluation in a records file.
@Suite struct HeldOutLineTests {
  private static func cell(_ change: (inout HeldOutRecord) -> Void = { _ in }) -> CellRecord {
    var cell = SampleLines.cell(method: "model:a.bpbm")
    (cell.kind, cell.policy, cell.verified, cell.framingBytes) = ("heldout", "held-out", nil, nil)
    var heldOut = HeldOutRecord(
      blockSize: 600, blockBits: [1200.25, 800.125],
      positions: [
        .init(start: 0, bytes: 64, bits: 400), .init(start: 64, bytes: 936, bits: 1600.375),
      ],
      topOne: .init(right: 500, of: 1000), isTrainedOn: false,
      sharedWindows: .init(right: 0, of: 3))
    change(&heldOut)
    cell.heldOut = heldOut
    return cell
  }

  private static func read(_ cell: CellRecord) throws -> Records {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(.cell(cell))
    return try RecordsFile.read(file.path)
  }

  @Test func comesBackFromItsBytes() throws {
    let bare = Self.cell { ($0.topOne, $0.isTrainedOn, $0.sharedWindows) = (nil, nil, nil) }
    for cell in [Self.cell(), bare] {
      #expect(try Self.read(cell) == Records([.cell(cell)]))
      #expect(cell.heldOut?.bits == 2000.375)
    }
  }

  @Test(
    arguments: [
      { $0.blockSize = 0 }, { $0.blockSize = 500 * 3 }, { $0.blockBits = [1] },
      { $0.blockBits[0] = -1 }, { $0.positions[0].bytes = -1 }, { $0.positions[1].bytes = 1001 },
      { $0.positions[0].bits = -0.5 }, { $0.topOne = .init(right: 2, of: 1) },
      { $0.sharedWindows = .init(right: 0, of: -1) },
    ] as [@Sendable (inout HeldOutRecord) -> Void])
  func whatCannotBeIsDamage(change: @Sendable (inout HeldOutRecord) -> Void) {
    let error = #expect(throws: BPBError.self) { try Self.read(Self.cell(change)) }
    #expect(error?.code == .badData)
  }
}
