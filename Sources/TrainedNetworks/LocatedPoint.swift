import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// A critical point near given weights, unit by unit.
struct LocatedPoint<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  struct Unit {
    /// The position of its face.
    let face: Int
    /// Its part of the face's share.
    let part: Engine.Rational
    /// 1, or −1 for a weight that the absolute value lets be turned.
    let orientation: Int
  }

  let candidate: CriticalCandidate<Engine>
  /// One for each unit of the network; `nil` for dead ones.
  let units: [Unit?]
  private let weights: NetworkWeights<Engine.Rational>
  private let scaling: Scaling<Engine>

  /// - Returns: `nil` if no unit of the network has the output weight's sign that a face needs.
  init?(
    _ candidate: CriticalCandidate<Engine>, _ assignment: FaceAssignment,
    _ weights: NetworkWeights<Engine.Rational>, _ scaling: Scaling<Engine>
  ) throws {
    self.candidate = candidate
    self.weights = weights
    self.scaling = scaling
    let isWrong = weights.a.indices.map { unit in
      assignment.faces[unit].map { candidate.signs[$0] != weights.a[unit].signum() } ?? true
    }
    let faces = assignment.without(isWrong).faces
    var totals = candidate.signs.map { _ in Engine.Rational(0) }
    for (unit, face) in faces.enumerated() {
      if let face { totals[face] += weights.a[unit] * weights.a[unit] }
    }
    guard !totals.contains(0) else { return nil }
    units = try faces.enumerated().map { unit, face in
      guard let face else { return nil }
      return Unit(
        face: face, part: try (weights.a[unit] * weights.a[unit]).divided(by: totals[face]),
        orientation: assignment.isTurned[unit] ? -1 : 1)
    }
  }

  private func refined(_ precision: Int) -> CriticalPoint<Engine>? {
    candidate.point.refined(to: precision, in: candidate.system)
  }

  private func power(_ exponent: Int, _ precision: Int) throws -> Ball {
    Ball(try Engine.Rational(2).power(exponent), precision: precision)
  }

  /// `|y|² − Σ (s_l/λ) ⟨d_l, q_l⟩ + λ Σ s`, which is the loss at a critical point.
  func loss(precision: Int) throws -> Ball? {
    guard let point = refined(precision) else { return nil }
    let system = candidate.system
    let ridge = Ball(system.ridge, precision: precision)
    var loss = Ball(system.division.moments.targetSquare, precision: precision)
    for (index, position) in point.support.enumerated() {
      let products = Engine.BallMatrix(system.products[position], precision: precision)
      let inner = (products.transposed * point.gradients[position])[0, 0]
      loss = loss + point.shares[index] * (ridge - inner / ridge)
    }
    return loss * (try power(scaling.lossExponent, precision))
  }

  /// The sum of `a²` on a face.
  func share(of face: Int, precision: Int) throws -> Ball? {
    guard let point = refined(precision), let index = point.support.firstIndex(of: face) else { return nil }
    return point.shares[index] * (try power(scaling.shareExponent, precision))
  }

  /// The weights of a living unit.
  func weights(of unit: Int, precision: Int) throws -> (a: Ball, w: [Ball])? {
    guard let unit = units[unit], let point = refined(precision),
      let index = point.support.firstIndex(of: unit.face)
    else { return nil }
    let size =
      (point.shares[index] * Ball(unit.part, precision: precision)).squareRoot(clampingAtZero: true)
      * (try power(scaling.shareExponent / 2, precision))
    let sign = Ball(Engine.Rational(candidate.signs[unit.face]), precision: precision)
    let factor =
      size * sign * Ball(Engine.Rational(unit.orientation), precision: precision)
      / Ball(candidate.system.ridge, precision: precision)
    let gradient = point.gradients[unit.face]
    return (size * sign, (0..<gradient.rows).map { factor * gradient[$0, 0] })
  }

  /// Whether an entry of a hidden weight is zero on all of its face.
  func vanishes(_ unit: Int, _ column: Int) -> Bool {
    guard let face = units[unit]?.face else { return true }
    let system = candidate.system
    let projector = system.division.arrangement.flats[system.faces[face].flat].projector
    return (0..<projector.columns).allSatisfy { projector[column, $0] == 0 }
  }

  /// From the given weights.
  func distance(precision: Int) throws -> Ball? {
    var square = Ball(0.0, precision: precision)
    for unit in units.indices {
      let given = [weights.a[unit]] + weights.w[unit]
      var here = given.map { _ in Ball(0.0, precision: precision) }
      if units[unit] != nil {
        guard let weights = try weights(of: unit, precision: precision) else { return nil }
        here = [weights.a] + weights.w
      }
      for (left, right) in zip(given, here) {
        let difference = Ball(left, precision: precision) - right
        square = square + difference * difference
      }
    }
    return square.squareRoot(clampingAtZero: true)
  }

  /// Whether the point is an optimum with infinitely many units: all of its faces are extremal there, and some optimal
  /// measure has no atoms on others. The residual with these two properties is unique.
  func isOptimal(_ bound: InfiniteWidthResult) -> Bool {
    guard bound.complete, let extremal = bound.extremal, let vertices = bound.solutions?.vertices else {
      return false
    }
    let atoms = extremal.map { Atom(pattern: $0.pattern, sign: $0.sign) }
    let own = Set(
      candidate.system.faces.indices.map {
        Atom(pattern: candidate.system.faces[$0].face.description, sign: candidate.signs[$0])
      })
    guard own.isSubset(of: atoms) else { return false }
    return vertices.contains { vertex in
      zip(vertex, atoms).allSatisfy { mass, atom in mass == .zero || own.contains(atom) }
    }
  }

  /// A direction and an output weight's sign with which one more unit certainly makes the loss smaller: `|η(u)| > λ|u|`.
  ///
  /// The local maxima of `|η|` are sought by fixed-point iteration; `nil` means that none was found that proves it.
  func growth() throws -> (direction: [Double], sign: Int)? {
    let problem = candidate.system.division.problem
    let precision = candidate.point.precision
    let residual = (0..<problem.rowCount).map { candidate.point.residual.value(at: $0) }
    let approximation = residual.map(\.approximation)
    let vectors = problem.vectors.map { $0.map(\.doubleValue) }
    let slope = problem.activation.slope.doubleValue
    let stride = max(1, problem.rowCount / 64)
    for row in Swift.stride(from: 0, to: problem.rowCount, by: stride) {
      for sign in [1.0, -1.0] {
        for start in [vectors[row], vectors[row].map(-)] {
          var direction = start
          for _ in 0..<50 {
            var next = direction.map { _ in 0.0 }
            for (vector, value) in zip(vectors, approximation) {
              let argument = zip(direction, vector).reduce(0) { $0 + $1.0 * $1.1 }
              let factor = sign * value * (argument >= 0 ? 1 : slope)
              for column in next.indices { next[column] += factor * vector[column] }
            }
            let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0, length.isFinite else { break }
            direction = next.map { $0 / length }
          }
          if try exceeds(direction, residual, precision) { return (direction, Int(sign)) }
        }
      }
    }
    return nil
  }

  private func exceeds(_ direction: [Double], _ residual: [Ball], _ precision: Int) throws -> Bool {
    let problem = candidate.system.division.problem
    guard direction.allSatisfy(\.isFinite) else { return false }
    let exact = try direction.map { try Engine.Rational(exactly: "\($0)") }
    var value = Ball(0.0, precision: precision)
    for (vector, residual) in zip(problem.vectors, residual) {
      let argument = NetworkWeights<Engine.Rational>.product(exact, vector)
      let output = argument * problem.activation.slope(atSign: argument.signum())
      value = value + residual * Ball(output, precision: precision)
    }
    let square = NetworkWeights<Engine.Rational>.product(exact, exact) * problem.ridge * problem.ridge
    return (value * value - Ball(square, precision: precision)).sign == .positive
  }

  /// Steps of single units off their faces.
  func kinkSteps() -> [DescentSearch<Engine>.Step] {
    var steps: [DescentSearch<Engine>.Step] = []
    for (number, unit) in units.enumerated() {
      guard let unit else { continue }
      for ray in candidate.system.faces[unit.face].kinkRays {
        var step = DescentSearch<Engine>.Step(
          a: weights.a.map { _ in 0 }, w: weights.w.map { $0.map { _ in 0 } })
        step.w[number] = ray.map(\.doubleValue)
        steps.append(step)
      }
    }
    return steps
  }
}

/// A face and the sign of what is on it.
private struct Atom: Hashable {
  let pattern: String
  let sign: Int
}
