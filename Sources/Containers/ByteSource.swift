public import BPBCore

/// Delivers the next bytes of an input: at least one and at most `atMost`, or none at its end.
public typealias ByteSource = (_ atMost: Int) throws(BPBError) -> [UInt8]

/// Bytes that are read or handed out at a time.
let pieceSize = 1 << 16
