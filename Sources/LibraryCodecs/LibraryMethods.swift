public import BPBCore

/// The methods of this module as rows of a method table.
public enum LibraryMethods {
  /// `store`, zlib, xz and the libraries that were built in, in the order in which they are listed.
  public static let families: [MethodFamily] = {
    var families = [StoreCodec.family, ZlibCodec.family, XzCodec.family]
    #if Bzip2
    families.append(Bzip2Codec.family)
    #endif
    #if Zstd
    families.append(ZstdCodec.family)
    #endif
    #if Brotli
    families.append(BrotliCodec.family)
    #endif
    return families
  }()

  /// The libraries that were left out of this build.
  public static let absences: [MethodTable.Absence] = {
    var absences: [MethodTable.Absence] = []
    #if !Bzip2
    absences.append(absence(of: "bzip2", trait: "Bzip2"))
    #endif
    #if !Zstd
    absences.append(absence(of: "zstd", trait: "Zstd"))
    #endif
    #if !Brotli
    absences.append(absence(of: "brotli", trait: "Brotli"))
    #endif
    return absences
  }()

  private static func absence(of name: String, trait: String) -> MethodTable.Absence {
    MethodTable.Absence(
      name: name,
      reason: "is not built in: the \(trait) trait is off; build without --disable-default-traits")
  }
}
