extension HeardClaim {
  /// On pre-training and the amount of data.
  static let preTraining = [
    heard(
      "0.1", "More data still helps a model of fixed size.",
      speaksFor("capacity", "text-beyond-capacity-helps"),
      speaksFor("grid", "more-data-helps-the-smallest")),
    heard(
      "0.2", "New data moves a model to another basin of its loss.",
      notMeasured: "No study goes along the line between two trained networks."),
    heard(
      "0.3", "At fixed capacity, more data forces a model to drop what it knows by heart.",
      speaksFor("capacity", "memory-gives-way"),
      speaksFor("memorisation", "more-text-crowds-out")),
    heard(
      "0.4", "A small model with good data beats a large one with junk.",
      notMeasured: "No study mixes texts of different worth yet."),
    heard(
      "0.5", "A compute-optimal size is best for a budget, not a limit on data.",
      notMeasured:
        "By definition it is so (Hoffmann et al., 2022); 'bpb plan' tells both apart."),
    heard(
      "0.6", "Llama 3 over Llama 2 shows what data alone do.",
      notMeasured: "Models of others. Tokens, data quality and architecture changed too."),
    heard(
      "0.7", "Stronger models get more from each further byte.",
      speaksFor("grid", "larger-gains-more"), speaksFor("grid", "size-and-data-interact")),
    heard(
      "0.8",
      "That a model improves on far more bytes than it has parameters proves that it knows nothing by heart.",
      speaksAgainst("memorisation", "memory-beside-skill")),
    heard(
      "0.9",
      "A model that is full shows it by a training loss that falls while new text gains nothing.",
      speaksAgainst("capacity", "text-beyond-capacity-helps")),
    heard(
      "0.10", "The shortest description weighs a model's bits against those of the text.",
      speaksFor("ladder", "best-size-grows")),
    heard(
      "0.11", "Noise, which nothing compresses, is necessarily discarded.",
      speaksAgainst("capacity", "networks-store-noise"),
      speaksAgainst("memorisation", "canaries-are-kept")),
    heard(
      "0.12", "Large models are near the theoretical optimum.",
      notMeasured:
        "Nobody knows the entropy of natural text, and the records of the Hutter prize still fall."),
    heard(
      "0.13", "Small models lose more by quantisation than large ones.",
      speaksFor("rate-distortion", "longer-training-is-brittle")),
  ]
}
