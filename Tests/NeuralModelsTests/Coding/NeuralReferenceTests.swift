import BPBCore
import ModelFiles
import NeuralModels
import Testing
import _TestSupport

@testable import NeuralModels

/// Against PyTorch: `Tests/Reference/neural_reference.py` made the models and ran them.
@Suite struct NeuralReferenceTests {
  private static let names = [
    "mlp", "gru", "lstm", "transformer", "transformer-own", "transformer-lookback",
  ]

  /// As in the script.
  private static let text: [UInt8] = {
    let line =
      Array("The wind, the wend and the wand.\nA ".utf8) + [0xFF] + Array("strange\0 line, ".utf8)
      + Array("änd thén the wind again and again.\n".utf8)
    return line + line
  }()

  private static func file(_ name: String) throws -> ModelBytes {
    let bytes = try PackageFiles.bytes("Tests/Reference/neural/\(name).safetensors")
    return ModelBytes(copying: bytes.span)
  }

  /// The rows of the table about `name` whose first field is `kind`.
  private static func rows(_ kind: String, _ name: String) throws -> [[String]] {
    let table = try PackageFiles.bytes("Tests/Reference/neural_reference.tsv")
    let rows = String(decoding: table, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: "\t").map(String.init)
    }
    return rows.filter { $0[0] == kind && $0[1] == name }.map { Array($0.dropFirst(2)) }
  }

  /// The logits at each place of the text.
  private static func logits(_ name: String) throws -> [Float] {
    let file = try SafetensorsFile(file(name))
    let weights = try Weights(file, Architecture(of: file.header))
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: .best)
    let network = weights.architecture.makeNetwork(
      weights: weights, kernels: .best, sequences: 1, time: 10, training: nil)
    var stream = NetworkStream(network, time: 10)
    var logits = [Float](repeating: 0, count: 256 * text.count)
    let inputs = [TextStart.byte] + text.dropLast()
    inputs.withUnsafeBufferPointer { inputs in
      logits.withUnsafeMutableBufferPointer { stream.extend(by: inputs, logits: $0.baseAddress) }
    }
    return logits
  }

  @Test(arguments: names) func logitsAreThoseOfPyTorch(name: String) throws {
    let logits = try Self.logits(name)
    let rows = try Self.rows("logit", name)
    #expect(rows.count == 160)
    for row in rows {
      let (place, byte, value) = (Int(row[0])!, Int(row[1])!, Float(row[2])!)
      #expect(abs(logits[256 * place + byte] - value) < 1e-4, "byte \(byte) at \(place)")
    }
  }

  @Test(arguments: names) func bitsPerByteAreThoseOfPyTorch(name: String) throws {
    let expected = try #require(Double(Self.rows("bpb", name)[0][0]))
    let logits = try Self.logits(name)
    let costs = Self.text.enumerated().map { place, byte in
      let row = logits[256 * place..<256 * (place + 1)].map { Double($0) / 0.6931471805599453 }
      let largest = row.max()!
      let sum = row.reduce(0) { $0 + exp2($1 - largest) }
      return largest - row[Int(byte)] + log2Reference(sum)
    }
    let bits = costs.reduce(0, +) / Double(Self.text.count)
    #expect(abs(bits - expected) < 1e-5)
  }

  /// The integers that are coded differ from the probabilities by what they are rounded by.
  @Test(arguments: names) func theModelPaysWhatPyTorchSays(name: String) throws {
    let model = try NeuralModelFormat().open(Self.file(name))
    let expected = try #require(Double(Self.rows("bpb", name)[0][0]))
    let text = Self.text
    let bits = try model.models.withModel { $0.score(text.span, blockSize: 1000) }
    #expect(abs(bits[0] / Double(text.count) - expected) < 1e-3)
    #expect(try model.models.withModel { FrozenUse.failure(of: $0) } == nil)
  }
}
