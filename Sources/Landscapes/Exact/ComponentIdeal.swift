import Algebra
import Arrangements
import ConvexMethod
import GroebnerBases
import Ideals
import RealSolving
import Strata

/// The prime ideal over Q of one piece of a family: units that share faces in a given way.
struct ComponentIdeal<Engine: AlgebraEngine> {
  typealias Element = NumberField<Engine>.Element

  struct Face {
    /// `g` in the units of the original problem.
    let gradient: [Element]
    /// `W K r` in those of the scaled one.
    let image: [Element]
    /// `VᵀΩM` in those of the scaled one; `nil` without features.
    let products: Engine.RationalMatrix?
    let outputSign: Int
  }

  let scaling: Scaling<Engine>
  let division: Division<Engine>
  let block: ExactResidual<Engine>.Block
  let faces: [Face]
  /// The number of units on each face.
  let counts: [Int]
  /// Whether a unit with a negative output weight is the same as one with a positive.
  let allowsBothSigns: Bool
  let control: Control

  private var field: NumberField<Engine> { block.field }
  private var problem: ScaledProblem<Engine> { scaling.problem }
  private var size: Int { problem.weightDimension }
  private var unitCount: Int { counts.reduce(0, +) }

  /// The face of each unit.
  private var faceOfUnit: [Int] {
    counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
  }

  /// The reduced Gröbner basis, as text.
  func generators() throws -> [String] {
    let variables =
      ["t"] + (1...unitCount).map { "a\($0)" }
      + (1...unitCount).flatMap { unit in (1...size).map { "w\(unit)_\($0)" } }
      + (0..<problem.metric.featureCount).map { "c\($0 + 1)" }
    let notation = try PolynomialNotation<Engine>(variables: variables)
    let ideal = try Ideal<Engine>(
      generators: equations(notation).map(notation.value), variables: variables, control: control)
    let primes = try ideal.minimalPrimes(control: control).map(\.ideal)
    let prime = primes.count == 1 ? primes[0] : try component(of: primes)
    let closure = try prime.eliminating([0], control: control)
    return closure.basis.text(variables: variables)
  }

  /// The equations in `t`, the output weights and the hidden weights: the field's, `λ w = a g`, and the sums
  /// of `a²` as solutions of the normal equations of `Σ_f s_f W K_f r = λ (W y − r)`; then `c = N⁻¹VᵀΩ(y − Σ a M w)`.
  private func equations(_ notation: PolynomialNotation<Engine>) throws -> [Engine.Polynomial] {
    let algebra = PolynomialAlgebra<Engine>(ring: notation.ring)
    let t = notation.ring.variable(0)
    func polynomial(_ element: Element) throws -> Engine.Polynomial {
      try element.coefficients.reversed().reduce(notation.ring.zero) {
        try algebra.add(algebra.multiply($0, t), notation.ring.constant($1))
      }
    }
    func output(_ unit: Int) -> Engine.Polynomial { notation.ring.variable(1 + unit) }
    func weight(_ unit: Int, _ column: Int) -> Engine.Polynomial {
      notation.ring.variable(1 + unitCount + unit * size + column)
    }
    var equations = [try polynomial(field.generator).subtracting(t)]
    equations.append(
      try field.modulus.reversed().reduce(notation.ring.zero) {
        try algebra.add(algebra.multiply($0, t), notation.ring.constant($1))
      })
    let ridge = try problem.ridge * Engine.Rational(2).power(scaling.ridgeExponent)
    for (unit, face) in faceOfUnit.enumerated() {
      for column in 0..<size {
        let product = try output(unit).multiplied(by: polynomial(faces[face].gradient[column]))
        equations.append(try weight(unit, column).scaled(by: ridge).subtracting(product))
      }
    }
    let shareScale = try Engine.Rational(2).power(-scaling.shareExponent)
    let totals = try faces.indices.map { face in
      try faceOfUnit.indices.filter { faceOfUnit[$0] == face }.reduce(notation.ring.zero) {
        try $0.adding(output($1).power(2).scaled(by: shareScale))
      }
    }
    let right = block.scaledDifference(division)
    for face in faces {
      var equation = try polynomial(block.inner(face.image, right, control)).negated
      for (other, total) in zip(faces, totals) {
        equation = try equation.adding(
          total.multiplied(by: polynomial(block.inner(face.image, other.image, control))))
      }
      equations.append(equation)
    }
    return try (equations + coefficientEquations(notation)).filter { !$0.isZero }
  }

