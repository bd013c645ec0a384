import BPBCore
import ByteModels
import NeuralModels

/// Methods that studies measure with, by name.
enum StudyMethods {
  private static let table = MethodTable(
    families: ModelFamilies.families + NeuralFamilies.families)

  /// How to take out what the method `name` learns.
  static func learning(_ name: String) throws(BPBError) -> any LearningMethod {
    guard let learning = try table.method(named: name).learning else {
      preconditionFailure("\(name) has nothing to take out")
    }
    return learning
  }
}
