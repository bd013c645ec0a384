extension HeardClaim {
  /// On sizes of models beside amounts of data.
  static let sizeAndData = [
    heard(
      "1.1", "Loss follows power laws of parameters, data and compute.",
      speaksFor("grid", "surface-foretells")),
    heard(
      "1.2", "A model too large for its data overfits badly.",
      speaksFor("overfit", "too-large-overfits"), speaksFor("overfit", "harm-grows")),
    heard(
      "1.3", "Abilities emerge beyond ten billion parameters.",
      notMeasured:
        "Sizes out of reach here; jumps vanish under smooth measures (Schaeffer et al., 2023)."),
    heard(
      "1.4", "A longer context needs more parameters.",
      notMeasured: "No study holds the parameters and varies the context yet."),
    heard(
      "1.5", "Mixtral 8x7B has 47 billion active parameters.",
      notMeasured:
        "A fact of record: 46.7 billion in all, 12.9 billion for each token (Jiang et al., 2024)."),
    heard(
      "1.6", "Gains slow beyond a hundred billion parameters.",
      notMeasured: "Sizes out of reach here; a power law has one exponent everywhere."),
    heard(
      "1.7",
      "Performance is a function of parameters, data and compute, times architecture, times quality.",
      notMeasured: "Too vague to be wrong: no published law has this form."),
    heard(
      "1.8", "Twenty tokens a parameter are right.",
      speaksFor("grid", "one-ratio-for-all-budgets")),
    heard(
      "1.9", "Loss falls as a power of compute, without a floor.",
      speaksAgainst("grid", "constant-helps")),
    heard(
      "1.10", "LLaMA 2 70B with 2 trillion tokens is close to twenty a parameter.",
      notMeasured: "Arithmetic: 28.6 tokens a parameter."),
    heard(
      "1.11", "An experiment of 2022 found 5.6 trillion tokens for 280 billion parameters.",
      notMeasured: "A projection, of 5.9 trillion (Hoffmann et al., 2022, table 3)."),
    heard(
      "1.12", "At twenty tokens a parameter gradients converge; below, noise rules.",
      notMeasured:
        "No study looks at gradients' noise; the ratio follows from balancing two terms of a fit."),
    heard(
      "1.13", "At equal compute, a large model with less data overfits.",
      speaksAgainst("overfit", "one-pass-does-no-harm")),
    heard(
      "1.14", "7 billion parameters with 200 billion tokens beat 13 billion with 100.",
      notMeasured:
        "Arithmetic on a published law: 2.154 against 2.180 nats (Hoffmann et al., 2022)."),
    heard(
      "1.15", "LLaMA 2 was trained on 40 % of high-quality data.",
      notMeasured: "A fact of record: its corpus was made 40 % larger (Touvron et al., 2023)."),
    heard(
      "1.16", "One good datum is worth three to five bad ones.",
      notMeasured: "No study mixes texts of different worth yet."),
    heard(
      "1.17", "A mixture of experts wants twenty tokens for each active parameter.",
      notMeasured: "No mixtures of experts here, and no such rule in print."),
    heard(
      "1.18", "GPT-3, with 1.7 tokens a parameter, was severely overfitted.",
      notMeasured:
        "A model of others, trained for less than one pass over most of its sources: too little, not too often."
    ),
    heard(
      "1.19", "Gopher had 1.07 tokens a parameter, LLaMA 65B 21.5.",
      notMeasured: "Arithmetic, and right."),
  ]
}