  /// What the linear coefficients are, in the units of the original problem.
  private func coefficientEquations(_ notation: PolynomialNotation<Engine>) throws -> [Engine.Polynomial] {
    guard let targets = division.moments.targetProducts else { return [] }
    let ring = notation.ring
    let weightEnd = 1 + unitCount * (1 + size)
    let targetScale = try Engine.Rational(2).power(scaling.lossExponent / 2)
    let vectorScale = try Engine.Rational(2).power(scaling.lossExponent / 2 - scaling.shareExponent)
    let constants = try problem.metric.coefficients(ofProducts: targets)
    let factors = try faces.map { try $0.products.map(problem.metric.coefficients(ofProducts:)) }
    return try (0..<targets.rows).map { row in
      var equation = ring.variable(weightEnd + row)
      equation = try equation.subtracting(ring.constant(constants[row, 0] * targetScale))
      for (unit, face) in faceOfUnit.enumerated() {
        guard let factor = factors[face] else { continue }
        for column in 0..<size {
          let product = try ring.variable(1 + unit).multiplied(
            by: ring.variable(1 + unitCount + unit * size + column))
          equation = try equation.adding(product.scaled(by: factor[row, column] * vectorScale))
        }
      }
      return equation
    }
  }

  // MARK: - Which component

  /// The component on which the balls of a point of the piece lie.
  private func component(of primes: [Ideal<Engine>]) throws -> Ideal<Engine> {
    var precision = 192
    while precision <= 1 << 14 {
      try control.check()
      let point = try self.point(precision: precision)
      let candidates = primes.filter { prime in
        prime.basis.polynomials.allSatisfy { polynomial in
          switch FiniteSolutions<Engine>.value(of: polynomial, at: point, precision: precision).sign {
          case .positive, .negative: false
          case .zero, .unknown: true
          }
        }
      }
      if candidates.count == 1 { return candidates[0] }
      precision *= 2
    }
    throw AlgebraError.tooLarge("telling the components of a family apart needs more than 2^14 bits")
  }

  /// `t`, output weights, hidden weights: the units on a face have equal shares of the mean of the vertices.
  private func point(precision: Int) throws -> [Engine.Ball] {
    let vertices = try block.polytope(ofImages: faces.map(\.image), division: division, control: control)
      .vertices
    let scale = try Engine.Rational(2).power(scaling.shareExponent)
    let ridge = try problem.ridge * Engine.Rational(2).power(scaling.ridgeExponent)
    let outputs = try faces.indices.map { face in
      let mean = vertices.reduce(field.zero) { field.add($0, $1[face]) }
      let part = try scale.divided(by: Engine.Rational(vertices.count * counts[face]))
      let root = try field.ball(field.scale(mean, by: part), precision: precision)
        .squareRoot(clampingAtZero: true)
      return faces[face].outputSign < 0 && !allowsBothSigns ? -root : root
    }
    var point = [try field.ball(field.generator, precision: precision)]
    point += faceOfUnit.map { outputs[$0] }
    for face in faceOfUnit {
      for coordinate in faces[face].gradient {
        let direction = try field.scale(coordinate, by: ridge.inverse())
        point.append(outputs[face] * (try field.ball(direction, precision: precision)))
      }
    }
    return try point + coefficients(at: point, precision: precision)
  }

  /// The linear coefficients at the point with these output and hidden weights.
  private func coefficients(at point: [Engine.Ball], precision: Int) throws -> [Engine.Ball] {
    guard let targets = division.moments.targetProducts else { return [] }
    func ball(_ number: Engine.Rational) -> Engine.Ball { Engine.Ball(number, precision: precision) }
    let targetScale = try Engine.Rational(2).power(scaling.lossExponent / 2)
    let vectorScale = try Engine.Rational(2).power(scaling.lossExponent / 2 - scaling.shareExponent)
    let constants = try problem.metric.coefficients(ofProducts: targets)
    let factors = try faces.map { try $0.products.map(problem.metric.coefficients(ofProducts:)) }
    return (0..<targets.rows).map { row in
      var sum = ball(constants[row, 0] * targetScale)
      for (unit, face) in faceOfUnit.enumerated() {
        guard let factor = factors[face] else { continue }
        for column in 0..<size {
          sum =
            sum - ball(factor[row, column] * vectorScale) * point[1 + unit]
            * point[1 + unitCount + unit * size + column]
        }
      }
      return sum
    }
  }
}
