import Algebra
import FlintEngine
import LandscapeModel
import PolynomialNetworks
import TestSupport
import Testing

/// Discriminants against counts of real critical points, and against known polynomials.
@Suite struct DiscriminantTests {
  private func discriminant(
    _ teacher: [[Rational]], _ metric: FormMetric<Engine>, width: Int, _ unknown: [String],
    bounds: [String: (lower: Rational, upper: Rational)] = [:]
  ) throws -> DiscriminantResult.Discriminant {
    let problem = try TeacherProblem(teacher: Form(symmetric: teacher), metric: metric, width: width)
    let parametric = try ParametricProblem(
      problem, entries: unknown.map { (name: $0, value: nil) }, bounds: bounds)
    return try TeacherDiscriminant(parametric).run().discriminant
  }

  private func moments(_ values: [Rational]) throws -> FormMetric<Engine> {
    try FormMetric(
      moments: MomentTable(
        inputs: 2, degree: 4, entries: values.enumerated().map { (exponents: [4 - $0, $0], value: $1) }))
  }

  @Test func gaussianDiscriminantsHaveDegreeTwo() throws {
    let found = try discriminant(
      [[0, 0], [0, 0]].map { $0.map { Rational($0) } }.with(0, 0, 1), .gaussian(inputs: 2, degree: 2),
      width: 1,
      ["T11", "T12", "T22"])
    #expect(found.degenerate.polynomial == "T11^2 + 4*T12^2 - 2*T11*T22 + T22^2")
    #expect(found.degenerate.degree == 2)
    // 3 (tr T)² + 4 det T.
    #expect(found.rankDrop.polynomial == "3*T11^2 - 4*T12^2 + 10*T11*T22 + 3*T22^2")
  }

  @Test func generalDiscriminantsAreIrreducibleOfDegreeSix() throws {
    let metric = try moments([5, 1, 2, -1, 7])
    let found = try discriminant([[2, -1], [-1, 3]], metric, width: 1, ["T11", "T12", "T22"])
    #expect(found.degenerate.degree == 6)
    #expect(found.degenerate.factors.map(\.multiplicity) == [1])
    #expect(found.rankDrop.degree == 2)
    #expect(found.chambers == nil)
    // Of degree 12 in the metric.
    let inMetric = try discriminant(
      [[2, -1], [-1, 3]], metric, width: 1, ["m40", "m31", "m22", "m13", "m04"])
    #expect(inMetric.degenerate.degree == 12)
  }

  /// Critical directions in coordinate planes: a change of coordinates must not leave them there.
  @Test func criticalDirectionsBetweenAxesCount() throws {
    let metric = try FormMetric<Engine>.independent(
      inputs: 3, degree: 2, kurtosis: Rational(9).divided(by: 5))
    let found = try discriminant([[1, 0, 0], [0, 2, 0], [0, 0, 4]], metric, width: 1, ["T12"])
    // Three points meet at two of the factors, and pairs of points at a third.
    #expect(found.degenerate.degree == 30)
    #expect(found.degenerate.factors.map(\.multiplicity).sorted() == [1, 2, 3, 3])
    #expect(found.rankDrop.polynomial == "100*T12^2 - 1677")
    #expect(found.chambers?.map(\.realCriticalPoints) == [3, 5, 5, 7, 11, 13, 11, 7, 5, 5, 3])
  }

  /// Two units of three inputs are found by their gradients, for which the metric has to be inverted.
  @Test(.tags(.long), .onlyInLongRuns)
  func unknownMomentsOfSeveralUnitsHaveChambers() throws {
    func metric(_ unknown: Rational) throws -> FormMetric<Engine> {
      let entries = MonomialBasis(inputs: 3, degree: 4).exponents.map { exponents in
        let value: Rational = exponents.contains(4) ? 2 : exponents.sorted() == [0, 2, 2] ? 1 : 0
        return (exponents: exponents, value: exponents == [2, 2, 0] ? unknown : value)
      }
      return try FormMetric(moments: MomentTable(inputs: 3, degree: 4, entries: entries))
    }
    let teacher: [[Rational]] = [[1, 0, 0], [0, 2, 0], [0, 0, 4]]
    let found = try discriminant(teacher, metric(1), width: 2, ["m220"])
    let chambers = try #require(found.chambers)
    #expect(chambers.count == 6)
    // Elsewhere in the same chambers.
    let others = try [(1, 4), (7, 20), (1, 2), (4, 5), (1, 1), (19, 10)].map {
      try Rational($0.0).divided(by: Rational($0.1))
    }
    for (chamber, value) in zip(chambers, others) {
      let result = try solve(Form(symmetric: teacher), metric(value), width: 2)
      let points = result.criticalPoints.filter { $0.rank == 2 }
      #expect(points.count == chamber.realCriticalPoints)
      #expect(points.filter { $0.kind == .minimum }.count == chamber.minima)
    }
  }

