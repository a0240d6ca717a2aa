import Algebra
import Bifurcations
import FlintEngine
import LandscapeModel
import SwiftEngine
import Testing

@Suite("The critical point W = I")
struct IdentityTests {
  typealias Rational = FlintEngine.Rational

  private static func result(
    _ k: Int, _ family: BifurcationResult.Family, at value: Rational? = nil, digits: Int = 20
  ) throws -> BifurcationResult {
    var analysis = try BifurcationAnalysis<FlintEngine>(
      BifurcationOptions(units: k, family: family, digits: digits, at: value))
    try analysis.run(control: Control())
    return analysis.result
  }

  /// The enclosure contains a number that is known up to one unit in its last digit.
  static func contains(_ enclosure: DecimalEnclosure, _ text: String) throws -> Bool {
    let number = try Rational(exactly: text)
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    let unit = try Rational(10).power(-decimals)
    return try Rational(exactly: enclosure.lower) <= number + unit
      && number - unit <= Rational(exactly: enclosure.upper)
  }

  @Test(arguments: [4, 5, 6])
  func spectraAreTrustedOnes(k: Int) throws {
    let trusted = try #require(Vectors.trusted.k["\(k)"])
    for (name, slope) in [
      ("alpha=1/10", "1/10"), ("alpha=0 (ReLU, lambda=1)", "0"), ("alpha=-1 (|t|)", "-1"), ("alpha=1", "1"),
    ] {
      let parts = try #require(trusted.eigenvalues[name])
      let spectrum = try #require(try Self.result(k, .slope, at: Rational(exactly: slope)).spectrum)
      #expect(spectrum.count == 4)
      for part in spectrum {
        let expected = try #require(parts[part.type])
        #expect(
          part.dimension == expected.multiplicity && part.eigenvalues.count == expected.eigenvalues.count)
        for (found, known) in zip(part.eigenvalues, expected.eigenvalues) {
          #expect(try Self.contains(found, known), "\(k) \(name) \(part.type)")
        }
      }
    }
  }

  @Test(arguments: [4, 5, 6])
  func criticalValuesAreTrustedOnes(k: Int) throws {
    let trusted = try #require(Vectors.trusted.k["\(k)"])
    let homotopy = try Self.result(k, .homotopy, digits: 25)
    #expect(homotopy.criticalValues.count == 3)
    for (found, known) in zip(homotopy.criticalValues, trusted.lambda_family_critical) {
      #expect(try Self.contains(found.value, known))
    }
    #expect(homotopy.criticalValues.map(\.nullity) == [trusted.nullity_at_alpha_1, k - 1, 1])
    #expect(homotopy.morseIndex.map(\.index) == [k * k - k, 0, k - 1, k])
    let slope = try Self.result(k, .slope)
    #expect(slope.criticalValues.map(\.value) == [DecimalEnclosure(exact: "1")])
    #expect(slope.criticalValues[0].crossing == false && slope.morseIndex.map(\.index) == [0, 0])
  }

  @Test func halfBranchesAreTrustedOnes() throws {
    for branch in Vectors.trusted.branches_lambda_family {
      let result = try Self.result(branch.k, .homotopy, digits: 10)
      let name = branch.isotropy.replacingOccurrences(of: "_", with: "")
      let direction: BifurcationResult.HalfBranch.Direction = branch.sign > 0 ? .plus : .minus
      let found = result.criticalValues.flatMap(\.branches).filter { $0.isotropy == name }
      // Where the blocks have equal sizes the halves are images of each other.
      let half = try #require(found.count == 1 ? found[0] : found.first { $0.direction == direction })
      let cubic = half.cubic.lower.doubleValue, trusted = try #require(Double(branch.c_plusminus))
      #expect(abs(cubic - trusted) < 1e-9)
      let slope = half.slope.lower.doubleValue, drho = try #require(Double(branch.drho))
      #expect(abs(slope + drho / (3 * trusted)) < 1e-6)
      #expect((half.side == .above) == (slope > 0))
    }
  }

  /// The closed forms satisfy the polynomial that they come from, for all numbers of units.
  @Test(arguments: [4, 7, 12, 20])
  func dimensionsAndTracesAddUp(k: Int) throws {
    let value = try Rational(exactly: "7/3")
    let result = try Self.result(k, .homotopy, at: value, digits: 30)
    let spectrum = try #require(result.spectrum)
    #expect(result.isotypic.reduce(0) { $0 + $1.dimension * $1.multiplicity } == k * k)
    #expect(result.atIsActivation == false)
    // The trace of the Hessian: k² P + Q (k² + t (k + k − 2k)) = k² P + k² Q.
    var lower = Rational(0), upper = Rational(0)
    for part in spectrum {
      for eigenvalue in part.eigenvalues {
        lower += Rational(part.dimension) * (try Rational(exactly: eigenvalue.lower))
        upper += Rational(part.dimension) * (try Rational(exactly: eigenvalue.upper))
      }
    }
    let trace = try Rational(k * k).divided(by: 2)
    #expect(lower <= trace && trace <= upper)
    #expect(try upper - lower < Rational(10).power(-20))
  }

  @Test func bothEnginesAgree() throws {
    for k in [4, 9, 20] {
      for family in BifurcationResult.Family.allCases {
        var other = try BifurcationAnalysis<SwiftEngine>(
          BifurcationOptions(units: k, family: family, digits: 40, at: SwiftEngine.Rational(exactly: "-3/7")))
        try other.run(control: Control())
        #expect(try Self.result(k, family, at: Rational(exactly: "-3/7"), digits: 40) == other.result)
      }
    }
  }

  @Test func refusesOtherNumbersOfUnits() throws {
    for k in [Int.min, -1, 0, 1, 2, 3, 21, Int.max] {
      #expect(throws: BifurcationError.self) { try BifurcationOptions<Rational>(units: k) }
    }
    #expect("\(BifurcationError.tooFewUnits(3))".contains("(k-2,2)"))
  }
}
