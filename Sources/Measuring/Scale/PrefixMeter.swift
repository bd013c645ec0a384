import BPBCore
import RunRecords

/// Codes, decodes and compares prefixes of a window.
struct PrefixMeter {
  let meter: ScaleMeter
  let job: ScaleJob

  /// A record for each size, in order.
  func records() throws(BPBError) -> [PrefixRecord] {
    do {
      return try measured()
    } catch {
      guard error.isOfMethod else { throw error }
      return job.sizes.map { bytes in
        var record = emptyRecord(bytes)
        record.verified = false
        record.error = error.description
        return record
      }
    }
  }

  /// One pass over the largest prefix; what was coded of each is known when the pass gets there, and
  /// counts once the whole was decoded.
  private func measured() throws(BPBError) -> [PrefixRecord] {
    var pipeline = try BlockPipeline(
      codec: job.method.codec, byteCount: job.capacity, verifies: true, clock: meter.clock)
    var records: [PrefixRecord] = []
    var position = 0
    for bytes in job.sizes {
      let range = job.window.start + position..<job.window.start + bytes
      try meter.forEachPiece(of: range) { piece throws(BPBError) in
        try pipeline.push(piece)
        let share = Double(piece.count) / Double(max(job.capacity, 1))
        meter.advanced(job.expectedSeconds * share)
      }
      position = bytes
      var record = emptyRecord(bytes)
      record.codedBytes = pipeline.byteCountIfFinished
      record.seconds = pipeline.account.encodeSeconds + pipeline.account.decodeSeconds
      records.append(record)
    }
    try pipeline.finish()
    records[records.count - 1].codedBytes = pipeline.account.codedBytes
    for index in records.indices { records[index].verified = true }
    return records
  }

  private func emptyRecord(_ bytes: Int) -> PrefixRecord {
    PrefixRecord(
      run: meter.run, method: job.method.name, version: job.method.version,
      stream: meter.plan.record.stream, start: job.window.start, bytes: bytes,
      capacity: job.capacity, codedBytes: nil, verified: nil, seconds: 0, error: nil)
  }
}
