import Algebra
import ConvexMethod
import InfiniteWidth
import LandscapeModel
import RealSolving
import Strata

/// Finds out where a trained network stands: the critical point nearby, whether it is a local minimum, and how far its
/// loss is above what infinitely many units reach.
///
/// Guarantee: proved. The weights only tell where to look (which activation patterns their units have, or nearly have);
/// a critical point with these patterns is enclosed by Krawczyk's operator, and all conditions of a local minimum are
/// checked in ball arithmetic. No list of minima is needed, so that the number of units and rows may be large.
public struct NetworkLocator<Engine: AlgebraEngine>: Sendable {
  public let problem: Problem<Engine>
  /// Significant decimal digits of all enclosures.
  public let digits: Int
  private let control: Control

  /// - Parameter problem: its number of units plays no part.
  /// - Throws: `InfiniteWidthError` for an activation without a kink; `NetworkLocatorError`.
  public init(_ problem: Problem<Engine>, digits: Int = 15, control: Control = Control()) throws {
    precondition(digits >= 1)
    guard problem.activation.slope != 1 else { throw InfiniteWidthError.linearActivation }
    guard problem.metric.isIdentity else { throw NetworkLocatorError.linearTerms }
    self.problem = problem
    self.digits = digits
    self.control = control
  }

  /// How small an argument may be, relatively, that is taken for a kink at its data row.
  private static var tolerances: [Double] { [1e-12, 1e-9, 1e-7, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1] }

  /// Cost: a few steps of Newton's method with as many unknowns as the living units have weights, and once
  /// `InfiniteWidthTraining`.
  ///
  /// - Parameter landscape: the minima of networks with as many units, to compare with the best; with some more
  ///   digits, so that differences have enough.
  /// - Throws: `WeightsError` for hidden weights of another length than the problem's; `Interruption`, `AlgebraError`.
  public func locate(
    _ weights: NetworkWeights<Engine.Rational>, in landscape: EnumerationResult? = nil
  ) throws -> LocationResult {
    guard weights.w[0].count == problem.weightDimension else {
      throw WeightsError.length(unit: 1, expected: problem.weightDimension, found: weights.w[0].count)
    }
    Engine.prepareThread()
    let loss = weights.loss(of: problem)
    var summary = EnumerationResult.ProblemSummary(TrainingProblem(problem))
    summary.units = weights.units
    var result = LocationResult(problem: summary, weightsLoss: try enclosure(of: loss))
    let nearest = try candidates(weights).min { ($0.distance, $0.rank) < ($1.distance, $1.rank) }
    if let nearest {
      try describe(nearest.point, in: &result)
    } else {
      let faces = FaceAssignment(weights, problem, tolerance: Self.tolerances[0]).faces
      result.deadUnits = faces.indices.filter { faces[$0] == nil }.map { $0 + 1 }
    }
    let bound = try InfiniteWidthTraining(problem, options: .init(digits: digits + 20), control: control)
      .optimum()
    try compare(bound, nearest?.point, loss, in: &result)
    if let landscape { try compare(landscape, nearest?.point, loss, in: &result) }
    if result.kind != .minimum, result.kind != .undecided {
      try addDescent(weights, nearest?.point, bound, in: &result)
    }
    result.complete = result.undecided.isEmpty
    return result
  }

  private struct Candidate {
    let point: LocatedPoint<Engine>
    let distance: Double
    /// Minima first.
    let rank: Int
  }

  /// The critical points of the faces that the weights lie on, or nearly.
  private func candidates(_ weights: NetworkWeights<Engine.Rational>) throws -> [Candidate] {
    let scaling = try Scaling(problem)
    var waiting = Self.tolerances.map { FaceAssignment(weights, problem, tolerance: $0) }
    var seen: Set<FaceAssignment> = []
    var found: [Candidate] = []
    while !waiting.isEmpty {
      let assignment = waiting.removeFirst()
      guard seen.insert(assignment).inserted else { continue }
      try control.check()
      let division = try Division(scaling.problem, faces: assignment.patterns, control: control)
      // Rows that are zero together with others: there is no such face.
      guard division.faces.count == assignment.patterns.count else { continue }
      let sizes = weights.approximation.a.map { $0 * $0 }
      let shares = assignment.patterns.indices.map { face in
        assignment.faces.indices.filter { assignment.faces[$0] == face }.reduce(0.0) { $0 + sizes[$1] }
      }
      switch try CriticalCandidate.find(division, start: shares) {
      case .nothing: continue
      case .fewer(let positions): waiting.append(assignment.keeping(positions))
      case .found(let candidate):
        guard let point = try LocatedPoint(candidate, assignment, weights, scaling) else { continue }
        let distance = try point.distance(precision: candidate.point.precision)?.approximation ?? .infinity
        found.append(Candidate(point: point, distance: distance, rank: candidate.isMinimum ? 0 : 1))
      }
    }
    return found
  }

