import Algebra

/// Counts real roots by changes of sign (Sturm 1829), with nothing but integers.
public struct SturmSequence<Engine: AlgebraEngine> {
  private var sequence: [[Engine.Integer]]

  /// - Parameter polynomial: not zero; multiple roots count once.
  public init(_ polynomial: Engine.UnivariatePolynomial) {
    sequence = [polynomial.coefficients]
    var next = polynomial.derivative.coefficients
    while !next.isEmpty {
      sequence.append(next)
      next = Self.negatedRemainder(sequence[sequence.count - 2], next)
    }
  }

  /// A positive multiple of the negated remainder, without common factors.
  private static func negatedRemainder(
    _ dividend: [Engine.Integer], _ divisor: [Engine.Integer]
  ) -> [Engine.Integer] {
    var rest = dividend
    guard let lead = divisor.last else { return [] }
    while rest.count >= divisor.count, let top = rest.last {
      let offset = rest.count - divisor.count
      let factor = lead < 0 ? -top : top
      rest = rest.map { $0 * lead.magnitude }
      for (index, value) in divisor.enumerated() { rest[offset + index] -= factor * value }
      while rest.last == 0 { rest.removeLast() }
    }
    let content = rest.reduce(Engine.Integer(0)) { $0.greatestCommonDivisor(with: $1) }
    return rest.compactMap { try? (-$0).dividedExactly(by: content) }
  }

  /// The number of distinct real roots.
  public var countOfRealRoots: Int {
    let atEnds = [true, false].map { isLower in
      variations(
        sequence.map { ($0.last ?? 0).signum() * (isLower && $0.count % 2 == 0 ? -1 : 1) })
    }
    return atEnds[0] - atEnds[1]
  }

  /// The number of changes of sign at a point. Between two points that are no roots there are as many distinct
  /// roots as the changes at the second are fewer than at the first.
  public func variations(at point: Engine.Rational) -> Int {
    variations(
      sequence.map { coefficients in
        coefficients.reversed().reduce(Engine.Rational(0)) { $0 * point + Engine.Rational($1) }.signum()
      })
  }

  private func variations(_ signs: [Int]) -> Int {
    let nonzero = signs.filter { $0 != 0 }
    return zip(nonzero, nonzero.dropFirst()).count { $0 != $1 }
  }
}
