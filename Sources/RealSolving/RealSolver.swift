import Algebra
import GroebnerBases
import Ideals

/// What is wanted of real solutions.
public struct SolveOptions: Hashable, Sendable, Codable {
  /// Significant decimal digits of the coordinates.
  public var digits: Int
  /// Whether the parametrisation is proved by substitution into the equations.
  public var proves: Bool

  public init(digits: Int = 15, proves: Bool = false) {
    self.digits = digits
    self.proves = proves
  }
}

/// The real solutions of a polynomial system, of one of four kinds.
public enum SolutionSet<Engine: AlgebraEngine>: Sendable {
  /// There are no complex solutions.
  case empty(isProved: Bool)
  /// There are finitely many complex solutions; the real ones may be none.
  case finite(FiniteSolutions<Engine>)
  /// There are infinitely many complex solutions: the components, and the real points of those that have
  /// finitely many.
  case positiveDimensional(
    dimension: Int, components: [PrimeComponent<Engine>], isolated: [FiniteSolutions<Engine>])
  /// A limit was reached, or something was too large.
  case undecided(reason: String)
}

extension SolutionSet {
  /// Solves a system over Q.
  ///
  /// The parametrisation of all complex solutions (probable; proved to consist of solutions with
  /// `options.proves`), certified isolation of the real roots of its eliminating polynomial, and intervals for
  /// the coordinates. Counts are checked: multiplicities sum up to the dimension of the quotient ring.
  ///
  /// - Throws: `AlgebraError.domain` over a prime field, `.outOfRange` for digits outside of 1...10000, or what
  ///   bases throw; limits lead to `.undecided` only where the dimension is not known yet to be zero.
  ///
  /// - Parameter onDimension: called as soon as dimension and degree of the ideal are known.
  public init(
    of system: PolynomialSystem, options: SolveOptions = SolveOptions(), control: Control = Control(),
    onDimension: (_ dimension: Int, _ degree: Int) -> Void = { _, _ in }
  ) throws {
    guard system.characteristic == 0 else {
      throw AlgebraError.domain("real solutions need characteristic 0")
    }
    guard (1...10_000).contains(options.digits) else {
      throw AlgebraError.outOfRange("\(options.digits) digits (1 to 10000)")
    }
    do {
      self = try control.repeatingFailedProofs { control in
        let ideal = try Ideal<Engine>(system, control: control)
        let (dimension, degree) = try ideal.dimensionAndDegree(control: control)
        if dimension >= 0 { onDimension(dimension, degree) }
        return try Self(of: ideal, dimension: dimension, options, control)
      }
    } catch let interruption as Interruption {
      self = .undecided(reason: interruption.description)
    } catch AlgebraError.tooLarge(let what) {
      self = .undecided(reason: AlgebraError.tooLarge(what).description)
    }
  }

  private init(of ideal: Ideal<Engine>, dimension: Int, _ options: SolveOptions, _ control: Control) throws {
    switch dimension {
    case ..<0:
      let basis = try ideal.basis.provedIfUnit(
        generators: ideal.generators, engine: Engine.self, control: control)
      self = .empty(isProved: basis.guarantee == .proved)
    case 0: self = .finite(try FiniteSolutions(of: ideal, options: options, control: control))
    default:
      let components = try ideal.minimalPrimes(control: control)
      let isolated = try components.filter { $0.dimension == 0 }.map {
        try FiniteSolutions(of: $0.ideal, options: options, control: control)
      }
      self = .positiveDimensional(dimension: dimension, components: components, isolated: isolated)
    }
  }
}

extension FiniteSolutions {
  /// - Parameter ideal: of dimension zero over Q.
  /// - Throws: `AlgebraError`, `Interruption`.
  public init(of ideal: Ideal<Engine>, options: SolveOptions = SolveOptions(), control: Control = Control())
    throws
  {
    let points = try PointSet(of: ideal, control: control)
    if options.proves, try !points.verify(ideal.generators, control: control) {
      throw GroebnerBasis.ProofFailed(step: "the parametrisation fails in the equations")
    }
    control.log?("isolating the real roots of a polynomial of degree \(points.count)")
    let refinement = CoordinateRefinement(points: points, digits: options.digits, control: control)
    var found: [(result: CoordinateRefinement<Engine>.Result, multiplicity: Int)] = []
    let factors = try points.multiplicities(in: ideal, control: control)
    let width = CoordinateRefinement<Engine>.width(bits: refinement.initialBits)
    for interval in try points.minimalPolynomial.isolatedRealRoots(width: width, control: control) {
      let factor =
        try factors.count == 1
        ? factors[0] : factors.first { try points.vanishes($0.factor, at: interval) }
      guard let factor else { preconditionFailure("every root belongs to a factor") }
      found.append((try refinement.refine(interval), factor.multiplicity))
    }
    control.log?("\(found.count) real solutions")
    found.sort { $0.result.root.lower < $1.result.root.lower }
    self.points = points
    degree = try ideal.dimensionAndDegree(control: control).degree
    solutions = found.map {
      RealSolution(root: $0.result.root, box: $0.result.box, multiplicity: $0.multiplicity)
    }
    enclosures = found.map(\.result.enclosures)
  }
}