  private func describe(_ point: LocatedPoint<Engine>, in result: inout LocationResult) throws {
    switch point.candidate.verdict {
    case .minimum: result.kind = .minimum
    case .saddle: result.kind = .saddle
    case .undecided(let reason):
      result.kind = .undecided
      result.undecided.append(reason)
    }
    result.loss = try enclosure { try point.loss(precision: $0) }
    result.distance = try enclosure { try point.distance(precision: $0) }
    result.deadUnits = point.units.indices.filter { point.units[$0] == nil }.map { $0 + 1 }
    let faces = point.candidate.system.faces
    result.component = LocationResult.Component(
      units: try faces.indices.map { face in
        LocationResult.Unit(
          pattern: faces[face].face, outputSign: point.candidate.signs[face],
          count: point.units.count { $0?.face == face },
          total: try enclosure { try point.share(of: face, precision: $0) })
      },
      point: LocationResult.Point(
        a: try point.units.indices.map { unit in
          point.units[unit] == nil ? .zero : try enclosure { try point.weights(of: unit, precision: $0)?.a }
        },
        w: try point.units.indices.map { unit in
          try (0..<problem.weightDimension).map { column in
            point.units[unit] == nil || point.vanishes(unit, column)
              ? .zero : try enclosure { try point.weights(of: unit, precision: $0)?.w[column] }
          }
        }),
      globalForEveryWidth: .undecided)
  }

  /// Compares with the least loss of all widths.
  private func compare(
    _ bound: InfiniteWidthResult, _ point: LocatedPoint<Engine>?, _ weightsLoss: Engine.Rational,
    in result: inout LocationResult
  ) throws {
    if try point?.growth() != nil { result.component?.globalForEveryWidth = .no }
    guard let least = bound.loss else {
      result.undecided.append("the least loss of all widths: \(bound.undecided?.first ?? "not known")")
      settleDeadUnits(in: &result)
      return
    }
    let (low, high) = (try rational(least.lower), try rational(least.upper))
    result.infiniteWidthLoss =
      DecimalEnclosure(lower: low, upper: high, digits: digits, decidesTies: true) ?? least
    if let point, point.isOptimal(bound) {
      result.component?.globalForEveryWidth = .yes
      result.gapToInfiniteWidth = .zero
      return
    }
    let loss = try lossBounds(of: point, weightsLoss)
    result.gapToInfiniteWidth = difference(loss, (low, high))
    if loss.lower > high { result.component?.globalForEveryWidth = .no }
    settleDeadUnits(in: &result)
  }

  /// Compares with the least loss of this width.
  ///
  /// Activation patterns determine the loss of a critical point, so that the gap is zero on the best component's.
  private func compare(
    _ landscape: EnumerationResult, _ point: LocatedPoint<Engine>?, _ weightsLoss: Engine.Rational,
    in result: inout LocationResult
  ) throws {
    guard landscape.complete, let best = landscape.components.first else {
      result.undecided.append("the least loss of this width: the list of minima is not complete")
      return
    }
    let least = (lower: try rational(best.loss.lower), upper: try rational(best.loss.upper))
    result.bestLoss =
      DecimalEnclosure(lower: least.lower, upper: least.upper, digits: digits, decidesTies: true) ?? best.loss
    func living(_ units: [(pattern: Face, sign: Int)]) -> Set<String> {
      Set(units.filter { $0.sign != 0 }.map { "\($0.pattern) \($0.sign)" })
    }
    let here = living((result.component?.units ?? []).map { ($0.pattern, $0.outputSign) })
    let there = living(best.units.map { ($0.pattern, $0.outputSign) })
    let loss = try lossBounds(of: point, weightsLoss)
    let isBest = result.kind == .minimum && here.isSubset(of: there) && loss.lower <= least.upper
    result.gapToBest = isBest ? .zero : difference(loss, least)
  }

