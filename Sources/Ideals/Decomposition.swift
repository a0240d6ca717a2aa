import Algebra
import GroebnerBases

/// What a decomposition is to consist of.
public enum DecompositionKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// The minimal primes.
  case minimal
  /// Primary ideals whose intersection is the input.
  case primary
  /// One component: the radical.
  case radical
  /// For each dimension one ideal without embedded components; their intersection is the input.
  case equidimensional
}

public struct DecompositionOptions: Hashable, Sendable, Codable {
  public var kind: DecompositionKind
  /// Whether the result is checked; see `DecompositionCheck`. Minimal primes and primary decompositions only;
  /// the others are checked through the one that they come from.
  public var checks: Bool

  public init(kind: DecompositionKind = .minimal, checks: Bool = false) {
    self.kind = kind
    self.checks = checks
  }
}

/// A decomposition as text, ready to be written as JSON (schema `allminima/decompose/1`).
public struct Decomposition: Hashable, Sendable, Codable {
  public struct Component: Hashable, Sendable, Codable {
    /// The reduced degree reverse lexicographic basis.
    public let generators: [String]
    public let dimension: Int
    public let degree: Int
    /// The basis of the associated prime of a primary component.
    public var associatedPrime: [String]?
    public var embedded: Bool?
    /// Why a component is prime.
    public var criterion: PrimalityCriterion?
  }

  public let schema: String
  public let kind: DecompositionKind
  /// Whether all checks are proofs; false without checks, as bases over Q are probable.
  public let proved: Bool
  public let components: [Component]
  public let check: DecompositionCheck?
}

extension Decomposition {
  /// Decomposes the ideal of a system over Q.
  ///
  /// Where a check fails, it begins again with other primes.
  ///
  /// - Throws: `AlgebraError.domain` over a prime field; `GroebnerBasis.ProofFailed` if a check fails again and again;
  ///   what the computations throw, of which `Interruption` means that a limit was reached.
  public init<Engine: AlgebraEngine>(
    of system: PolynomialSystem, options: DecompositionOptions = DecompositionOptions(), engine: Engine.Type,
    control: Control = Control()
  ) throws {
    self = try control.repeatingFailedProofs {
      try Self(once: system, options: options, engine: engine, control: $0)
    }
  }

  private init<Engine: AlgebraEngine>(
    once system: PolynomialSystem, options: DecompositionOptions, engine: Engine.Type, control: Control
  ) throws {
    let ideal = try Ideal<Engine>(system, control: control)
    var check: DecompositionCheck?
    switch options.kind {
    case .minimal:
      let primes = try ideal.minimalPrimes(control: control)
      if options.checks { check = try DecompositionCheck(minimalPrimes: primes, of: ideal, control: control) }
      components = primes.map { prime in
        Component(
          generators: prime.ideal.basis.text(variables: ideal.variables), dimension: prime.dimension,
          degree: prime.degree, criterion: prime.criterion)
      }
    case .primary:
      let parts = try ideal.primaryDecomposition(control: control)
      if options.checks { check = try DecompositionCheck(primary: parts, of: ideal, control: control) }
      components = try parts.map { part in
        var component = try Self.component(part.ideal, control, criterion: part.prime.criterion)
        component.associatedPrime = part.prime.ideal.basis.text(variables: ideal.variables)
        component.embedded = part.isEmbedded
        return component
      }
    case .radical:
      let primes = options.checks ? try ideal.minimalPrimes(control: control) : nil
      if let primes { check = try DecompositionCheck(minimalPrimes: primes, of: ideal, control: control) }
      components = [try Self.component(ideal.radical(knowing: primes, control: control), control)]
    case .equidimensional:
      let parts = try ideal.primaryDecomposition(control: control)
      if options.checks { check = try DecompositionCheck(primary: parts, of: ideal, control: control) }
      components = try ideal.equidimensionalDecomposition(of: parts, control: control).map {
        try Self.component($0, control)
      }
    }
    if let failure = check?.items.first(where: { $0.status == .failed }) {
      throw GroebnerBasis.ProofFailed(step: failure.statement)
    }
    schema = "allminima/decompose/1"
    kind = options.kind
    proved = check?.isProved ?? false
    self.check = check
  }

  private static func component<Engine: AlgebraEngine>(
    _ ideal: Ideal<Engine>, _ control: Control, criterion: PrimalityCriterion? = nil
  ) throws -> Component {
    let (dimension, degree) = try ideal.dimensionAndDegree(control: control)
    return Component(
      generators: ideal.basis.text(variables: ideal.variables), dimension: dimension, degree: degree,
      criterion: criterion)
  }
}
