public import BPBCore
public import RunRecords

extension Cell: Job {
  public var memoryNeed: Int { method.memory.total }
}

extension Scheduler {
  /// Measures all `cells` and hands over each outcome as it comes, in no particular order.
  ///
  /// Once the meter is cancelled no further cell begins.
  /// - Parameter deliver: called from one task at a time; throws to stop the run, which cancels the
  ///   cells in flight.
  public func run(
    _ cells: [Cell], with meter: CellMeter,
    deliver: (Outcome<CellRecord>) throws(BPBError) -> Void
  ) async throws(BPBError) {
    try await run(
      cells, isCancelled: meter.isCancelled,
      perform: { cell in
        do throws(BPBError) {
          return .success(try meter.measure(cell))
        } catch {
          return .failure(error.about(cell.source.path ?? "the corpus"))
        }
      }, deliver: deliver)
  }
}