  /// The difference of two numbers between bounds, with as many digits as these allow.
  private func difference(
    _ left: (lower: Engine.Rational, upper: Engine.Rational),
    _ right: (lower: Engine.Rational, upper: Engine.Rational)
  ) -> DecimalEnclosure? {
    let (lower, upper) = (left.lower - right.upper, left.upper - right.lower)
    return DecimalEnclosure(lower: lower, upper: upper, digits: digits, decidesTies: true)
      ?? DecimalEnclosure(lower: lower, upper: upper, digits: 1, decidesTies: true)
  }

  /// A unit that is dead can grow where a larger width does better: all widths reach it by units that begin at zero.
  private func settleDeadUnits(in result: inout LocationResult) {
    guard result.kind == .minimum, !result.deadUnits.isEmpty else { return }
    switch result.component?.globalForEveryWidth {
    case .yes: return
    case .no: result.kind = .saddle
    case .undecided, nil:
      result.kind = .undecided
      result.undecided.append("whether a dead unit can grow")
    }
  }

  private func lossBounds(
    of point: LocatedPoint<Engine>?, _ weightsLoss: Engine.Rational
  ) throws -> (lower: Engine.Rational, upper: Engine.Rational) {
    guard let point else { return (weightsLoss, weightsLoss) }
    let precision = firstPrecision * 2
    guard let ball = try point.loss(precision: precision), ball.isFinite else {
      throw AlgebraError.tooLarge("the loss needs more than \(precision) bits")
    }
    return try ball.bounds()
  }

  private func addDescent(
    _ weights: NetworkWeights<Engine.Rational>, _ point: LocatedPoint<Engine>?, _ bound: InfiniteWidthResult,
    in result: inout LocationResult
  ) throws {
    var directions = point?.kinkSteps() ?? []
    if let unit = result.deadUnits.first {
      let extremal = (bound.extremal ?? []).map { ($0.direction.map(\.doubleValue), $0.sign) }
      for (direction, sign) in extremal + (try point?.growth().map { [($0.direction, $0.sign)] } ?? []) {
        var step = DescentSearch<Engine>.Step(
          a: weights.a.map { _ in 0 }, w: weights.w.map { $0.map { _ in 0 } })
        step.a[unit - 1] = Double(sign)
        step.w[unit - 1] = direction
        directions.append(step)
      }
    }
    guard let best = try DescentSearch(problem, weights).best(among: directions) else { return }
    result.descent = [
      LocationResult.Descent(
        a: best.step.a.map { "\($0)" }, w: best.step.w.map { $0.map { "\($0)" } },
        loss: try enclosure(of: best.loss))
    ]
  }

  // MARK: - Enclosures

  private var firstPrecision: Int { max(192, digits * 4 + 128) }

  private func rational(_ number: DecimalNumber) throws -> Engine.Rational {
    try Engine.Rational(exactly: number.description)
  }

  private func enclosure(of number: Engine.Rational) throws -> DecimalEnclosure {
    guard let result = DecimalEnclosure(lower: number, upper: number, digits: digits, decidesTies: true)
    else {
      preconditionFailure("a number is no interval")
    }
    return result
  }

  private func enclosure(_ ball: (_ precision: Int) throws -> Engine.Ball?) throws -> DecimalEnclosure {
    var precision = firstPrecision
    while precision <= 64 * firstPrecision {
      try control.check()
      if let ball = try ball(precision), ball.isFinite {
        let (lower, upper) = try ball.bounds()
        let decides = precision >= 8 * firstPrecision
        if let enclosure = DecimalEnclosure(lower: lower, upper: upper, digits: digits, decidesTies: decides)
        {
          return enclosure
        }
      }
      precision *= 2
    }
    throw AlgebraError.tooLarge("\(digits) digits of a critical point need more than \(precision) bits")
  }
}

/// Why no network of a problem can be located.
public enum NetworkLocatorError: Error, Hashable, Sendable {
  /// An output bias, a skip connection or weights of observations.
  case linearTerms
}

extension NetworkLocatorError: CustomStringConvertible {
  public var description: String {
    "networks with output bias, skip connection or weights of observations cannot be located"
  }
}
