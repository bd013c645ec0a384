public import BPBCore
import ByteModels
import LibraryCodecs

extension MethodTable {
  /// Every method of this build: the one place that knows them all.
  public static let builtin = MethodTable(
    families: LibraryMethods.families + ModelFamilies.families,
    absences: LibraryMethods.absences + [
      Absence(
        name: "model",
        reason: "names the file of a trained model, and no method of this version is trained first")
    ])
}
