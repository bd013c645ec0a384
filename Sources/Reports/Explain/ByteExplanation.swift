/// What one or two methods pay for each byte of a text: what `bpb explain` shows.
public struct ByteExplanation: Sendable {
  /// A method, and what it pays.
  public struct Account: Sendable {
    /// Its canonical name.
    public var name: String
    /// As `Method.version`.
    public var version: String?
    /// Bits of each byte of the text.
    public var bits: [Double]
    /// Bytes of a model that is sent along with the text: the other part of a two-part code.
    public var sentModelBytes: Int
    /// Bytes of a trained model's file, which the decoder has to have besides.
    public var modelFileBytes: Int

    /// Creates an account; see the properties.
    public init(
      name: String, version: String? = nil, bits: [Double], sentModelBytes: Int = 0,
      modelFileBytes: Int = 0
    ) {
      self.name = name
      self.version = version
      self.bits = bits
      self.sentModelBytes = sentModelBytes
      self.modelFileBytes = modelFileBytes
    }
  }

  /// The text's name, safe to print.
  public let name: String
  public let text: [UInt8]
  /// One or two.
  public let accounts: [Account]
  /// Of bytes: what is drawn and handed out byte by byte. No character is cut in two.
  public let range: Range<Int>
  /// What the reader should know besides, in sentences.
  public var notes: [String] = []

  /// An explanation of `text`.
  ///
  /// - Parameters:
  ///   - accounts: one or two, each with as many bits as there are bytes.
  ///   - range: what is drawn; it is cut to the text, and widened to whole characters.
  public init(name: String, text: [UInt8], accounts: [Account], range: Range<Int>) {
    precondition(
      (1...2).contains(accounts.count) && accounts.allSatisfy { $0.bits.count == text.count })
    self.name = name
    self.text = text
    self.accounts = accounts
    self.range = TextCharacters.aligned(range.clamped(to: 0..<text.count), in: text)
  }

  /// Bits of each byte under the first method less those under the second; nil for one method.
  var differences: [Double]? {
    guard accounts.count == 2 else { return nil }
    return zip(accounts[0].bits, accounts[1].bits).map { $0 - $1 }
  }
}

extension ByteExplanation.Account {
  /// Bits of all bytes.
  var totalBits: Double { bits.reduce(0, +) }
}
