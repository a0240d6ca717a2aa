import Algebra
import Ideals
import LandscapeModel

/// Finds the discriminant of a polynomial student whose teacher or metric has unknown entries.
public struct TeacherDiscriminant<Engine: AlgebraEngine>: Sendable {
  typealias Polynomial = Engine.Polynomial

  private let problem: ParametricProblem<Engine>
  private let control: Control

  public init(_ problem: ParametricProblem<Engine>, control: Control = Control()) {
    self.problem = problem
    self.control = control
  }

  /// The polynomials, and for at most two unknowns all chambers with a sample of each: of the line or the plane, or
  /// of the box between the bounds that the problem has.
  ///
  /// Guarantee: proved for two inputs and for rotation invariant metrics; by elimination (probable) else. Chambers
  /// are proved for these polynomials.
  ///
  /// - Throws: `DiscriminantUnknown` where no method applies; `AlgebraError`, `Interruption`.
  public func run() throws -> DiscriminantResult {
    let (degenerate, rankDrop) = try polynomials()
    let ring = problem.notation.ring
    let boundary =
      problem.hasUnknownMoments
      ? try Determinant.eliminating(problem.gram, ring: ring, control: control) : nil
    let teacher = problem.problem.teacher
    var discriminant = DiscriminantResult.Discriminant(
      variables: problem.variables, degenerate: try component(degenerate), rankDrop: try component(rankDrop),
      singularMetric: try boundary.map(component))
    let bounded = zip(problem.variables, problem.box).compactMap { name, range in
      range.map { (name, [$0.lowerBound.description, $0.upperBound.description]) }
    }
    if !bounded.isEmpty { discriminant.box = Dictionary(uniqueKeysWithValues: bounded) }
    var undecided: [String] = []
    let curves = [degenerate, rankDrop] + (boundary.map { [$0] } ?? [])
    if problem.variables.count <= 2, !curves.contains(where: \.isZero) {
      let curve = try curves.reduce(ring.constant(1)) { try $0.multiplied(by: $1.primitivePart) }
      discriminant.chambers = try Chambers<Engine>(box: problem.box, control: control).samples(curve)
        .compactMap {
          try chamber($0, &undecided)
        }
    }
    return DiscriminantResult(
      inputs: teacher.inputs, degree: teacher.degree, width: problem.problem.width,
      metric: problem.problem.metric.name, complete: undecided.isEmpty, discriminant: discriminant,
      undecided: undecided)
  }

  private func polynomials() throws -> (degenerate: Polynomial, rankDrop: Polynomial) {
    let basis = problem.problem.teacher.basis
    let ring = problem.notation.ring
    if basis.degree == 2, problem.problem.width >= basis.inputs {
      // The only critical form of full rank is the teacher.
      let one = ring.constant(1)
      return (one, problem.problem.width > basis.inputs ? one : try problem.teacherDeterminant())
    }
    if let product = problem.spectral {
      let found = try SpectralDiscriminant(problem, product, control: control)
      return (found.degenerate, found.rankDrop)
    }
    if basis.inputs == 2, problem.problem.width == 1 {
      let found = try BinaryDiscriminant<Engine>(
        teacher: problem.teacher, gram: problem.gram, degree: basis.degree, ring: problem.notation.ring,
        control: control)
      return (found.degenerate, found.rankDrop)
    }
    guard let found = try EliminationDiscriminant(problem, control: control) else {
      throw DiscriminantUnknown(inputs: basis.inputs, degree: basis.degree, width: problem.problem.width)
    }
    return (found.degenerate, found.rankDrop)
  }

  private func component(_ polynomial: Polynomial) throws -> DiscriminantResult.Component {
    guard !polynomial.isZero else {
      return DiscriminantResult.Component(polynomial: "0", factors: [], degree: -1)
    }
    let part = polynomial.primitivePart
    let factors = try part.factored().factors.map {
      DiscriminantResult.Factor(polynomial: $0.polynomial.description, multiplicity: $0.multiplicity)
    }
    return DiscriminantResult.Component(
      polynomial: part.description, factors: factors, degree: part.totalDegree)
  }

  /// `nil` where the metric is not positive definite.
  private func chamber(
    _ sample: [Engine.Rational], _ undecided: inout [String]
  ) throws -> DiscriminantResult.Chamber? {
    guard let concrete = try problem.problem(at: sample, control: control) else { return nil }
    let result = try CriticalForms(
      concrete, options: TeacherOptions(digits: 10), control: control
    ).run()
    let text = sample.map(\.description)
    if let reason = result.undecided.first {
      undecided.append("at \(text.joined(separator: ", ")): \(reason)")
    }
    let points = result.criticalPoints.filter { $0.rank == concrete.width }
    return DiscriminantResult.Chamber(
      sample: text, realCriticalPoints: points.count, minima: points.filter { $0.kind == .minimum }.count)
  }
}

/// A discriminant that no method is known for here.
public struct DiscriminantUnknown: Error, Hashable, Sendable, CustomStringConvertible {
  public let inputs: Int
  public let degree: Int
  public let width: Int

  public var description: String {
    let methods =
      degree > 2
      ? "for degrees above 2 the discriminant is known for width 1 only, as sums of several powers are not closed"
      : "the discriminant is known for rotation invariant metrics, for width 1, and for one unit less than inputs"
    return methods + "; not for degree \(degree), \(inputs) inputs, width \(width)"
  }
}
