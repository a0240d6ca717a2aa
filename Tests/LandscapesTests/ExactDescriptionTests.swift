import Algebra
import FlintEngine
import Ideals
import Interchange
import LandscapeModel
import Landscapes
import Strata
import TestSupport
import Testing

/// Exact descriptions are put back into the equations of a critical point, as polynomials.
@Suite("Exact descriptions")
struct ExactDescriptionTests {
  typealias Rational = FlintEngine.Rational

  @Test(arguments: [
    "poster_like_L2", "n5_L1", "leaky_n5_L2", "repeated_n6_L2", "grid_d2_L1", "wide_global_L2",
  ])
  func describesTheExample(name: String) throws {
    try check(try TrustedExample.load(name).problem())
  }

  @Test(arguments: 0..<6)
  func describesRandomProblems(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(seed) + 900, rows: 1...4)
    try check(try problems.next(atMost: 120).problem())
  }

  @Test func describesScaledData() throws {
    let problem = try SmallProblem(
      x: [["1e40"], ["-2e40"]], y: ["3e-50", "-1e-50"], units: 2, ridge: "1e-11", bias: false)
    try check(problem.problem())
  }

  @Test func describesDependentFaces() throws {
    let problem = try SmallProblem(
      x: [["2", "1"], ["-1", "-2"]], y: ["3", "3"], units: 3, ridge: "1/2")
    try check(problem.problem())
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func describesManyRandomProblems() throws {
    for seed: UInt64 in 1000..<1100 {
      var problems = RandomProblems(seed: seed, rows: 1...5)
      try check(try problems.next(atMost: 300).problem())
    }
  }

  private func check(_ problem: Problem<FlintEngine>) throws {
    let result = try Enumeration(problem, options: .init(describesExactly: true)).run()
    #expect(result.complete)
    for component in result.components {
      let exact = try #require(component.exact)
      var equations = StationarityText(problem: problem, component: component)
      #expect(exact.loss.overlaps(component.loss), "component \(component.id) of \(problem)")
      if component.dimension == 0 {
        let ideal = try equations.ideal(equations.generators(of: exact))
        #expect(try !ideal.isUnit && ideal.dimensionAndDegree().dimension == 0)
        #expect(try ideal.contains(equations.parsed(equations.conditions)), "\(component) of \(problem)")
        let point = try #require(exact.point)
        let enclosures = component.point.a + component.point.w.joined()
        for (number, enclosure) in zip(point.a + point.w.joined(), enclosures) {
          #expect(number.overlaps(enclosure))
          #expect(try number.isRoot, "\(number)")
        }
      } else {
        var dimensions: [Int] = []
        for piece in try #require(exact.pieces) {
          equations.patterns = piece.patterns.map(\.description)
          let ideal = try equations.ideal(piece.ideal)
          #expect(try ideal.contains(equations.parsed(equations.conditions)), "\(component) of \(problem)")
          #expect(try ideal.minimalPrimes().count == 1)
          #expect(try ideal.isEqual(to: ideal.radical()))
          // The variable t is free.
          dimensions.append(try ideal.dimensionAndDegree().dimension - 1)
        }
        #expect(dimensions.max() == component.dimension)
      }
    }
  }
}

/// The conditions of a critical point of the surrogate on a component's strata, as text in `t`, `a…` and `w…_…`.
private struct StationarityText {
  typealias Rational = FlintEngine.Rational

  let problem: Problem<FlintEngine>
  let component: LandscapeComponent
  /// The pattern of each alive unit in the sequence of the parameters.
  var patterns: [String]

  private var size: Int { problem.weightDimension }
  private var units: Int { problem.units }

  private var variables: [String] {
    ["t", "x"] + (1...units).map { "a\($0)" }
      + (1...units).flatMap { unit in (1...size).map { "w\(unit)_\($0)" } }
  }

  func ideal(_ generators: [String]) throws -> Ideal<FlintEngine> {
    try Ideal(generators: parsed(generators + [lossEquation]), variables: variables)
  }

  func parsed(_ polynomials: [String]) throws -> [SparsePolynomial<WideInteger>] {
    let text = variables.joined(separator: ",") + "\n0\n" + polynomials.joined(separator: ",\n")
    return try SystemParser<FlintEngine>.parse(text).polynomials
  }

  init(problem: Problem<FlintEngine>, component: LandscapeComponent) {
    self.problem = problem
    self.component = component
    patterns = component.units.filter { $0.outputSign != 0 }.map(\.pattern.description)
  }

