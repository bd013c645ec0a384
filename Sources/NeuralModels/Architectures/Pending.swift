extension TransformerShape {
  func makeNetwork(_ plan: NetworkPlan) -> any Network { preconditionFailure("not written yet") }
  func networkBytes(sequences: Int, time: Int, training: TrainingOptions?) -> Int { 0 }
}
extension RecurrentShape {
  func makeNetwork(_ plan: NetworkPlan) -> any Network { preconditionFailure("not written yet") }
  func networkBytes(sequences: Int, time: Int, training: TrainingOptions?) -> Int { 0 }
}
extension MLPShape {
  func makeNetwork(_ plan: NetworkPlan) -> any Network { preconditionFailure("not written yet") }
  func networkBytes(sequences: Int, time: Int, training: TrainingOptions?) -> Int { 0 }
}
