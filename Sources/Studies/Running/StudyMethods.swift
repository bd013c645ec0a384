import BPBCore
import ByteModels
import LibraryCodecs
import NeuralModels

/// Methods that studies measure with, by name.
enum StudyMethods {
  static let table = MethodTable(
    families: LibraryMethods.families + ModelFamilies.families(guests: NeuralFamilies.guests)
      + NeuralFamilies.families)

  /// How to take out what the method `name` learns.
  static func learning(_ name: String) throws(BPBError) -> any LearningMethod {
    guard let learning = try table.method(named: name).learning else {
      preconditionFailure("\(name) has nothing to take out")
    }
    return learning
  }
}
