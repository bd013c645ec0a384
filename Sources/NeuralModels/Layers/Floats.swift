/// A matrix of activations or gradients, row-major, where it was written out: its shape stands beside its name.
typealias Floats = UnsafeMutablePointer<Float>
