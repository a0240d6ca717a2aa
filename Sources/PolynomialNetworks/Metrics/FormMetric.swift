import Algebra

/// An inner product on forms, by its Gram matrix on the monomials.
public struct FormMetric<Engine: AlgebraEngine>: Sendable {
  public typealias Rational = Engine.Rational

  /// As it is written in results, such as `gaussian`.
  public let name: String
  public let basis: MonomialBasis
  /// `gram[α, β] = ⟨x^α, x^β⟩`.
  public let gram: Engine.RationalMatrix
  /// How the inner product of quadratic forms comes from traces, if it does.
  let spectral: SpectralInnerProduct<Engine>?
  /// The moments that it comes from; `nil` for Frobenius.
  let moments: MomentTable<Rational>?

  /// The Gaussian distribution with mean zero.
  ///
  /// - Parameter covariance: the unit matrix if `nil`.
  /// - Throws: `TeacherError` for one that is not symmetric and positive definite; `Interruption`.
  public static func gaussian(
    inputs: Int, degree: Int, covariance: [[Rational]]? = nil, control: Control = Control()
  ) throws -> FormMetric {
    let covariance = covariance ?? identity(inputs)
    try TeacherError.checkSymmetric(covariance, "the covariance")
    guard covariance.count == inputs else {
      throw TeacherError.sizes(what: "the covariance", expected: inputs, found: covariance.count)
    }
    let matrix = try Engine.RationalMatrix(rows: inputs, columns: inputs, entries: covariance.flatMap { $0 })
    guard try matrix.isPositiveDefinite(control) else { throw TeacherError.covarianceNotPositiveDefinite }
    // A polynomial that vanishes almost everywhere is zero: the metric is positive definite.
    return FormMetric(
      name: "gaussian", moments: MomentTable(gaussian: covariance, degree: 2 * degree), degree: degree,
      spectral: SpectralInnerProduct(covariance: matrix, squareWeight: 2, traceWeight: 1))
  }

  /// The inner product of symmetric tensors, also called Bombieri's: `⟨x^α, x^β⟩ = δ_{αβ} α!/m!`.
  public static func frobenius(inputs: Int, degree: Int) -> FormMetric {
    let basis = MonomialBasis(inputs: inputs, degree: degree)
    var gram = Engine.RationalMatrix.zero(rows: basis.count, columns: basis.count)
    for (place, exponents) in basis.exponents.enumerated() {
      guard let value = try? Rational(basis.multinomial(exponents)).inverse() else { continue }
      gram[place, place] = value
    }
    let spectral = SpectralInnerProduct<Engine>(
      covariance: .identity(inputs), squareWeight: 1, traceWeight: 0)
    return FormMetric(
      name: "frobenius", basis: basis, gram: gram, spectral: degree == 2 ? spectral : nil, moments: nil)
  }

  /// Independent coordinates with variance one and a kurtosis, on quadratic forms.
  ///
  /// - Throws: `TeacherError` for other degrees, and where the kurtosis is 1 or less; `Interruption`.
  public static func independent(
    inputs: Int, degree: Int, kurtosis: Rational, control: Control = Control()
  ) throws -> FormMetric {
    guard degree == 2 else { throw TeacherError.kurtosisDegree(degree) }
    return try FormMetric(
      moments: MomentTable(inputs: inputs, kurtosis: kurtosis), name: "iid:\(kurtosis)", control: control)
  }

  /// The metric of any moments.
  ///
  /// - Throws: `TeacherError.metricNotPositiveDefinite`; `Interruption`. Cost: one elimination.
  public init(
    moments: MomentTable<Rational>, name: String = "moments", control: Control = Control()
  ) throws {
    self.init(name: name, moments: moments, degree: moments.basis.degree / 2, spectral: nil)
    guard try gram.isPositiveDefinite(control) else {
      throw TeacherError.metricNotPositiveDefinite(metric: name)
    }
  }

  private init(
    name: String, moments: MomentTable<Rational>, degree: Int, spectral: SpectralInnerProduct<Engine>?
  ) {
    let basis = MonomialBasis(inputs: moments.basis.inputs, degree: degree)
    var gram = Engine.RationalMatrix.zero(rows: basis.count, columns: basis.count)
    for (row, left) in basis.exponents.enumerated() {
      for column in 0...row {
        let value = moments[zip(left, basis.exponents[column]).map { $0 + $1 }]
        gram[row, column] = value
        gram[column, row] = value
      }
    }
    self.init(
      name: name, basis: basis, gram: gram,
      spectral: degree == 2 ? spectral ?? SpectralInnerProduct(recognising: gram, basis: basis) : nil,
      moments: moments)
  }

  private init(
    name: String, basis: MonomialBasis, gram: Engine.RationalMatrix, spectral: SpectralInnerProduct<Engine>?,
    moments: MomentTable<Rational>?
  ) {
    self.name = name
    self.basis = basis
    self.gram = gram
    self.spectral = spectral
    self.moments = moments
  }

  private static func identity(_ n: Int) -> [[Rational]] {
    (0..<n).map { i in (0..<n).map { i == $0 ? 1 : 0 } }
  }
}

/// An inner product `α tr(SASB) + β tr(SA) tr(SB)` of symmetric matrices.
struct SpectralInnerProduct<Engine: AlgebraEngine>: Sendable {
  /// S, positive definite.
  let covariance: Engine.RationalMatrix
  /// α, positive.
  let squareWeight: Engine.Rational
  /// β, with α + nβ positive.
  let traceWeight: Engine.Rational

  init(covariance: Engine.RationalMatrix, squareWeight: Engine.Rational, traceWeight: Engine.Rational) {
    self.covariance = covariance
    self.squareWeight = squareWeight
    self.traceWeight = traceWeight
  }

  /// With S = I, if the Gram matrix is of this kind.
  init?(recognising gram: Engine.RationalMatrix, basis: MonomialBasis) {
    let n = basis.inputs
    func square(_ i: Int) -> Int { basis.place(i, i) }
    let trace = n > 1 ? gram[square(0), square(1)] : 0
    let weight = gram[square(0), square(0)] - trace
    guard weight > 0, let half = try? weight.divided(by: 2) else { return nil }
    for (row, left) in basis.exponents.enumerated() {
      for (column, right) in basis.exponents.enumerated() {
        let (isLeftSquare, isRightSquare) = (left.contains(2), right.contains(2))
        var expected: Engine.Rational = 0
        if isLeftSquare, isRightSquare { expected = row == column ? weight + trace : trace }
        if !isLeftSquare, row == column { expected = half }
        guard gram[row, column] == expected else { return nil }
      }
    }
    self.init(covariance: .identity(n), squareWeight: weight, traceWeight: trace)
  }
}

extension ExactMatrix {
  /// Whether a symmetric matrix is positive definite, by elimination; exact.
  ///
  /// - Throws: `Interruption`.
  func isPositiveDefinite(_ control: Control) throws(Interruption) -> Bool {
    var entries = (0..<rows).map { i in (0..<columns).map { self[i, $0] } }
    for pivot in 0..<rows {
      try control.check()
      guard entries[pivot][pivot] > 0, let inverse = try? entries[pivot][pivot].inverse() else {
        return false
      }
      for row in (pivot + 1)..<max(rows, pivot + 1) where entries[row][pivot] != 0 {
        let factor = entries[row][pivot] * inverse
        for column in pivot..<columns where entries[pivot][column] != 0 {
          entries[row][column] -= factor * entries[pivot][column]
        }
      }
    }
    return true
  }
}
