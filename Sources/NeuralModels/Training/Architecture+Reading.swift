extension Architecture {
  /// Whether a network reads on from batch to batch: recurrent ones do.
  var carriesState: Bool {
    switch self {
    case .gru, .lstm: true
    case .mlp, .transformer: false
    }
  }
}
