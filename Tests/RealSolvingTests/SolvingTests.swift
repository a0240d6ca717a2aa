import Algebra
import FlintEngine
import GroebnerBases
import Ideals
import LandscapeModel
import RealSolving
import TestSupport
import Testing

@Suite struct SolvingTests {
  static let known: [(name: String, degree: Int, real: Int)] = [
    ("katsura6", 64, 32), ("cyclic5", 70, 10), ("eco8", 64, 8), ("noon4", 73, 15), ("relu_L2_0052", 45, 9),
  ]
  static let slow: [(name: String, degree: Int, real: Int)] = [
    ("katsura7", 128, 44), ("katsura8", 256, 84), ("cyclic6", 156, 24), ("eco9", 128, 16), ("eco10", 256, 16),
    ("noon5", 233, 11), ("relu_L2_0241", 81, 9),
  ]

  private func check(_ name: String, degree: Int, real: Int) throws {
    let input = try storedSystem(name)
    let solutions = try solveFinite(input)
    #expect(solutions.degree == degree)
    #expect(solutions.solutions.count == real)
    try expectEnclosed(solutions, input)
  }

  @Test(arguments: known) func knownSystems(name: String, degree: Int, real: Int) throws {
    try check(name, degree: degree, real: real)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: slow)
  func slowSystems(name: String, degree: Int, real: Int) throws {
    try check(name, degree: degree, real: real)
  }

  /// Every box holds a solution by an interval Newton step of its own, and boxes are disjoint.
  private func expectEnclosed(_ solutions: FiniteSolutions<E>, _ system: PolynomialSystem) throws {
    let ring = try E.PolynomialRing(variables: system.variables, order: .degreeReverseLexicographic)
    let polynomials = try system.polynomials.map { polynomial in
      try ring.polynomial(
        terms: (0..<polynomial.termCount).map {
          PolynomialTerm(
            exponents: polynomial.exponents(ofTerm: $0).map(Int.init),
            coefficient: E.Rational(E.Integer(polynomial.coefficients[$0])))
        })
    }
    let n = system.variables.count
    #expect(polynomials.count == n && solutions.points.isRadical, "this test is for simple solutions")
    let precision = 256
    for solution in solutions.solutions {
      // A box with a margin, so that the solution lies well inside.
      let radius = try rational("1e-12")
      let centre = try solution.box.map { try ($0.lower + $0.upper).divided(by: 2) }
      let box = centre.map { E.Ball(lower: $0 - radius, upper: $0 + radius, precision: precision) }
      func value(_ polynomial: E.Polynomial, _ point: [E.Ball]) -> E.Ball {
        var sum = E.Ball(E.Rational(0), precision: precision)
        for term in polynomial.terms {
          var product = E.Ball(term.coefficient, precision: precision)
          for (variable, exponent) in term.exponents.enumerated() {
            for _ in 0..<exponent { product = product * point[variable] }
          }
          sum = sum + product
        }
        return sum
      }
      let points = centre.map { E.Ball($0, precision: precision) }
      let jacobian = E.BallMatrix(
        rows: n, columns: n,
        entries: polynomials.flatMap { polynomial in (0..<n).map { value(polynomial.derivative(in: $0), box) }
        })
      let residual = E.BallMatrix(rows: n, columns: 1, entries: polynomials.map { value($0, points) })
      let step = try #require(jacobian.solve(residual))
      for i in 0..<n { #expect(box[i].containsInInterior(points[i] - step[i, 0])) }
    }
    for (i, left) in solutions.solutions.enumerated() {
      for right in solutions.solutions[(i + 1)...] {
        #expect(zip(left.box, right.box).contains { $0.upper < $1.lower || $1.upper < $0.lower })
      }
    }
  }

  @Test func parametrisationsAreProvedBySubstitution() throws {
    for name in ["cyclic5", "katsura6", "relu_L2_0052"] {
      let input = try Ideal<E>(storedSystem(name))
      let points = try PointSet(of: input)
      #expect(try points.verify(input.generators))
      // A polynomial that does not vanish everywhere is noticed.
      let other = SparsePolynomial(
        variableCount: input.variableCount, exponents: input.variables.indices.map { $0 == 0 ? 1 : 0 },
        coefficients: [WideInteger(1)])
      #expect(try !points.verify([other]))
    }
  }

  @Test func typedAnswers() throws {
    guard case .empty = try SolutionSet<E>(of: system("x,x-1")) else {
      Issue.record("no solutions at all")
      return
    }
    #expect(try solveFinite(system("x^2+1,y")).solutions.isEmpty)
    guard
      case .positiveDimensional(let dimension, let components, let isolated) = try SolutionSet<E>(
        of: system("x*y,x*(x-1)*(x^2-2)"))
    else {
      Issue.record("a line and points")
      return
    }
    #expect(dimension == 1 && components.count == 3)
    #expect(isolated.flatMap(\.solutions).count == 3)
    guard case .positiveDimensional(2, _, _) = try SolutionSet<E>(of: system("0")) else {
      Issue.record("the plane")
      return
    }
    let cancellation = Cancellation()
    cancellation.cancel(.interrupted)
    let stopped = try SolutionSet<E>(
      of: storedSystem("katsura6"), control: Control(cancellation: cancellation))
    guard case .undecided = stopped else {
      Issue.record("a limit was reached")
      return
    }
    #expect(throws: AlgebraError.self) {
      try SolutionSet<E>(of: system("x,y"), options: SolveOptions(digits: 0))
    }
  }

  @Test func reportsAreTheSameForAllThreadCounts() throws {
    let input = try storedSystem("cyclic5")
    let one = try SolutionReport(of: input, engine: E.self)
    let two = try SolutionReport(of: input, engine: E.self, control: Control(threads: 2, seed: 9))
    #expect(one == two)
    #expect(one.answer == .finite && one.realSolutions?.count == 10)
  }

  @Test func multiplicities() throws {
    // x = 0 with multiplicity 6 at the origin, and simple and double points elsewhere.
    let origin = try solveFinite(system("x^3,y^4,x*y"))
    #expect(origin.degree == 6)
    #expect(origin.solutions.map(\.multiplicity) == [6])
    #expect(origin.enclosures == [[DecimalEnclosure(exact: "0"), DecimalEnclosure(exact: "0")]])
    let mixed = try solveFinite(system("x^2*(x-1)*(x^2-2)^3,y-x^2"))
    #expect(mixed.degree == 9)
    #expect(mixed.solutions.map(\.multiplicity).sorted() == [1, 2, 3, 3])
    let curvilinear = try solveFinite(system("y^2-x,x^2"))
    #expect(curvilinear.solutions.map(\.multiplicity) == [4])
  }

  @Test func exactCoordinatesAndDigits() throws {
    let solutions = try solveFinite(system("2*x-1,y^2-2"), options: SolveOptions(digits: 40))
    #expect(solutions.solutions.count == 2)
    for (row, solution) in zip(solutions.enclosures, solutions.solutions) {
      let (lower, upper) = (try rational(row[1].lower.description), try rational(row[1].upper.description))
      #expect(upper - lower <= (try rational("1e-38")))
      #expect((lower * lower - 2) * (upper * upper - 2) < 0)
      let half = try rational("1/2")
      #expect(solution.box[0].lower <= half && solution.box[0].upper >= half)
    }
  }
}
