import Algebra

/// The connected components of the complement of a real hypersurface in the line, the plane, or a part of it between
/// bounds, by a point of each.
///
/// In the plane: the cylinders over the gaps between the roots of the discriminant and the leading coefficient in the
/// second variable (Collins, doi:10.1007/3-540-07407-4_17), whose cells are joined across the critical lines: near a
/// point of such a line that is not on the curve both sides belong to the same component. Proved.
struct Chambers<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational
  typealias Polynomial = Engine.Polynomial
  typealias Univariate = Engine.UnivariatePolynomial

  /// The bounds of each variable; `nil` for all numbers.
  let box: [ClosedRange<Rational>?]
  let control: Control

  /// Points of all components.
  ///
  /// - Parameter curve: a polynomial in one or two variables, not zero.
  func samples(_ curve: Polynomial) throws -> [[Rational]] {
    let ring = curve.ring
    // The sides of the box belong to the curve: what is left lies in the box or outside.
    var factors = try curve.factored().factors.map(\.polynomial)
    for (variable, range) in box.enumerated() {
      guard let range else { continue }
      for bound in [range.lowerBound, range.upperBound] {
        let side = try ring.variable(variable).subtracting(ring.constant(bound)).primitivePart
        if !factors.contains(side) { factors.append(side) }
      }
    }
    let samples: [[Rational]]
    if ring.variables.count == 1 {
      let product = try factors.reduce(Univariate(coefficients: [1])) { try $0 * univariate($1, in: 0) }
      let roots = try RationalSamples<Engine>.separated(product, control: control)
      samples = try RationalSamples<Engine>.between(roots: roots).map { [$0] }
    } else {
      samples = try plane(factors)
    }
    return samples.filter { point in
      zip(point, box).allSatisfy { value, range in range.map { $0.contains(value) } ?? true }
    }
  }

  /// Cells of one stripe: a sample of x, and samples of y by the number of points of the curve below.
  private struct Stripe {
    let x: Rational
    let ys: [Rational]
  }

  /// - Parameter factors: of the curve, irreducible and different.
  private func plane(_ factors: [Polynomial]) throws -> [[Rational]] {
    // Vertical lines are kept apart.
    let lines = try factors.filter { $0.degree(in: 1) == 0 }.reduce(Univariate(coefficients: [1])) {
      try $0 * univariate($1, in: 0)
    }
    let others = factors.filter { $0.degree(in: 1) > 0 }
    let projection = try (lines * self.projection(others)).squarefreePart
    let roots = try RationalSamples<Engine>.separated(projection, control: control)
    guard let ring = factors.first?.ring else { return [[0, 0]] }
    let rest = try others.reduce(ring.constant(1)) { try $0.multiplied(by: $1) }
    let stripes = try RationalSamples<Engine>.between(roots: roots).map { x in
      let fibre = try restricted(rest, x: x)
      let ys = try RationalSamples<Engine>.between(
        roots: RationalSamples<Engine>.separated(fibre, control: control))
      return Stripe(x: x, ys: ys)
    }
    var starts = [0]
    for stripe in stripes { starts.append((starts.last ?? 0) + stripe.ys.count) }
    var parents = Array(0..<(starts.last ?? 0))
    func find(_ cell: Int) -> Int {
      var cell = cell
      while parents[cell] != cell { cell = parents[cell] }
      return cell
    }
    for (place, root) in roots.enumerated() {
      try control.check()
      if let range = box[0], stripes[place].x < range.lowerBound || stripes[place + 1].x > range.upperBound {
        continue
      }
      for (left, right) in try crossings(root, of: projection, others, rest, lines) {
        let (a, b) = (find(starts[place] + left), find(starts[place + 1] + right))
        parents[max(a, b)] = min(a, b)
      }
    }
    return stripes.enumerated().flatMap { place, stripe in
      stripe.ys.enumerated().compactMap { index, y in
        find(starts[place] + index) == starts[place] + index ? [stripe.x, y] : nil
      }
    }
  }

  /// Discriminants, leading coefficients, and resultants of any two of the factors, in the second variable.
  private func projection(_ factors: [Polynomial]) throws -> Univariate {
    let ring = try Engine.PolynomialRing(variables: ["x"], order: .degreeReverseLexicographic)
    func inRing(_ polynomial: Univariate) throws -> Polynomial {
      try ring.polynomial(
        terms: polynomial.coefficients.enumerated().map {
          PolynomialTerm(exponents: [$0], coefficient: Rational($1))
        })
    }
    func resultant(_ left: [Polynomial], _ right: [Polynomial]) throws -> Univariate {
      try univariate(
        BinaryDiscriminant<Engine>.resultant(left, right, ring: ring, control: control), in: 0)
    }
    var product = Univariate(coefficients: [1])
    var known: [[Polynomial]] = []
    for factor in factors {
      let coefficients = try coefficients(factor)
      let list = try coefficients.reversed().map(inRing)
      if coefficients.count > 2 {
        let derivative = try coefficients.dropFirst().enumerated().map {
          try inRing($1 * Univariate(coefficients: [Engine.Integer($0 + 1)]))
        }
        product = try product * resultant(list, derivative.reversed())
      }
      product = product * coefficients[coefficients.count - 1]
      for other in known { product = try product * resultant(list, other) }
      known.append(list)
    }
    return product
  }

  /// For points of a critical line between the points of the curve on it: how many points of the curve lie below
  /// just left and just right of it.
  private func crossings(
    _ root: IsolatingInterval<Rational>, of projection: Univariate, _ parts: [Polynomial],
    _ curve: Polynomial, _ lines: Univariate
  ) throws -> [(Int, Int)] {
    var root = root
    func vanishes(_ polynomial: Univariate) throws -> Bool {
      if root.isExact { return try polynomial.evaluated(at: root.lower) == 0 }
      return try polynomial.evaluated(at: root.lower).signum()
        * polynomial.evaluated(at: root.upper).signum() < 0
    }
    let factors = try projection.factored().factors.map(\.polynomial)
    guard let factor = try factors.first(where: vanishes) else {
      preconditionFailure("every root belongs to a factor")
    }
    if lines.degree > 0, try lines.factored().factors.contains(where: { $0.polynomial == factor }) {
      return []
    }
    let heights = try parts.reduce(Univariate(coefficients: [1])) {
      try $0 * self.heights($1, over: factor)
    }
    let samples = try RationalSamples<Engine>.between(
      roots: RationalSamples<Engine>.separated(heights, control: control)
    ).filter { box[1]?.contains($0) ?? true }
    return try samples.map { y in
      let section = try restricted(curve, y: y).squarefreePart
      // Narrow enough that the curve does not meet the height y nearby.
      var width = try max(root.upper - root.lower, Rational(1)).divided(by: 2)
      var (lower, upper) = (root.lower, root.upper)
      let others = try RationalSamples<Engine>.separated(projection, control: control)
      while true {
        try control.check()
        if root.isExact {
          (lower, upper) = (root.lower - width, root.lower + width)
        } else {
          root = try factor.refined(root, width: width, control: control)
          (lower, upper) = root.isExact ? (root.lower - width, root.lower + width) : (root.lower, root.upper)
        }
        let meets = section.degree > 0 ? try section.isolatedRealRoots(width: width, control: control) : []
        let isFree =
          !meets.contains { $0.upper >= lower && $0.lower <= upper }
          && others.filter { $0.upper >= lower && $0.lower <= upper }.count <= 1
        if isFree { break }
        width = try width.divided(by: 4)
      }
      return (
        try RationalSamples<Engine>.count(below: y, of: restricted(curve, x: lower), control: control),
        try RationalSamples<Engine>.count(below: y, of: restricted(curve, x: upper), control: control)
      )
    }
  }

  /// A polynomial in y that vanishes at all points of the curve over the roots of a polynomial in x.
  private func heights(_ curve: Polynomial, over factor: Univariate) throws -> Univariate {
    guard curve.totalDegree > 0 else { return Univariate(coefficients: [1]) }
    let ring = try Engine.PolynomialRing(variables: ["y"], order: .degreeReverseLexicographic)
    let degree = max(curve.degree(in: 0), 0)
    var terms = [[PolynomialTerm<Rational>]](repeating: [], count: degree + 1)
    for term in curve.terms {
      terms[degree - term.exponents[0]].append(
        PolynomialTerm(exponents: [term.exponents[1]], coefficient: term.coefficient))
    }
    let left = try terms.map { try ring.polynomial(terms: $0) }
    let right = factor.coefficients.reversed().map { ring.constant(Rational($0)) }
    if degree == 0 { return try univariate(left[0], in: 0) }
    return try univariate(
      BinaryDiscriminant<Engine>.resultant(left, right, ring: ring, control: control), in: 0)
  }

  /// The coefficients by the power of y, as polynomials in x.
  private func coefficients(_ curve: Polynomial) throws -> [Univariate] {
    let part = curve.primitivePart
    let degree = max(part.degree(in: 1), 0)
    var lists = [[Engine.Integer]](
      repeating: [Engine.Integer](repeating: 0, count: max(part.degree(in: 0), 0) + 1), count: degree + 1)
    for term in part.terms { lists[term.exponents[1]][term.exponents[0]] = term.coefficient.numerator }
    return lists.map { Univariate(coefficients: $0) }
  }

  private func restricted(_ curve: Polynomial, x: Rational) throws -> Univariate {
    try restricted(curve, variable: 0, to: x)
  }

  private func restricted(_ curve: Polynomial, y: Rational) throws -> Univariate {
    try restricted(curve, variable: 1, to: y)
  }

  private func restricted(_ curve: Polynomial, variable: Int, to value: Rational) throws -> Univariate {
    let ring = curve.ring
    let images = (0..<2).map { $0 == variable ? ring.constant(value) : ring.variable($0) }
    return try univariate(curve.substituted(images, into: ring), in: 1 - variable)
  }

  /// Up to a factor.
  private func univariate(_ polynomial: Polynomial, in variable: Int) throws -> Univariate {
    let part = polynomial.primitivePart
    var coefficients = [Engine.Integer](repeating: 0, count: max(part.totalDegree, 0) + 1)
    for term in part.terms { coefficients[term.exponents[variable]] = term.coefficient.numerator }
    return Univariate(coefficients: coefficients)
  }
}
