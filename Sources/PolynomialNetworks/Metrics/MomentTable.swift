import Algebra

/// All moments of one even degree of a distribution of inputs.
public struct MomentTable<Rational: ExactRational>: Hashable, Sendable {
  public let basis: MonomialBasis
  /// One for each monomial of the basis.
  public private(set) var values: [Rational]

  init(basis: MonomialBasis, values: [Rational]) {
    self.basis = basis
    self.values = values
  }

  public subscript(exponents: [Int]) -> Rational {
    guard let place = basis.place(of: exponents) else { preconditionFailure("a moment of another degree") }
    return values[place]
  }

  /// - Parameter entries: exponents and values, each moment once.
  /// - Throws: `TeacherError` for moments that are missing, repeated, or of another degree.
  public init(
    inputs: Int, degree: Int, entries: [(exponents: [Int], value: Rational)]
  ) throws(TeacherError) {
    basis = MonomialBasis(inputs: inputs, degree: degree)
    var found = [Rational?](repeating: nil, count: basis.count)
    for (exponents, value) in entries {
      guard exponents.count == inputs else {
        throw .sizes(what: "a moment's list of exponents", expected: inputs, found: exponents.count)
      }
      guard let place = basis.place(of: exponents) else {
        throw .momentDegree(exponents, expected: degree)
      }
      guard found[place] == nil else { throw .repeatedMoment(exponents) }
      found[place] = value
    }
    values = []
    for (place, value) in found.enumerated() {
      guard let value else { throw .missingMoment(basis.exponents[place]) }
      values.append(value)
    }
  }

  /// The moments of a centred Gaussian distribution (Isserlis): `E[x_i g] = Σ_j S_ij E[∂_j g]`.
  ///
  /// - Parameter covariance: symmetric.
  public init(gaussian covariance: [[Rational]], degree: Int) {
    let n = covariance.count
    basis = MonomialBasis(inputs: n, degree: degree)
    var known: [[Int]: Rational] = [[Int](repeating: 0, count: n): 1]
    for even in stride(from: 2, through: degree, by: 2) {
      for exponents in MonomialBasis(inputs: n, degree: even).exponents {
        guard let i = exponents.firstIndex(where: { $0 > 0 }) else { continue }
        var rest = exponents
        rest[i] -= 1
        var sum: Rational = 0
        for j in 0..<n where rest[j] > 0 && covariance[i][j] != 0 {
          var lower = rest
          lower[j] -= 1
          sum += covariance[i][j] * Rational(rest[j]) * (known[lower] ?? 0)
        }
        known[exponents] = sum
      }
    }
    values = basis.exponents.map { known[$0] ?? 0 }
  }

  /// The fourth moments of independent coordinates with variance one.
  public init(inputs: Int, kurtosis: Rational) {
    basis = MonomialBasis(inputs: inputs, degree: 4)
    values = basis.exponents.map { exponents in
      if exponents.contains(4) { return kurtosis }
      return exponents.contains { $0 % 2 == 1 } ? 0 : 1
    }
  }

  /// The mean over rows of data.
  ///
  /// - Throws: `TeacherError`; `Interruption`.
  public init(rows: [[Rational]], degree: Int, control: Control = Control()) throws {
    guard let first = rows.first else { throw TeacherError.noRows }
    try TeacherError.check(inputs: first.count, degree: degree / 2)
    basis = MonomialBasis(inputs: first.count, degree: degree)
    var sums = [Rational](repeating: 0, count: basis.count)
    for row in rows {
      try control.check()
      guard row.count == first.count else {
        throw TeacherError.sizes(what: "a row of data", expected: first.count, found: row.count)
      }
      let powers = row.map { value in
        (0..<degree).reduce(into: [Rational(1)]) { list, k in list.append(list[k] * value) }
      }
      for (place, exponents) in basis.exponents.enumerated() {
        var product: Rational = 1
        for (input, exponent) in exponents.enumerated() where exponent > 0 {
          product *= powers[input][exponent]
        }
        sums[place] += product
      }
    }
    let count = Rational(rows.count)
    values = try sums.map { try $0.divided(by: count) }
  }

  /// The same moments but for one.
  func replacing(_ exponents: [Int], by value: Rational) -> MomentTable? {
    guard let place = basis.place(of: exponents) else { return nil }
    var copy = self
    copy.values[place] = value
    return copy
  }
}
