import FoundationEssentials
import ScalingLaws
import Testing

/// Against SciPy: `Tests/Reference/law_fits.py` made the points and fitted them.
@Suite struct ReferenceTests {
  private struct Reference {
    var points: [(name: String, sizes: [Double])] = []
    var fits: [(name: String, kind: String, constants: [Double])] = []

    init() throws {
      let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      let table = try Data(contentsOf: URL(filePath: tests.path + "/Reference/law_fits.tsv"))
      for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
        let fields = line.split(separator: "\t").map(String.init)
        // What a law has not is written "-" and counts as zero.
        let numbers = { (from: Int) in fields[from...].map { Double($0) ?? 0 } }
        switch fields[0] {
        case "point": points.append((fields[1], numbers(2)))
        default: fits.append((fields[1], fields[2], numbers(3)))
        }
      }
    }

    func curve(_ name: String) -> LossCurve {
      LossCurve(
        points.filter { $0.name == name }.map { LossPoint(bytes: $0.sizes[1], loss: $0.sizes[2]) })
    }
  }

  @Test func everyCurveHasTheConstantsOfSciPy() throws {
    let reference = try Reference()
    #expect(reference.fits.count == 9)
    for (name, kind, constants) in reference.fits where kind == "curve" {
      let fit = try Curves.fit(reference.curve(name), draws: 1).fit
      #expect(near(fit.law.irreducible, constants[0]), "\(name)")
      #expect(near(fit.law.coefficient, constants[3]), "\(name)")
      #expect(near(fit.law.exponent, constants[4]), "\(name)")
      #expect(fit.objective <= constants[5] * (1 + 1e-9), "\(name)")
    }
  }

  /// Where most points are far off, as they are from a law without E, Huber's loss is nearly one of absolute
  /// values and may be least along a line: only the objective is compared.
  @Test func withoutIrreducibleLossTheObjectiveIsSciPys() throws {
    let reference = try Reference()
    for (name, kind, constants) in reference.fits where kind == "pure" {
      let fit = try Curves.fit(reference.curve(name), draws: 1).withoutIrreducible
      #expect(abs(fit.objective / constants[5] - 1) < 1e-9, "\(name)")
    }
  }

  @Test func theSurfaceHasTheConstantsOfSciPy() throws {
    let reference = try Reference()
    let points = reference.points.filter { $0.name == "grid" }.map {
      SurfacePoint(parameters: $0.sizes[0], data: $0.sizes[1], loss: $0.sizes[2])
    }
    let constants = try #require(reference.fits.first { $0.kind == "surface" }).constants
    let fit = try SurfaceFit(points)
    let found = try #require(fit.law.chinchilla)
    #expect(near(found.irreducible, constants[0]))
    #expect(near(found.parameterCoefficient, constants[1]))
    #expect(near(found.parameterExponent, constants[2]))
    #expect(near(found.dataCoefficient, constants[3]))
    #expect(near(found.dataExponent, constants[4]))
    #expect(fit.objective <= constants[5] * (1 + 1e-9))
  }

  private func near(_ found: Double, _ expected: Double) -> Bool {
    abs(found - expected) <= 2e-5 * abs(expected)
  }
}