  /// The parameters of an isolated minimum: `m(t)`, `a² = s(t)`, `λ w = a g(t)`.
  func generators(of exact: ExactDescription) throws -> [String] {
    var generators = [exact.field.minimalPolynomial]
    for (index, unit) in exact.units.enumerated() {
      let a = "a\(index + 1)"
      generators.append("\(a)^2 - (\(try #require(unit.total)))")
      generators += unit.g.enumerated().map { "(\(problem.ridge))*w\(index + 1)_\($0 + 1) - \(a)*(\($1))" }
    }
    for unit in exact.units.count..<units {
      generators.append("a\(unit + 1)")
      generators += (1...size).map { "w\(unit + 1)_\($0)" }
    }
    return generators
  }

  /// The derivatives of the surrogate along the stratum, the equations of its span, and the equation of the loss.
  var conditions: [String] {
    get throws {
      let residuals = self.residuals
      var conditions: [String] = []
      for unit in 0..<units {
        guard unit < patterns.count else { continue }
        let a = "a\(unit + 1)"
        let fit = problem.targets.indices.map {
          " - \(residuals[$0])*(\(slope(unit, $0)))*(\(argument(unit, $0)))"
        }
        conditions.append("(\(problem.ridge))*\(a)" + fit.joined())
        let zeros =
          problem.activation.slope == 1
          ? [] : Array(patterns[unit]).indices.filter { Array(patterns[unit])[$0] == "0" }
        conditions += zeros.map { argument(unit, $0) }
        let constraints = try FlintEngine.RationalMatrix(
          rows: zeros.count, columns: size, entries: zeros.flatMap { problem.vectors[$0] })
        let span = constraints.kernelBasis()
        for column in 0..<span.columns {
          let weight = (0..<size).map { "(\(span[$0, column]))*w\(unit + 1)_\($0 + 1)" }
          let products = problem.targets.indices.map { row -> String in
            let product = (0..<size).reduce(Rational(0)) { $0 + problem.vectors[row][$1] * span[$1, column] }
            return " - \(a)*\(residuals[row])*(\(slope(unit, row)))*(\(product))"
          }
          conditions.append(
            "(\(problem.ridge))*(" + weight.joined(separator: " + ") + ")" + products.joined())
        }
      }
      return conditions + [try #require(component.exact).loss.minimalPolynomial]
    }
  }

  /// `x` is the loss.
  private var lossEquation: String {
    let squares = (0..<units).flatMap { unit in
      ["a\(unit + 1)^2"] + (1...size).map { "w\(unit + 1)_\($0)^2" }
    }
    return "x - (" + residuals.map { "\($0)^2" }.joined(separator: " + ")
      + " + (\(problem.ridge))*(\(squares.joined(separator: " + "))))"
  }

  private var residuals: [String] {
    problem.targets.indices.map { row in
      "((\(problem.targets[row]))"
        + (0..<units).map { " - a\($0 + 1)*(\(slope($0, row)))*(\(argument($0, row)))" }.joined() + ")"
    }
  }

  private func argument(_ unit: Int, _ row: Int) -> String {
    (0..<size).map { "(\(problem.vectors[row][$0]))*w\(unit + 1)_\($0 + 1)" }.joined(separator: " + ")
  }

  private func slope(_ unit: Int, _ row: Int) -> Rational {
    guard unit < patterns.count else { return 0 }
    if problem.activation.slope == 1 { return 1 }
    switch Array(patterns[unit])[row] {
    case "+": return 1
    case "-": return problem.activation.slope
    default: return 0
    }
  }
}

extension ExactDescription.Number {
  fileprivate func overlaps(_ enclosure: DecimalEnclosure) -> Bool {
    guard let lower = try? FlintEngine.Rational(exactly: lower),
      let upper = try? FlintEngine.Rational(exactly: upper),
      let low = try? FlintEngine.Rational(exactly: enclosure.lower),
      let high = try? FlintEngine.Rational(exactly: enclosure.upper)
    else { return false }
    return lower <= high && low <= upper
  }

  /// Whether the polynomial has exactly one root between the bounds.
  fileprivate var isRoot: Bool {
    get throws {
      let system = try SystemParser<FlintEngine>.parse("x\n0\n\(minimalPolynomial)")
      let polynomial = system.polynomials[0]
      var coefficients: [FlintEngine.Integer] = []
      for term in 0..<polynomial.termCount {
        let power = Int(polynomial.exponents(ofTerm: term)[polynomial.exponents(ofTerm: term).startIndex])
        while coefficients.count <= power { coefficients.append(0) }
        coefficients[power] = FlintEngine.Integer(polynomial.coefficients[term])
      }
      let (low, high) = try (FlintEngine.Rational(exactly: lower), FlintEngine.Rational(exactly: upper))
      let univariate = FlintEngine.UnivariatePolynomial(coefficients: coefficients)
      let width = try FlintEngine.Rational(2).power(-200)
      return try univariate.isolatedRealRoots(width: width).filter {
        $0.upper >= low && $0.lower <= high
      }.count == 1
    }
  }
}
