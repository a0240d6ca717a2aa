import Algebra

/// A homogeneous polynomial with exact coefficients.
public struct Form<Rational: ExactRational>: Hashable, Sendable {
  public let basis: MonomialBasis
  /// One for each monomial of the basis.
  public let coefficients: [Rational]
  /// One for each input.
  public let names: [String]

  public var inputs: Int { basis.inputs }
  public var degree: Int { basis.degree }

  /// The quadratic form `xᵀ T x` of a symmetric matrix.
  ///
  /// - Throws: `TeacherError` for other matrices and for sizes that are not supported.
  public init(symmetric matrix: [[Rational]]) throws(TeacherError) {
    let n = matrix.count
    try TeacherError.checkSymmetric(matrix, "the teacher")
    let basis = MonomialBasis(inputs: n, degree: 2)
    self.basis = basis
    names = (1...n).map { "x\($0)" }
    coefficients = basis.exponents.map { vector in
      let variables = vector.indices.filter { vector[$0] > 0 }
      guard let first = variables.first, let last = variables.last else { return 0 }
      return first == last ? matrix[first][first] : matrix[first][last] + matrix[last][first]
    }
  }

  /// - Parameters:
  ///   - terms: exponents, one for each name, and coefficients; repeated monomials add.
  ///   - names: of the inputs.
  /// - Throws: `TeacherError` where the polynomial is not homogeneous of degree 2 to 6, or has too many inputs.
  public init(terms: [(exponents: [Int], coefficient: Rational)], names: [String]) throws(TeacherError) {
    let terms = terms.filter { $0.coefficient != 0 }
    let degrees = Set(terms.map { $0.exponents.reduce(0, +) })
    guard let degree = degrees.first else { throw .zeroTeacher }
    guard degrees.count == 1 else { throw .notHomogeneous(degrees.sorted()) }
    try TeacherError.check(inputs: names.count, degree: degree)
    let basis = MonomialBasis(inputs: names.count, degree: degree)
    var coefficients = [Rational](repeating: 0, count: basis.count)
    for term in terms {
      guard let place = basis.place(of: term.exponents) else {
        preconditionFailure("a term has an exponent for each input")
      }
      coefficients[place] += term.coefficient
    }
    self.basis = basis
    self.coefficients = coefficients
    self.names = names
  }

  init(basis: MonomialBasis, coefficients: [Rational], names: [String]) {
    self.basis = basis
    self.coefficients = coefficients
    self.names = names
  }

  /// The symmetric matrix of a quadratic form.
  public var matrix: [[Rational]] {
    precondition(degree == 2)
    return (0..<inputs).map { i in
      (0..<inputs).map { j in
        let value = coefficients[basis.place(i, j)]
        guard i != j, let half = try? value.divided(by: 2) else { return value }
        return half
      }
    }
  }
}
