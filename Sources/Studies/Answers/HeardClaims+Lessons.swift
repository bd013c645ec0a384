extension HeardClaim {
  /// On what follows from scaling laws.
  static let lessons = [
    heard(
      "2.1", "Loss is a sum of a term each for parameters, data and compute.",
      notMeasured: "Compute is no third quantity beside the two: it is their product."),
    heard(
      "2.2", "Size drives performance, and better architectures change the slope.",
      speaksAgainst("grid", "architecture-keeps-the-slope")),
    heard(
      "2.3", "The best size grows with compute to the power of 0.7.",
      speaksAgainst("grid", "half-of-growth-is-size")),
    heard(
      "2.4", "With more parameters than data, most solutions are wrong rules.",
      speaksFor("overfit", "too-large-overfits")),
    heard(
      "2.5", "GPT-3 risked knowing its data by heart.",
      notMeasured:
        "A model of others. At 3.6 bits a parameter it holds 6.3e11 bits, of 8.7e11 in its data: neither must it, nor can it not."
    ),
    heard(
      "2.6", "More parameters make more local minima.",
      notMeasured: "No study counts minima; 4.2 says the opposite."),
    heard(
      "2.7", "The penalty for size grows exponentially with it.",
      speaksFor("overfit", "penalty-is-exponential")),
    heard(
      "2.8", "With fixed data, more parameters lower scores on exams.",
      notMeasured: "No exams here, and no such experiment in print."),
    heard(
      "2.9", "Dropout, weight decay and stopping early help.",
      speaksFor("overfit", "weight-decay-helps"), speaksFor("overfit", "dropout-helps")),
    heard(
      "2.10", "Gemini 1.5 was trained on ten million tokens.",
      notMeasured: "A fact of record: that is its context (Gemini team, 2024)."),
  ]
}
