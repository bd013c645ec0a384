public import BPBCore
import ByteModels
import LibraryCodecs
public import ModelFiles
import NeuralModels

extension MethodTable {
  /// Every method of this build: the one place that knows them all.
  public static let builtin = MethodTable(
    families: LibraryMethods.families + ModelFamilies.families(guests: NeuralFamilies.guests)
      + NeuralFamilies.families
      + [ModelReader.builtin.family],
    absences: LibraryMethods.absences)
}

extension ModelReader {
  /// A reader of every format of this build.
  public static let builtin = ModelReader(formats: [
    TrainedModelFormat(methods: MethodTable(families: ModelFamilies.families)),
    NeuralModelFormat(),
  ])
}
