/// One worker's network: shared weights, and an arena of activations that is its own. Nothing is allocated
/// once it is made. Used from one thread at a time.
///
/// A batch is `sequences` sequences of `time` bytes, row-major: byte t of sequence s is at s * time + t.
package protocol Network: AnyObject {
  /// Adds to `gradient`, which is laid out as the parameters, the gradient of `gradientScale` times the summed loss
  /// in nats of predicting each of `targets` after the inputs up to its place.
  ///
  /// A recurrent network carries its state on from the batch before (without its gradient); others know
  /// nothing before the batch's first byte.
  /// - Parameter dropoutSeed: what the dropped elements are drawn by.
  /// - Returns: the summed loss in nats.
  func learn(
    inputs: UnsafePointer<UInt8>, targets: UnsafePointer<UInt8>, gradientScale: Float,
    dropoutSeed: UInt64,
    gradient: UnsafeMutablePointer<Float>
  ) -> Double

  /// Feeds `time` more bytes, at most what the network was made for, to each sequence, and gives the 256 logits of
  /// the byte after each, [sequences][time][256]; nil where nobody needs them.
  ///
  /// The bits do not depend on how many bytes a call brings, nor on what the other sequences are.
  func extend(
    by bytes: UnsafePointer<UInt8>, time: Int, logits: UnsafeMutablePointer<Float>?)

  /// How many bytes a sequence can hold before `reset`; nil if there is no end.
  var capacity: Int? { get }

  /// Forgets what was fed: every sequence begins anew.
  func reset()

  /// What `learn` carries from batch to batch, for a checkpoint: a recurrent network's states; none where nothing
  /// is carried.
  var carriedStates: [UnsafeMutableBufferPointer<Float>] { get }

  /// Bytes that it has allocated.
  var memoryBytes: Int { get }
}

extension Network {
  package var carriedStates: [UnsafeMutableBufferPointer<Float>] { [] }
}
