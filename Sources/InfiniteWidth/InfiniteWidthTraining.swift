import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving
import Strata

/// Training with infinitely many hidden units: the convex problem over measures `μ` on the sphere of directions
///
///     minimise  Σ_i ω_i (y_i − ⟨c, v_i⟩ − ∫ σ(⟨w, z_i⟩) dμ(w))² + Σ_j μ_j c_j² + 2λ |μ|,
///
/// whose value is the least loss that a finite network of the same problem can have at any width.
///
/// Guarantee: proved. The solution of the optimality conditions is enclosed by Krawczyk's operator, the dual
/// certificate `|η(w)| ≤ λ |w|` is checked on *all* directions by branch and bound with bounded rounding errors, and
/// ties are decided exactly; what cannot be decided is said to be undecided.
///
/// Source: the optimality conditions are those of measures under total variation (K. Bredies, H. K. Pikkarainen,
/// ESAIM: COCV 19, 2013, doi:10.1051/cocv/2011205); for ReLU networks compare L. Del Grande, C. Brune, M. Carioni,
/// arXiv 2603.17785.
public struct InfiniteWidthTraining<Engine: AlgebraEngine>: Sendable {
  /// What may be chosen.
  public struct Options: Codable, Hashable, Sendable {
    /// Significant decimal digits of all enclosures, at least 1.
    public var digits = 15
    /// Whether minimal polynomials are given as well.
    public var describesExactly = false

    public init(digits: Int = 15, describesExactly: Bool = false) {
      self.digits = digits
      self.describesExactly = describesExactly
    }
  }

  public let problem: Problem<Engine>
  public let options: Options
  private let scaling: Scaling<Engine>
  private let search: DirectionSearch<Engine>
  private let control: Control

  /// - Parameter problem: its number of units plays no part.
  /// - Throws: `InfiniteWidthError` for an activation without a kink.
  public init(_ problem: Problem<Engine>, options: Options = Options(), control: Control = Control()) throws {
    precondition(options.digits >= 1)
    guard problem.activation.slope != 1 else { throw InfiniteWidthError.linearActivation }
    Engine.prepareThread()
    self.problem = problem
    self.options = options
    self.control = control
    scaling = try Scaling(problem)
    let scaled = scaling.problem
    search = DirectionSearch(
      vectors: scaled.vectors, dimension: scaled.weightDimension, slope: scaled.activation.slope)
  }

  /// Solves and proves.
  ///
  /// Cost: for one input linear in the number of rows for every round of the search, and cubic in the number of
  /// atoms; for more inputs it grows with the number of cells of directions in which `|η|` comes near `λ`.
  ///
  /// A limit that is reached leaves an incomplete result.
  public func optimum() throws -> InfiniteWidthResult {
    var result = InfiniteWidthResult(
      problem: InfiniteWidthResult.ProblemSummary(problem), complete: true)
    do {
      try solve(&result)
    } catch AlgebraError.tooLarge(let what) {
      result.add(undecided: AlgebraError.tooLarge(what).description)
    } catch let interruption as Interruption {
      result.add(undecided: interruption.reason.description)
    }
    return result
  }

  /// The optima along all ridges from the greatest one that matters down to a given one, with all ridges at which the list
  /// of atoms changes.
  ///
  /// Guarantee: proved. Between two events the list of extremal directions is optimal for every ridge: the solutions of
  /// the optimality conditions are enclosed over segments of ridges, and every condition is bounded on them.
  ///
  /// Cost: for every event a few optima, and some segments that cost the cube of the number of unknowns each.
  ///
  /// A limit that is reached leaves an incomplete result.
  ///
  /// - Parameter target: the least ridge, positive. The problem's own ridge plays no part.
  /// - Throws: `InfiniteWidthError.penalisedLinearTerms`.
  public func path(to target: Engine.Rational) throws -> InfiniteWidthPathResult {
    precondition(target > 0)
    if problem.hasPenalisedLinearTerms { throw InfiniteWidthError.penalisedLinearTerms }
    var result = unfinishedPath(to: target)
    result.complete = true
    do {
      let values = ExtremeValues(problem: scaling.problem, search: search, control: control)
      let greatest = try values.ofTargets()
      result.ridgeMaximum = try enclosure(ofRoot: greatest.square, scaledBy: scaling.ridgeExponent)
      let scaled = try target * Engine.Rational(2).power(-scaling.ridgeExponent)
      guard greatest.square > scaled * scaled else { return result }
      let path = try RidgePath(
        scaling.problem, search: search, greatest: greatest, target: scaled, control: control)
      let writer = PathWriter(
        scaling: scaling, target: target, digits: options.digits,
        describesExactly: options.describesExactly, control: control)
      try writer.write(path, into: &result)
    } catch AlgebraError.tooLarge(let what) {
      result.add(undecided: AlgebraError.tooLarge(what).description)
    } catch let interruption as Interruption {
      result.add(undecided: interruption.reason.description)
    }
    return result
  }

