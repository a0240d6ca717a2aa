import Algebra
import GroebnerBases

/// Checks of a decomposition that use neither the way in which it was found nor each other.
public struct DecompositionCheck: Hashable, Sendable, Codable {
  public enum Status: String, Hashable, Sendable, Codable {
    /// Exact arithmetic with proved bases.
    case proved
    /// Right if the bases, which come from many primes, are.
    case probable
    case failed
  }

  /// One statement and how it was checked.
  public struct Item: Hashable, Sendable, Codable {
    public let statement: String
    public let status: Status
    public let method: String
  }

  public var items: [Item] = []

  public var isProved: Bool { items.allSatisfy { $0.status == .proved } }
  public var hasFailed: Bool { items.contains { $0.status == .failed } }

  mutating func add(_ statement: String, _ holds: Bool, as status: Status, by method: String) {
    items.append(Item(statement: statement, status: holds ? status : .failed, method: method))
  }
}

extension DecompositionCheck {
  /// Checks minimal primes.
  ///
  /// - Throws: what the computations throw; `GroebnerBasis.ProofFailed`.
  public init<Engine: AlgebraEngine>(
    minimalPrimes primes: [PrimeComponent<Engine>], of ideal: Ideal<Engine>, control: Control = Control()
  ) throws {
    try proveBases(primes.map(\.ideal), control)
    let contained = try primes.allSatisfy { try $0.ideal.contains(ideal, control: control) }
    add("the input lies in every component", contained, as: .proved, by: "normal forms")
    var common = try ideal.unit(control)
    for prime in primes { common = try common.intersection(prime.ideal, control: control) }
    add(
      "the intersection of the components lies in the radical of the input",
      try common.shorterGenerators.allSatisfy { try Self.provesRadicalMembership($0, ideal, control) },
      as: primes.count == 1 ? .proved : .probable, by: "Rabinowitsch's trick with proved bases; eliminations")
    try addIrredundance(primes, control)
    for prime in primes { try addPrimality(prime, control) }
  }

  /// Checks a primary decomposition.
  ///
  /// - Throws: what the computations throw; `GroebnerBasis.ProofFailed`.
  public init<Engine: AlgebraEngine>(
    primary components: [PrimaryComponent<Engine>], of ideal: Ideal<Engine>, control: Control = Control()
  ) throws {
    try proveBases(components.map(\.ideal) + components.map(\.prime.ideal), control)
    let contained = try components.allSatisfy { try $0.ideal.contains(ideal, control: control) }
    add("the input lies in every component", contained, as: .proved, by: "normal forms")
    var common = try ideal.unit(control)
    for component in components { common = try common.intersection(component.ideal, control: control) }
    add(
      "the intersection of the components is the input", try common.isEqual(to: ideal), as: .probable,
      by: "eliminations, equality of reduced bases")
    for (number, component) in components.enumerated() {
      var others = try ideal.unit(control)
      for (other, ideal) in components.map(\.ideal).enumerated() where other != number {
        others = try others.intersection(ideal, control: control)
      }
      add(
        "component \(number + 1) is not redundant", try !component.ideal.contains(others, control: control),
        as: .probable, by: "eliminations, normal forms")
      let belongs =
        try component.prime.ideal.contains(component.ideal, control: control)
        && component.ideal.radicalContains(component.prime.ideal, control: control)
      add(
        "the radical of component \(number + 1) is its prime", belongs, as: .probable,
        by: "Rabinowitsch's trick")
      add(
        "component \(number + 1) is primary", try Self.isPrimary(component, control), as: .probable,
        by: component.dimension == 0
          ? "its radical is maximal" : "it is the contraction of an extension whose radical is maximal")
      try addPrimality(component.prime, control)
    }
    let primes = components.map(\.prime.ideal)
    let distinct = Set(primes.map(\.sortKey)).count == primes.count
    add("the associated primes are different", distinct, as: .proved, by: "reduced bases")
  }

  private mutating func proveBases<Engine: AlgebraEngine>(_ ideals: [Ideal<Engine>], _ control: Control)
    throws
  {
    for ideal in ideals {
      _ = try ideal.basis.proved(generators: ideal.basis.polynomials, engine: Engine.self, control: control)
    }
    add(
      "the generators of the components are Gröbner bases", true, as: .proved,
      by: "critical pairs of homogenisations in exact arithmetic")
  }

