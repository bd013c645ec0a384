import BPBCore
import RunRecords
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct RecordsAppenderTests {
  @Test func onlyOneRunWritesAtATime() throws {
    let file = try TemporaryFile(nil)
    do {
      let first = try RecordsAppender(file.path)
      let error = #expect(throws: BPBError.self) { try RecordsAppender(file.path) }
      #expect(error?.code == .inputOutput)
      #expect(error?.problem == "is being written by another run")
      try first.append(.run(SampleLines.run))
    }
    #expect(try RecordsAppender(file.path).records.runs == [SampleLines.run])
  }

  /// As a child process does between its fork and its program.
  @Test func aCopyOfTheDescriptorDoesNotKeepTheLock() throws {
    let file = try TemporaryFile(nil)
    var copy: FileDescriptor?
    do {
      let appender = try RecordsAppender(file.path)
      copy = try withExtendedLifetime(appender) { try descriptor(of: file.path)?.duplicate() }
    }
    #expect(try RecordsAppender(file.path).records.cells.isEmpty)
    try #require(copy, "the appender's own descriptor was not found").close()
  }

  /// This process's descriptor of the file at `path`.
  private func descriptor(of path: FilePath) throws -> FileDescriptor? {
    let wanted = try path.stat()
    return (Int32(3)..<1024).lazy.map { FileDescriptor(rawValue: $0) }.first {
      guard let found = try? $0.stat() else { return false }
      return found.inode == wanted.inode && found.deviceID == wanted.deviceID
    }
  }

  @Test func recordsOfManyThreadsStayWhole() async throws {
    let file = try TemporaryFile(nil)
    let appender = try RecordsAppender(file.path)
    try appender.append(.run(SampleLines.run))
    try await withThrowingTaskGroup { group in
      for index in 0..<200 {
        group.addTask { try appender.append(.cell(SampleLines.cell(path: "./\(index)"))) }
      }
      try await group.waitForAll()
    }
    let paths = try RecordsFile.read(file.path).cells.compactMap(\.path)
    #expect(Set(paths) == Set((0..<200).map { "./\($0)" }))
  }

  @Test(arguments: ["/dev/full", "/tmp", "/tmp/bpb-no-such-directory/records.jsonl"])
  func whatCannotHoldRecordsIsSaidSo(path: String) {
    let error = #expect(throws: BPBError.self) { try RecordsAppender(FilePath(path)) }
    #expect(error?.code == .inputOutput && error?.subject == path && error?.advice != nil)
  }

  /// A limit on the size of files stands for the full disk: the kernel writes what fits, then no more.
  @Test func aFullDiskLeavesWholeLinesAndAnErrorThatNamesTheFile() async {
    await #expect(processExitsWith: .success) {
      let file = try TemporaryFile(nil)
      let appender = try RecordsAppender(file.path)
      try appender.append(.run(SampleLines.run))
      let before = try file.bytes()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit()
      for room in [100, 0] {
        limit.rlim_max = rlim_t(before.count + 100)
        limit.rlim_cur = rlim_t(before.count + room)
        try #require(setrlimit(fileSizeLimit, &limit) == 0)
        let error = #expect(throws: BPBError.self) {
          try appender.append(.cell(SampleLines.cell()))
        }
        #expect(error?.code == .inputOutput && error?.subject == file.path.string)
        #expect(try file.bytes() == before)
      }
    }
  }
}

#if canImport(Darwin)
private let fileSizeLimit = RLIMIT_FSIZE
#else
private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#endif
