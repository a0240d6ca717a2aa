import Algebra
import Ideals

/// A teacher and a metric some of whose entries are unknown.
public struct ParametricProblem<Engine: AlgebraEngine>: Sendable {
  public typealias Rational = Engine.Rational
  typealias Polynomial = Engine.Polynomial

  /// The names of the unknown entries.
  public var variables: [String] { notation.variables }
  let notation: PolynomialNotation<Engine>
  /// The coefficients of the teacher.
  let teacher: [Polynomial]
  let gram: [[Polynomial]]
  /// If the metric is known and of that kind.
  let spectral: SpectralInnerProduct<Engine>?
  let problem: TeacherProblem<Engine>
  /// The bounds of each unknown; `nil` for all numbers.
  let box: [ClosedRange<Rational>?]
  private let unknowns: [Unknown]

  /// What an unknown stands for.
  private enum Unknown: Sendable {
    /// A coefficient, and by how much it is multiplied.
    case teacher(place: Int, factor: Int)
    case moment([Int])
  }

  /// - Parameters:
  ///   - problem: gives the entries that are not named.
  ///   - entries: names with values, or without for unknown ones. `T12` is an entry of a matrix (rows and columns
  ///     from 1), for higher degrees the coefficient of `x_1 x_2²`; `m22` is the moment of `x_1² x_2²`.
  ///   - bounds: of some unknowns, by their names: chambers are looked for between them only.
  /// - Throws: `DiscriminantError`, `TeacherError`; `Interruption`.
  public init(
    _ problem: TeacherProblem<Engine>, entries: [(name: String, value: Rational?)],
    bounds: [String: (lower: Rational, upper: Rational)] = [:], control: Control = Control()
  ) throws {
    let basis = problem.teacher.basis
    var coefficients = problem.teacher.coefficients
    var moments = problem.metric.moments
    var unknowns: [Unknown] = []
    var names: [String] = []
    var seen: Set<String> = []
    for (name, value) in entries {
      let entry = try Self.unknown(name, basis)
      guard seen.insert(Self.canonical(name, basis)).inserted else { throw DiscriminantError.repeated(name) }
      switch entry {
      case .teacher(let place, let factor):
        if let value { coefficients[place] = value * Rational(factor) }
      case .moment(let exponents):
        guard let known = moments else { throw DiscriminantError.noMoments(name) }
        if let value { moments = known.replacing(exponents, by: value) }
      }
      if value == nil {
        unknowns.append(entry)
        names.append(name)
      }
    }
    guard !names.isEmpty else { throw DiscriminantError.nothingUnknown }
    for (name, bound) in bounds.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name) else { throw DiscriminantError.boundsOfKnown(name) }
      guard bound.lower < bound.upper else { throw DiscriminantError.emptyBounds(name) }
    }
    box = names.map { name in bounds[name].map { $0.lower...$0.upper } }
    let changesMoments = moments != problem.metric.moments
    let hasUnknownMoments = unknowns.contains {
      if case .moment = $0 { true } else { false }
    }
    var metric = problem.metric
    if changesMoments, let moments {
      metric = try FormMetric(moments: moments, name: problem.metric.name, control: control)
    }
    let notation = try PolynomialNotation<Engine>(variables: names)
    let ring = notation.ring
    var teacher = coefficients.map(ring.constant)
    var table: [[Int]: Polynomial] = [:]
    for (variable, unknown) in unknowns.enumerated() {
      switch unknown {
      case .teacher(let place, let factor):
        teacher[place] = ring.variable(variable).scaled(by: Rational(factor))
      case .moment(let exponents): table[exponents] = ring.variable(variable)
      }
    }
    gram = basis.exponents.enumerated().map { row, left in
      basis.exponents.enumerated().map { column, right in
        table[zip(left, right).map { $0 + $1 }] ?? ring.constant(metric.gram[row, column])
      }
    }
    self.notation = notation
    self.teacher = teacher
    self.unknowns = unknowns
    spectral = hasUnknownMoments ? nil : metric.spectral
    self.problem = try TeacherProblem(
      teacher: Form(basis: basis, coefficients: coefficients, names: problem.teacher.names), metric: metric,
      width: problem.width)
  }

  var hasUnknownMoments: Bool {
    unknowns.contains {
      if case .moment = $0 { true } else { false }
    }
  }

  /// The symmetric matrix of a quadratic teacher.
  func teacherMatrix() throws -> [[Polynomial]] {
    let basis = problem.teacher.basis
    let half = try Rational(2).inverse()
    return (0..<basis.inputs).map { i in
      (0..<basis.inputs).map { j in
        let entry = teacher[basis.place(i, j)]
        return i == j ? entry : entry.scaled(by: half)
      }
    }
  }

  func teacherDeterminant() throws -> Polynomial {
    try Determinant.of(teacherMatrix(), ring: notation.ring)
  }

  /// The problem for values of the unknowns; `nil` if the metric is not positive definite there.
  func problem(at point: [Rational], control: Control) throws -> TeacherProblem<Engine>? {
    var coefficients = problem.teacher.coefficients
    var moments = problem.metric.moments
    for (unknown, value) in zip(unknowns, point) {
      switch unknown {
      case .teacher(let place, let factor): coefficients[place] = value * Rational(factor)
      case .moment(let exponents): moments = moments?.replacing(exponents, by: value)
      }
    }
    var metric = problem.metric
    if hasUnknownMoments, let moments {
      do {
        metric = try FormMetric(moments: moments, name: metric.name, control: control)
      } catch TeacherError.metricNotPositiveDefinite {
        return nil
      }
    }
    let form = Form(
      basis: problem.teacher.basis, coefficients: coefficients, names: problem.teacher.names)
    return try TeacherProblem(teacher: form, metric: metric, width: problem.width)
  }

  private static func unknown(_ name: String, _ basis: MonomialBasis) throws(DiscriminantError) -> Unknown {
    let digits = name.dropFirst().compactMap(\.wholeNumberValue)
    guard digits.count == name.count - 1, digits.count > 1 || basis.inputs == 1 else { throw .name(name) }
    switch name.first {
    case "T" where basis.degree == 2:
      guard digits.count == 2, digits.allSatisfy({ (1...basis.inputs).contains($0) }) else {
        throw .name(name)
      }
      return .teacher(
        place: basis.place(digits[0] - 1, digits[1] - 1), factor: digits[0] == digits[1] ? 1 : 2)
    case "T":
      guard let place = basis.place(of: digits) else { throw .name(name) }
      return .teacher(place: place, factor: 1)
    case "m":
      guard digits.count == basis.inputs, digits.reduce(0, +) == 2 * basis.degree else { throw .name(name) }
      return .moment(digits)
    default: throw .name(name)
    }
  }

  /// The same for both names of an entry of a symmetric matrix.
  private static func canonical(_ name: String, _ basis: MonomialBasis) -> String {
    guard basis.degree == 2, name.hasPrefix("T") else { return name }
    return "T" + String(name.dropFirst().sorted())
  }
}

/// What is wrong with the entries of a discriminant.
public enum DiscriminantError: Error, Hashable, Sendable {
  case name(String)
  case repeated(String)
  case noMoments(String)
  case nothingUnknown
  case boundsOfKnown(String)
  case emptyBounds(String)
}

extension DiscriminantError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .name(let name):
      "'\(name)' is no entry: expected T and the row and column of a matrix (T12) or exponents (T21), or m and "
        + "exponents of a moment (m22)"
    case .repeated(let name): "the entry '\(name)' is named twice"
    case .noMoments(let name): "'\(name)' is named, but the metric does not come from moments"
    case .boundsOfKnown(let name): "'\(name)' has bounds, but it is not unknown"
    case .emptyBounds(let name): "the lower bound of '\(name)' is not less than the upper one"
    case .nothingUnknown: "no entry is unknown: write a question mark for its value"
    }
  }
}
