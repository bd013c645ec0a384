extension HeardClaim {
  /// On models as lossy summaries of their data.
  static let lossyCompression = [
    heard(
      "3.1", "The web has 10^14 to 10^15 tokens.",
      notMeasured:
        "Not to be had here; estimates say 5e14 without repetitions (Villalobos et al., 2024)."),
    heard(
      "3.2", "A trillion parameters hold 10^12 bits.",
      notMeasured:
        "Sizes out of reach here; at 2 to 3.6 bits a parameter it is two to four times that."),
    heard(
      "3.3", "Models cannot reproduce the text that they learned from.",
      speaksAgainst("memorisation", "canaries-are-extracted")),
    heard(
      "3.4", "A transformer can only express what lies on a manifold of few dimensions.",
      speaksAgainst("capacity", "networks-store-noise")),
    heard(
      "3.5", "Maximum likelihood is optimal lossy compression.",
      speaksAgainst("ladder", "likelihood-is-lossless")),
    heard(
      "3.6", "An information bottleneck forms by itself.",
      notMeasured:
        "No study measures the information in layers; refuted in general (Saxe et al., 2018)."),
    heard(
      "3.7", "A mixture of experts stores no more.",
      notMeasured: "No mixtures of experts here."),
    heard(
      "3.8", "Larger models are better, but not because they store more.",
      speaksAgainst("capacity", "networks-store-noise"),
      speaksAgainst("memorisation", "larger-networks-keep-more")),
    heard(
      "3.9", "What is learned first is frequent structure, not facts.",
      notMeasured: "No study follows a training against n-grams yet."),
    heard(
      "3.10", "Common patterns hold nearly all of the entropy.",
      notMeasured: "No study yet; 'bpb explain' shows where the bits of a text are."),
    heard(
      "3.11", "Early in training the loss is convex.",
      notMeasured: "No study measures curvature."),
    heard(
      "3.12", "Without duplicates a model knows far less by heart, and predicts slightly worse.",
      speaksFor("memorisation", "deduplication-forgets"),
      speaksAgainst("memorisation", "deduplication-is-free")),
    heard(
      "3.13", "Shuffling sentences hardly changes the loss.",
      notMeasured: "No study shuffles its text yet."),
    heard(
      "3.14", "Loss makes a model general.",
      speaksFor("rate-distortion", "loss-of-bits-helps"),
      speaksFor("rate-distortion", "loss-mends-overfitting")),
    heard(
      "3.15", "A lossless model could say nothing new.",
      notMeasured:
        "No study counts what is new in samples yet; 'bpb generate -m ppm' writes such samples."),
    heard(
      "3.16", "The more is lost the better, and the larger the more diverse.",
      notMeasured: "No study measures diversity yet; larger models keep more, see 3.8."),
  ]
}
