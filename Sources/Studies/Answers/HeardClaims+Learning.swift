extension HeardClaim {
  /// On why large models learn from less.
  static let learning = [
    heard(
      "4.1", "Large models need less than one pass, small ones ten to a hundred.",
      notMeasured: "No study of bytes to a given loss yet."),
    heard(
      "4.2", "With more dimensions the loss is smoother.",
      notMeasured: "No study measures curvature; 2.6 says the opposite."),
    heard(
      "4.3", "In small models gradients of different texts interfere.",
      notMeasured: "No study compares gradients yet."),
    heard(
      "4.4", "Large models start closer to their goal.",
      notMeasured: "No study yet. Before the first step every size takes eight bits a byte."),
    heard(
      "4.5", "Loss falls as a power of the parameters, without a floor.",
      speaksAgainst("grid", "constant-helps")),
    heard(
      "4.6", "Larger models fall faster from the first byte on.",
      notMeasured: "No study of bytes to a given loss yet."),
  ]
}
