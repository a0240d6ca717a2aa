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
    let ideals = primes.map(\.ideal)
    try proveBases(of: ideal, components: ideals, control)
    try addContainment(of: ideal, in: ideals, control)
    for prime in primes { try addPrimality(prime, control) }
    let isIrredundant = try ideals.indices.allSatisfy { try !Self.contains(ideals, another: $0, control) }
    add("no component contains another one", isIrredundant, as: .proved, by: "normal forms")
    // Different maximal ideals are coprime.
    let common = try ProvedIntersection(
      of: ideals, containing: ideal, areCoprime: isProved && primes.allSatisfy { $0.dimension == 0 },
      control: control)
    add(
      "the intersection of the components lies in the radical of the input",
      try ideal.radicalProvablyContains(common.ideal.basis.polynomials, control: control),
      as: common.status, by: "Hilbert functions; normal forms of powers or Rabinowitsch's trick")
  }

  /// Checks a primary decomposition.
  ///
  /// - Throws: what the computations throw; `GroebnerBasis.ProofFailed`.
  public init<Engine: AlgebraEngine>(
    primary components: [PrimaryComponent<Engine>], of ideal: Ideal<Engine>, control: Control = Control()
  ) throws {
    let ideals = components.map(\.ideal)
    let primes = components.map(\.prime.ideal)
    try proveBases(of: ideal, components: ideals + primes, control)
    try addContainment(of: ideal, in: ideals, control)
    for (number, component) in components.enumerated() {
      try addPrimary(component, name: "component \(number + 1)", control)
    }
    let areDistinct = Set(primes.map(\.sortKey)).count == primes.count
    add("the associated primes are different", areDistinct, as: .proved, by: "reduced bases")
    // Their radicals are different maximal ideals.
    let common = try ProvedIntersection(
      of: ideals, containing: ideal, areCoprime: isProved && components.allSatisfy { $0.dimension == 0 },
      control: control)
    add(
      "the intersection of the components is the input", try common.ideal.isEqual(to: ideal),
      as: common.status, by: "Hilbert functions, equality of reduced bases")
    for number in components.indices {
      let statement = "component \(number + 1) is not redundant"
      if try !Self.contains(primes, another: number, control) {
        add(statement, true, as: .proved, by: "its prime contains no other one")
        continue
      }
      var others = ideals
      others.remove(at: number)
      let rest = try ProvedIntersection(of: others, containing: ideal, areCoprime: false, control: control)
      add(
        statement, try !ideals[number].contains(rest.ideal.basis.polynomials, control: control),
        as: rest.status, by: "Hilbert functions, normal forms")
    }
  }

  /// Whether the ideal with this number contains another one.
  private static func contains<Engine: AlgebraEngine>(
    _ ideals: [Ideal<Engine>], another number: Int, _ control: Control
  ) throws -> Bool {
    try ideals.indices.contains {
      try $0 != number && ideals[number].contains(ideals[$0], control: control)
    }
  }

  private mutating func addPrimary<Engine: AlgebraEngine>(
    _ component: PrimaryComponent<Engine>, name: String, _ control: Control
  ) throws {
    let prime = component.prime.ideal
    let isRadical =
      try prime.contains(component.ideal.basis.polynomials, control: control)
      && component.ideal.radicalProvablyContains(prime.basis.polynomials, control: control)
    add(
      "the radical of \(name) is its prime", isRadical, as: .proved,
      by: "normal forms of powers or Rabinowitsch's trick")
    let status = try addPrimality(component.prime, control)
    if try component.ideal.isEqual(to: prime) {
      add("\(name) is primary", true, as: status, by: "it is its prime")
    } else if component.dimension == 0 {
      add("\(name) is primary", true, as: status, by: "its radical is maximal")
    } else {
      // An ideal whose radical is maximal is primary, and so is what it contracts to.
      let extended = try IndependentExtension.cheapest(of: component.ideal, control: control)
      let isProved = try extended.isProvedContraction(control: control)
      add(
        "\(name) is primary",
        try isProved || extended.contraction(control: control).isEqual(to: component.ideal),
        as: isProved ? status : .probable,
        by: "it is the contraction of an extension whose radical is maximal")
    }
  }

  private mutating func proveBases<Engine: AlgebraEngine>(
    of input: Ideal<Engine>, components: [Ideal<Engine>], _ control: Control
  ) throws {
    _ = try input.basis.proved(generators: input.generators, engine: Engine.self, control: control)
    // Most primary components are their own primes.
    var proved = [input]
    for ideal in components where try !proved.contains(where: { try $0.isEqual(to: ideal) }) {
      proved.append(ideal)
      _ = try ideal.basis.proved(generators: ideal.basis.polynomials, engine: Engine.self, control: control)
    }
    add(
      "the bases of the input and of the components are Gröbner bases", true, as: .proved,
      by: "critical pairs of homogenisations in exact arithmetic")
  }

  private mutating func addContainment<Engine: AlgebraEngine>(
    of input: Ideal<Engine>, in components: [Ideal<Engine>], _ control: Control
  ) throws {
    let contained = try components.allSatisfy { try $0.contains(input.generators, control: control) }
    add("the input lies in every component", contained, as: .proved, by: "normal forms")
  }

  /// The status of the statement is returned, too.
  @discardableResult
  private mutating func addPrimality<Engine: AlgebraEngine>(
    _ prime: PrimeComponent<Engine>, _ control: Control
  ) throws -> Status {
    let statement = "a component of dimension \(prime.dimension) and degree \(prime.degree) is prime"
    let proof = PrimalityProof(ideal: prime.ideal, control: control)
    if let criterion = try proof.criterion() {
      add(statement, true, as: .proved, by: criterion.rawValue)
    } else {
      // Found once more from the component alone.
      let again = try prime.ideal.minimalPrimes(control: control)
      let holds = try again.count == 1 && again[0].ideal.isEqual(to: prime.ideal)
      add(statement, holds, as: .probable, by: prime.criterion.rawValue)
    }
    return items[items.count - 1].status
  }
}
