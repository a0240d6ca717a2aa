import Algebra

/// A student `Σ_{l ≤ r} a_l ⟨w_l, x⟩^m` that is trained on a teacher form under an inner product of forms.
public struct TeacherProblem<Engine: AlgebraEngine>: Sendable {
  public let teacher: Form<Engine.Rational>
  public let metric: FormMetric<Engine>
  /// The number r of units.
  public let width: Int

  /// - Throws: `TeacherError` for a width outside of 1...64, or a metric for other forms.
  public init(
    teacher: Form<Engine.Rational>, metric: FormMetric<Engine>, width: Int
  ) throws(TeacherError) {
    guard (1...TeacherError.mostWidth).contains(width) else { throw .width(width) }
    guard metric.basis == teacher.basis else {
      throw .sizes(what: "the metric", expected: teacher.inputs, found: metric.basis.inputs)
    }
    self.teacher = teacher
    self.metric = metric
    self.width = width
  }
}

/// What is wanted of critical forms.
public struct TeacherOptions: Hashable, Sendable {
  public enum Method: Hashable, Sendable {
    /// The theorem of Eckart and Young where it applies, else algebra.
    case automatic
    /// Critical equations, solved by Gröbner bases.
    case algebraic
  }

  /// Significant decimal digits of all enclosures.
  public var digits: Int
  /// Whether minimal polynomials and exact coefficients are told.
  public var describesExactly: Bool
  public var method: Method

  public init(digits: Int = 15, describesExactly: Bool = false, method: Method = .automatic) {
    self.digits = digits
    self.describesExactly = describesExactly
    self.method = method
  }
}