  /// The path when nothing has been found out.
  public func unfinishedPath(to target: Engine.Rational) -> InfiniteWidthPathResult {
    var summary = InfiniteWidthResult.ProblemSummary(problem)
    summary.ridge = nil
    return InfiniteWidthPathResult(problem: summary, pathTo: target.description, complete: false)
  }

  /// The result when nothing has been found out.
  public var unsolved: InfiniteWidthResult {
    InfiniteWidthResult(problem: InfiniteWidthResult.ProblemSummary(problem), complete: false)
  }

  private func solve(_ result: inout InfiniteWidthResult) throws {
    let values = ExtremeValues(problem: scaling.problem, search: search, control: control)
    let greatest = try values.ofTargets()
    result.ridgeMaximum = try enclosure(ofRoot: greatest.square, scaledBy: scaling.ridgeExponent)
    let proof = OptimumProof(scaling.problem, search: search, control: control)
    let outcome =
      greatest.square <= scaling.problem.ridge * scaling.problem.ridge
      ? OptimumOutcome.proved(try zeroMeasure(greatest)) : try proof.outcome()
    switch outcome {
    case .undecided(let reason): result.add(undecided: reason)
    case .proved(let optimum): try describe(optimum, proof.exact, greatest.square, values, in: &result)
    }
  }

  /// The zero measure, if the ridge is at least `max |η_y|`.
  private func zeroMeasure(
    _ greatest: (square: Engine.Rational, faces: [(pattern: SignVector, sign: Int)])
  ) throws -> SparseOptimum<Engine> {
    let problem = scaling.problem
    let attaining = greatest.square == problem.ridge * problem.ridge ? greatest.faces : []
    let division = try Division(problem, faces: attaining.map(\.pattern), control: control)
    let system = try StratumSystem(division, faces: division.faces)
    let signs = Dictionary(uniqueKeysWithValues: attaining.map { ($0.pattern, $0.sign) })
    return SparseOptimum(
      division: division, system: system, point: CriticalPoint(originOf: system, precision: 192),
      signs: system.faces.map { signs[$0.pattern] ?? 0 }, touching: [], cells: 0)
  }

  private func describe(
    _ optimum: SparseOptimum<Engine>, _ exact: BoundedExactDecision<Engine>, _ greatest: Engine.Rational,
    _ values: ExtremeValues<Engine>, in result: inout InfiniteWidthResult
  ) throws {
    result.certificate = try certificate(optimum, greatest, values)
    guard let polytope = try SolutionPolytope(optimum, exact: exact, control: control) else {
      result.add(
        undecided: "the masses: \(optimum.extremal.count) directions attain the ridge, of which "
          + "\(optimum.point.support.count) suffice, and no exact description of the residual is within reach"
      )
      return
    }
    let numbers = RefinedOptimum(optimum, polytope: polytope, digits: options.digits)
    let writer = OptimumWriter(optimum: optimum, numbers: numbers, exact: exact, scaling: scaling)
    result.loss = try writer.loss()
    result.totalMass = try writer.totalMass()
    result.residual = try writer.residual()
    do {
      result.extremal = try writer.extremes()
    } catch is UndecidedSign {
      result.add(undecided: "whether an extremal direction is strict")
    }
    do {
      result.solutions = try writer.solutions()
    } catch is UndecidedSign {
      result.add(undecided: "whether the solutions are the same function")
    }
    result.network = try writer.network()
    if let extremal = result.extremal {
      let stability = StabilityWriter(
        optimum: optimum, numbers: numbers, scaling: scaling, search: search, control: control)
      result.stability = try stability.stability(
        isStrict: extremal.allSatisfy(\.strict), isUnique: polytope.dimension == 0)
    }
    if options.describesExactly {
      let description = ExactOptimum(
        optimum, polytope, exact, scaling, digits: options.digits, control: control)
      result.exact = try description.numbers()
      if result.exact == nil { result.add(undecided: "the exact description is not within reach") }
    }
  }

