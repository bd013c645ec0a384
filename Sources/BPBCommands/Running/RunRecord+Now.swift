import BitsPerByte

extension RunRecord {
  /// The record of a run that begins now, by the command line that is being carried out.
  init(
    corpus: Corpus, policy: String, methods: [Method], scale: ScaleRecord? = nil,
    study: StudyRecord? = nil, shard: Shard? = nil
  ) {
    self.init(
      run: Machine.runID(), started: Machine.timestamp(),
      command: ["bpb"] + ArgumentBytes.words.map { SafeText.escape(argument: $0) },
      bpbVersion: BPB.version,
      environment: Machine.environment,
      corpus: CorpusRecord(corpus),
      policy: policy, methods: methods.map(MethodRecord.init), scale: scale, study: study,
      shard: shard)
  }
}

extension CorpusRecord {
  /// What `corpus` holds.
  init(_ corpus: Corpus) {
    self.init(
      files: corpus.files.map { .init(path: $0.name, bytes: $0.byteCount, sha256: $0.sha256) },
      bytes: corpus.byteCount, sha256: corpus.sha256)
  }
}

extension MethodRecord {
  fileprivate init(_ method: Method) {
    self.init(
      name: method.name, version: method.version, modelBytes: method.modelBytes,
      decoderBytes: method.decoderBytes, framing: method.framingNote,
      parameters: method.parameterCount, modelHash: method.modelHash)
  }
}