  /// Sums of several powers are not closed: numbers change also where two powers become one.
  @Test func discriminantsOfSeveralPowersAreRefused() throws {
    let teacher = try Form<Rational>(terms: [([3, 0], 1), ([1, 2], 2)], names: ["x", "y"])
    let problem = try TeacherProblem<Engine>(
      teacher: teacher, metric: .gaussian(inputs: 2, degree: 3), width: 2)
    let parametric = try ParametricProblem(problem, entries: [(name: "T21", value: nil)])
    #expect(throws: DiscriminantUnknown.self) {
      try TeacherDiscriminant(parametric).run()
    }
  }

  /// On random lines of teachers the number of real critical points changes exactly at real roots of odd
  /// multiplicity of the degenerate component, and the number of minima only there or where a rank drops.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func numbersChangeAtOddRoots(_ seed: UInt64) throws {
    var random = RandomTeachers(seed: 70 + seed)
    let inputs = seed < 4 ? 2 : 3
    let metric = try random.moments(inputs: inputs, degree: 2, points: 8 * inputs)
    let teacher = random.symmetric(inputs)
    let found = try discriminant(teacher, metric, width: 1, ["T12"])
    let chambers = try #require(found.chambers)
    let degenerate = try univariate(found.degenerate)
    let drops = try univariate(found.rankDrop)
    #expect(!chambers.isEmpty)
    for (left, right) in zip(chambers, chambers.dropFirst()) {
      let (low, high) = try (Rational(exactly: left.sample[0]), Rational(exactly: right.sample[0]))
      #expect(low < high)
      let odd = try degenerate.reduce(0) { try $0 + ($1.isOdd ? roots($1.polynomial, low, high) : 0) }
      let dropping = try drops.reduce(0) { try $0 + roots($1.polynomial, low, high) }
      let jump = abs(left.realCriticalPoints - right.realCriticalPoints)
      #expect(jump == 2 * odd, "seed \(seed) between \(low) and \(high)")
      #expect(left.minima == right.minima || odd + dropping > 0)
    }
  }

  private typealias Univariate = Engine.UnivariatePolynomial

  private func univariate(
    _ component: DiscriminantResult.Component
  ) throws -> [(polynomial: Univariate, isOdd: Bool)] {
    try component.factors.map { factor in
      let ring = try Engine.PolynomialRing(variables: ["T12"], order: .degreeReverseLexicographic)
      var coefficients = [Engine.Integer](repeating: 0, count: component.degree + 1)
      // The text in one variable: terms c*T12^k.
      let text = factor.polynomial.replacing(" - ", with: " + -").split(separator: " + ")
      for term in text {
        let isNegative = term.hasPrefix("-")
        let parts = term.drop { $0 == "-" }.split(separator: "*")
        let number = parts[0].first?.isNumber == true ? try Engine.Integer(decimal: parts[0]) : 1
        let power = parts.last?.hasPrefix(ring.variables[0]) == true ? parts.last.map(String.init) : nil
        let exponent = power.map { Int($0.split(separator: "^").dropFirst().first ?? "1") ?? 1 } ?? 0
        coefficients[exponent] = isNegative ? -number : number
      }
      return (Univariate(coefficients: coefficients), factor.multiplicity % 2 == 1)
    }
  }

  /// Between two numbers that are no roots.
  private func roots(_ polynomial: Univariate, _ low: Rational, _ high: Rational) throws -> Int {
    try polynomial.isolatedRealRoots(width: Rational(2).power(-200)).filter {
      $0.lower > low && $0.upper < high
    }.count
  }

  /// Counts at random points are those of the chamber that contains them, found by walking along a segment.
  @Test func chambersOfAPlaneCoverIt() throws {
    let metric = try moments([5, 1, 2, -1, 7])
    let teacher: [[Rational]] = [[2, -1], [-1, 3]]
    let found = try discriminant(teacher, metric, width: 1, ["T11", "T12"])
    let chambers = try #require(found.chambers)
    let pairs = Set(chambers.map { [$0.realCriticalPoints, $0.minima] })
    #expect(pairs.contains([4, 2]) && pairs.contains([2, 1]) && pairs.contains([2, 2]))
    var random = RandomTeachers(seed: 5)
    for _ in 0..<20 {
      let point = [Rational(random.integer(-20...20)), Rational(random.integer(-20...20))]
      var changed = teacher
      changed[0][0] = point[0]
      changed[0][1] = point[1]
      changed[1][0] = point[1]
      let result = try solve(Form(symmetric: changed), metric, width: 1)
      guard result.discriminant?.degenerate == false, result.discriminant?.rankDrop == false else { continue }
      let points = result.criticalPoints.filter { $0.rank == 1 }
      #expect(pairs.contains([points.count, points.filter { $0.kind == .minimum }.count]))
    }
  }

  /// Ranks drop on the hyperbola 3a² + 10a + 3 = 4b² with vertices a = −3 and a = −1/3; only one point is degenerate.
  @Test(arguments: [
    ([-10, 10], [-5, 5], 3), ([0, 5], [-5, 5], 3), ([-1, 5], [-2, 2], 2), ([1, 5], [-2, 2], 1),
    ([-2, -1], [-1, 1], 1), ([0, 5], [], 3), ([], [1, 2], 3),
  ])
  func chambersOfABoxAreItsPieces(_ first: [Int], _ second: [Int], _ count: Int) throws {
    var bounds: [String: (lower: Rational, upper: Rational)] = [:]
    for (name, range) in [("T11", first), ("T12", second)] where !range.isEmpty {
      bounds[name] = (Rational(range[0]), Rational(range[1]))
    }
    let found = try discriminant(
      [[1, 0], [0, 1]], .gaussian(inputs: 2, degree: 2), width: 1, ["T11", "T12"], bounds: bounds)
    let chambers = try #require(found.chambers)
    #expect(chambers.count == count)
    #expect(found.box?.count == bounds.count)
    for chamber in chambers {
      for (text, range) in zip(chamber.sample, [first, second]) where !range.isEmpty {
        let value = try Rational(exactly: text)
        #expect(value > Rational(range[0]) && value < Rational(range[1]))
      }
    }
  }

  @Test func entriesAreChecked() throws {
    let metric = FormMetric<Engine>.frobenius(inputs: 2, degree: 2)
    let problem = try TeacherProblem(
      teacher: Form(symmetric: [[1, 0], [0, 2]]), metric: metric, width: 1)
    func refused(_ entries: [(name: String, value: Rational?)]) -> DiscriminantError? {
      #expect(throws: DiscriminantError.self) {
        try ParametricProblem(problem, entries: entries, control: Control())
      }
    }
    #expect(refused([("T13", nil)]) == .name("T13"))
    #expect(refused([("x", nil)]) == .name("x"))
    #expect(refused([("T12", nil), ("T21", 1)]) == .repeated("T21"))
    #expect(refused([("m22", nil)]) == .noMoments("m22"))
    #expect(refused([("T11", 3)]) == .nothingUnknown)
    func refused(bounds: [String: (lower: Rational, upper: Rational)]) -> DiscriminantError? {
      #expect(throws: DiscriminantError.self) {
        try ParametricProblem(problem, entries: [("T12", nil)], bounds: bounds)
      }
    }
    #expect(refused(bounds: ["T12": (1, 1)]) == .emptyBounds("T12"))
    #expect(refused(bounds: ["T11": (0, 1)]) == .boundsOfKnown("T11"))
  }
}

extension Array where Element == [Rational] {
  /// With another entry.
  fileprivate func with(_ row: Int, _ column: Int, _ value: Rational) -> Self {
    var copy = self
    copy[row][column] = value
    return copy
  }
}
