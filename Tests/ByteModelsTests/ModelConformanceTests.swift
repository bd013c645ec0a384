import BPBCore
import ByteModels
import Testing
import _TestSupport

/// Every model passes the checker, and the checker catches models that are wrong.
@Suite struct ModelConformanceTests {
  private static let stops = [0, 1, 2, 40, 300]

  /// What is wrong on hostile inputs of `longest` bytes at most: slow models are given the beginnings.
  private func failures<M: ByteModel & ~Copyable>(
    longest: Int = .max, stops: [Int] = stops, of make: @escaping ModelCodec.Maker<M>
  ) -> [String] {
    let checker = ModelChecker(make)
    return HostileInputs.all.flatMap { input in
      checker.failures(
        on: Array(input.bytes.prefix(longest)), named: input.name,
        stops: input.name == "text" ? stops : [])
    }
  }

  private func ngramFailures<let order: Int>(_ model: NGramModel<order>.Type) -> [String] {
    failures { byteCount throws(BPBError) in
      try NGramModel<order>(memory: 1 << 20, byteCount: byteCount)
    }
  }

  @Test func ngramsPass() {
    #expect(ngramFailures(NGramModel<0>.self) == [])
    #expect(ngramFailures(NGramModel<1>.self) == [])
    #expect(ngramFailures(NGramModel<2>.self) == [])
    #expect(ngramFailures(NGramModel<4>.self) == [])
    #expect(ngramFailures(NGramModel<6>.self) == [])
  }

  @Test func ngramPassesWithAlmostNoMemory() {
    // Two pairs: every context evicts another.
    let found = failures { byteCount throws(BPBError) in
      try NGramModel<5>(memory: 256, byteCount: byteCount)
    }
    #expect(found == [])
  }

  private func contextTreeFailures<E: ContextTreeEstimator & ~Copyable>(
    _ model: ContextTreeModel<E>.Type, depth: Int, memory: Int
  ) -> [String] {
    failures(longest: 2000, stops: [0, 1, 40]) { byteCount throws(BPBError) in
      try ContextTreeModel<E>(depth: depth, memory: memory, byteCount: byteCount)
    }
  }

  @Test func contextTreesPass() {
    let found = contextTreeFailures(
      ContextTreeModel<InheritingEstimator>.self, depth: 4, memory: 1 << 20)
    #expect(found == [])
    let published = contextTreeFailures(
      ContextTreeModel<KrichevskyTrofimovEstimator>.self, depth: 2, memory: 1 << 20)
    #expect(published == [])
  }

  @Test func contextTreesPassWithAlmostNoMemory() {
    // Two pairs, and fewer than the path is long: nearly every context evicts another.
    let found = contextTreeFailures(
      ContextTreeModel<InheritingEstimator>.self, depth: 12, memory: 0)
    #expect(found == [])
    let published = contextTreeFailures(
      ContextTreeModel<KrichevskyTrofimovEstimator>.self, depth: 3, memory: 0)
    #expect(published == [])
  }

  @Test func referenceModelsPass() {
    #expect(failures { _ in UniformModel() } == [])
    #expect(failures { _ in LaplaceModel() } == [])
    #expect(failures { _ in EscapeModel() } == [])
  }

  @Test func aPeekingModelIsCaught() {
    let found = failures { _ in PeekingModel() }
    #expect(found.contains { $0.contains("sum to") })
    #expect(found.contains { $0.contains("decode") })
  }

  @Test func anUnnormalisedModelIsCaught() {
    #expect(failures { _ in UnnormalisedModel() }.contains { $0.contains("sum to") })
  }

  @Test func aModelWithoutFullSupportIsCaught() {
    #expect(failures { _ in ZeroModel() }.contains { $0.contains("no probability") })
  }

  @Test func aModelThatLearnsFromTheWrongByteIsCaught() {
    #expect(failures { _ in DivergingModel() }.contains { $0.contains("decode") })
  }
}