  private func certificate(
    _ optimum: SparseOptimum<Engine>, _ greatest: Engine.Rational, _ values: ExtremeValues<Engine>
  ) throws -> InfiniteWidthResult.Certificate {
    let ridge = scaling.problem.ridge
    guard !optimum.isZero else {
      let ratio = try enclosure(ofRoot: greatest.divided(by: ridge * ridge), scaledBy: 0)
      return InfiniteWidthResult.Certificate(ratio: ratio, nextLargest: nil, cells: optimum.cells)
    }
    let next = try values.next(after: optimum)
    return InfiniteWidthResult.Certificate(
      ratio: DecimalEnclosure(exact: "1"),
      nextLargest: try next.map { next in try enclosure { next.ratio(precision: $0) } },
      cells: optimum.cells)
  }

  /// The root of a rational number times a power of two; exact for squares of integers.
  private func enclosure(ofRoot square: Engine.Rational, scaledBy exponent: Int) throws -> DecimalEnclosure {
    if square == 0 { return DecimalEnclosure(exact: "0") }
    let scale = try Engine.Rational(2).power(exponent)
    if square * scale * scale == 1 { return DecimalEnclosure(exact: "1") }
    return try enclosure { precision in
      Engine.Ball(square, precision: precision).squareRoot(clampingAtZero: false)
        * Engine.Ball(scale, precision: precision)
    }
  }

  private func enclosure(_ ball: (_ precision: Int) -> Engine.Ball?) throws -> DecimalEnclosure {
    let first = max(192, options.digits * 4 + 128)
    var precision = first
    while precision <= 64 * first {
      if let ball = ball(precision), ball.isFinite {
        let (lower, upper) = try ball.bounds()
        if let enclosure = DecimalEnclosure(
          lower: lower, upper: upper, digits: options.digits, decidesTies: precision >= 8 * first)
        {
          return enclosure
        }
      }
      precision *= 2
    }
    throw AlgebraError.tooLarge("\(options.digits) digits need more than \(precision) bits")
  }
}

/// Why training with infinitely many units makes no sense for a problem.
public enum InfiniteWidthError: Error, Hashable, Sendable {
  /// All directions give the same functions.
  case linearActivation
  /// A path is asked for, and the ridge penalises linear terms of the output.
  case penalisedLinearTerms
}

extension InfiniteWidthError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .linearActivation:
      "with the linear activation one unit is as good as infinitely many: relu, leaky:α with α ≠ 1, or abs"
    case .penalisedLinearTerms:
      "no path: the ridge penalises the output's linear terms, too, so that the metric of the error changes along it"
    }
  }
}

extension InfiniteWidthResult {
  mutating func add(undecided reason: String) {
    complete = false
    undecided = (undecided ?? []) + [reason]
  }
}

extension InfiniteWidthPathResult {
  mutating func add(undecided reason: String) {
    complete = false
    undecided = (undecided ?? []) + [reason]
  }
}

extension InfiniteWidthResult.ProblemSummary {
  init<Engine: AlgebraEngine>(_ problem: Problem<Engine>) {
    self.init(
      rows: problem.rowCount, inputs: problem.inputCount, activation: problem.activation.description,
      ridge: problem.ridge.description, bias: problem.bias)
    if problem.outputBias { outputBias = true }
    if problem.skip { skip = true }
    if problem.observationWeights != nil { observationWeights = true }
    if problem.penalty != .all { penalty = problem.penalty }
  }
}

extension Problem {
  /// Whether the best linear coefficients depend on the ridge.
  fileprivate var hasPenalisedLinearTerms: Bool {
    skip && penalty.includesOutputWeights || outputBias && penalty.includesBiases
  }
}
