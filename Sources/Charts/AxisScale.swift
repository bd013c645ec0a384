/// How values are laid out along an axis.
public enum AxisScale: String, Sendable {
  case linear
  /// Equal ratios take equal lengths; only positive values have a place.
  case logarithmic
}
