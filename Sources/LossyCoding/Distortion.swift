/// How far a reconstruction is from the text.
public enum Distortion {
  /// The places in which two texts of equal length differ: Hamming distortion, in whole bytes.
  ///
  /// Divided by the number of bytes it is the byte error rate, D in rate-distortion functions.
  public static func hamming(_ text: Span<UInt8>, _ reconstruction: Span<UInt8>) -> Int {
    precondition(text.count == reconstruction.count, "texts of equal length are compared")
    var errors = 0
    for i in text.indices where text[i] != reconstruction[i] { errors += 1 }
    return errors
  }
}