  private static func provesRadicalMembership<Engine: AlgebraEngine>(
    _ polynomial: SparsePolynomial<WideInteger>, _ ideal: Ideal<Engine>, _ control: Control
  ) throws -> Bool {
    let generators = ideal.generators.map(\.withFirstVariable) + [polynomial.rabinowitsch]
    let basis = try GroebnerBasis(of: generators, variableCount: ideal.variableCount + 1, control: control)
    guard basis.isUnit else { return false }
    _ = try basis.proved(generators: generators, engine: Engine.self, control: control)
    return true
  }

  private mutating func addIrredundance<Engine: AlgebraEngine>(
    _ primes: [PrimeComponent<Engine>], _ control: Control
  ) throws {
    let isIrredundant = try primes.indices.allSatisfy { i in
      try primes.indices.allSatisfy { j in
        try i == j || !primes[i].ideal.contains(primes[j].ideal, control: control)
      }
    }
    add("no component contains another one", isIrredundant, as: .proved, by: "normal forms")
  }

  private mutating func addPrimality<Engine: AlgebraEngine>(
    _ prime: PrimeComponent<Engine>, _ control: Control
  ) throws {
    let statement = "a component of dimension \(prime.dimension) and degree \(prime.degree) is prime"
    if prime.criterion == .zeroIdeal {
      add(statement, prime.ideal.isZero, as: .proved, by: prime.criterion.rawValue)
    } else if prime.dimension == 0 {
      let holds = try Self.isMaximal(prime.ideal, degree: prime.degree, control)
      add(statement, holds, as: .proved, by: PrimalityCriterion.irreducibleMinimalPolynomial.rawValue)
    } else {
      // Found once more from the component alone.
      let again = try prime.ideal.minimalPrimes(control: control)
      let holds = try again.count == 1 && again[0].ideal.isEqual(to: prime.ideal)
      add(statement, holds, as: .probable, by: prime.criterion.rawValue)
    }
  }

  /// Whether the quotient ring is a field because an element has an irreducible minimal polynomial of full
  /// degree. Exact: the polynomial's value at the element reduces to zero.
  private static func isMaximal<Engine: AlgebraEngine>(
    _ ideal: Ideal<Engine>, degree: Int, _ control: Control
  ) throws -> Bool {
    let points = try PointSet(of: ideal, control: control)
    guard points.count == degree, try points.minimalPolynomial.isIrreducible else { return false }
    let n = ideal.variableCount
    let form = ideal.ring.linearForm(points.separatingForm)
    let one = SparsePolynomial<Engine.Rational>(
      variableCount: n, exponents: [UInt32](repeating: 0, count: n), coefficients: [1])
    var value = SparsePolynomial<Engine.Rational>(variableCount: n)
    for coefficient in points.minimalPolynomial.coefficients.reversed() {
      // Horner's scheme in the quotient ring.
      var next = SparsePolynomial<Engine.Rational>(variableCount: n)
      for factor in 0..<form.termCount {
        let scale = Engine.Rational(Engine.Integer(form.coefficients[factor]))
        for term in 0..<value.termCount {
          next.append(
            exponents: zip(value.exponents(ofTerm: term), form.exponents(ofTerm: factor)).map { $0 + $1 },
            coefficient: value.coefficients[term] * scale)
        }
      }
      next.append(exponents: one.exponents, coefficient: Engine.Rational(coefficient))
      value = try ideal.basis.normalForm(of: next, engine: Engine.self, control: control)
    }
    return value.isEmpty
  }

  private static func isPrimary<Engine: AlgebraEngine>(
    _ component: PrimaryComponent<Engine>, _ control: Control
  ) throws -> Bool {
    guard component.dimension > 0 else { return true }
    let set = try IndependentExtension.cheapest(of: component.prime.ideal, control: control).independent
    let contraction = try IndependentExtension(component.ideal, independent: set, control: control)
      .contraction(control: control)
    return try contraction.isEqual(to: component.ideal)
  }
}
