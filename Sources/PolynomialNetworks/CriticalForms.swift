import Algebra
import LandscapeModel

/// Finds all critical points of a polynomial student, with their signatures.
public struct CriticalForms<Engine: AlgebraEngine>: Sendable {
  private let problem: TeacherProblem<Engine>
  private let options: TeacherOptions
  private let control: Control

  /// - Throws: `AlgebraError.outOfRange` for digits outside of 1...10000.
  public init(
    _ problem: TeacherProblem<Engine>, options: TeacherOptions = TeacherOptions(),
    control: Control = Control()
  ) throws {
    guard (1...10_000).contains(options.digits) else {
      throw AlgebraError.outOfRange("\(options.digits) digits (1 to 10000)")
    }
    self.problem = problem
    self.options = options
    self.control = control
  }

  /// All critical forms of rank 0 to the width: complex ones counted, real ones enclosed with the signatures of
  /// their Hessians on forms of the same rank and in parameter space.
  ///
  /// Guarantee: proved where the theorem of Eckart and Young applies (quadratic units, Gaussian or other rotation
  /// invariant inputs, Frobenius). Else the list is complete as far as Gröbner bases are right (probable); signatures
  /// are proved. Source: Arjevani, Bruna, Kileel, Polak, Trager, arXiv 2501.06074.
  ///
  /// - Parameter partial: called with what is known so far, incomplete, before each rank that may take long.
  /// - Throws: `AlgebraError`; `Interruption`.
  public func run(partial: (@Sendable (TeacherResult) -> Void)? = nil) throws -> TeacherResult {
    if options.method == .automatic, let product = problem.metric.spectral {
      return result(
        try SpectralCriticalForms(problem, product, options: options, control: control).list())
    }
    return result(
      try AlgebraicCriticalForms(problem: problem, options: options, control: control).list { list in
        if let partial { partial(result(list)) }
      })
  }

  private func result(_ list: CriticalList) -> TeacherResult {
    let regime = WidthRegime(
      inputs: problem.teacher.inputs, degree: problem.teacher.degree, width: problem.width)
    let isDecided = list.points.allSatisfy { $0.parameter.allSatisfy { $0.kind != .undecided } }
    return TeacherResult(
      inputs: problem.teacher.inputs, degree: problem.teacher.degree, width: problem.width,
      metric: problem.metric.name, complete: list.undecided.isEmpty && isDecided, regime: regime.kind,
      dimensions: regime.details, complexCriticalPoints: list.counts,
      criticalPoints: PointOrder.sorted(list.points),
      families: PointOrder.sorted(list.families),
      discriminant: list.knowsDiscriminant ? list.discriminant : nil, undecided: list.undecided,
      notes: notes)
  }

  private var notes: [String] {
    guard problem.teacher.degree > 2, problem.width > 1 else { return [] }
    return [
      "forms of rank at most \(problem.width) are not closed for degree \(problem.teacher.degree):"
        + " the infimum of the loss may not be attained, and limits of higher rank are not listed",
      "for degrees above 2 networks with more living units than the rank are told for even degrees and rank 1"
        + " only",
    ]
  }
}

/// The canonical sequence of results: by rank, loss, form.
enum PointOrder {
  private struct Key: Comparable {
    let rank: Int
    let dimension: Int
    let numbers: [DecimalNumber]

    init(_ rank: Int, _ dimension: Int, _ loss: DecimalEnclosure?, _ form: FormEnclosure?) {
      self.rank = rank
      self.dimension = dimension
      var enclosures = loss.map { [$0] } ?? []
      switch form {
      case .matrix(let rows): enclosures += rows.flatMap { $0 }
      case .coefficients(let terms):
        enclosures += terms.sorted { $0.key < $1.key }.map(\.value)
      case nil: break
      }
      numbers = enclosures.map(\.lower)
    }

    static func < (left: Key, right: Key) -> Bool {
      if left.rank != right.rank { return left.rank < right.rank }
      if left.dimension != right.dimension { return left.dimension < right.dimension }
      return left.numbers.lexicographicallyPrecedes(right.numbers)
    }
  }

  static func sorted(_ points: [TeacherResult.CriticalPoint]) -> [TeacherResult.CriticalPoint] {
    sorted(points) { Key($0.rank, 0, $0.loss, $0.form) }
  }

  static func sorted(_ families: [TeacherResult.Family]) -> [TeacherResult.Family] {
    sorted(families) { Key($0.rank, $0.dimension, $0.loss, $0.form) }
  }

  private static func sorted<Item>(_ items: [Item], _ key: (Item) -> Key) -> [Item] {
    items.map { (item: $0, key: key($0)) }.sorted { $0.key < $1.key }.map(\.item)
  }
}
