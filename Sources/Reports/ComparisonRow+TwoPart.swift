import RunRecords

extension ComparisonRow {
  /// The account of a method that has a model, for programs: what is model, what residual, what framing; nil for methods
  /// without one, and for figures of kind `heldout`.
  var twoPartAccount: JSONValue? {
    guard heldOut == nil, leavesOutModel || sentModelBytes != nil else { return nil }
    return .object([
      ("model_bytes", .integer(sentModelBytes ?? method.modelBytes)),
      ("model_is_sent", .bool(sentModelBytes != nil)),
      ("residual_bytes", .optional(residualBytes)), ("framing_bytes", .optional(framingBytes)),
      ("parameters", .optional(method.parameters)),
      ("model_sha256", .optional(method.modelHash)),
      ("trained_on", .array(trainedOn.map(JSONValue.string))),
    ])
  }
}
