import Algebra
import FlintEngine
import LandscapeModel
import PolynomialNetworks
import Testing

/// Signatures against finite differences of the loss in exact arithmetic.
@Suite struct HessianTests {
  /// Half the squared Gaussian norm of `Σ a_l w_l w_lᵀ − T`.
  private func loss(_ parameters: [Rational], _ teacher: [[Rational]], _ n: Int) throws -> Rational {
    var difference = teacher.map { $0.map { -$0 } }
    for unit in 0..<(parameters.count / (n + 1)) {
      let start = unit * (n + 1)
      for i in 0..<n {
        for j in 0..<n {
          difference[i][j] += parameters[start] * parameters[start + 1 + i] * parameters[start + 1 + j]
        }
      }
    }
    var (squares, trace) = (Rational(0), Rational(0))
    for i in 0..<n {
      trace += difference[i][i]
      for j in 0..<n { squares += difference[i][j] * difference[i][j] }
    }
    return try (2 * squares + trace * trace).divided(by: 2)
  }

  /// Numbers of eigenvalues by sign, by rotations (Jacobi).
  private func inertia(_ matrix: [[Double]]) -> TeacherResult.Signature {
    var a = matrix
    let n = a.count
    for _ in 0..<60 {
      for p in 0..<n {
        for q in 0..<p where abs(a[p][q]) > 1e-14 {
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let t = (theta < 0 ? -1.0 : 1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<n { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
          for k in 0..<n { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
        }
      }
    }
    let values = (0..<n).map { a[$0][$0] }
    let scale = values.map(abs).max() ?? 1
    let positive = values.filter { $0 > 1e-7 * scale }.count
    let negative = values.filter { $0 < -1e-7 * scale }.count
    return TeacherResult.Signature(positive: positive, negative: negative, zero: n - positive - negative)
  }

  private func numericSignature(
    _ point: [Rational], _ teacher: [[Rational]], _ n: Int
  ) throws -> TeacherResult.Signature {
    let h = try Rational(2).power(-30)
    func shifted(_ i: Int, _ a: Int, _ j: Int, _ b: Int) throws -> Rational {
      var moved = point
      moved[i] += Rational(a) * h
      moved[j] += Rational(b) * h
      return try loss(moved, teacher, n)
    }
    let scale = try (4 * h * h).inverse()
    let hessian = try point.indices.map { i in
      try point.indices.map { j -> Double in
        let sum =
          try shifted(i, 1, j, 1) - shifted(i, 1, j, -1) - shifted(i, -1, j, 1) + shifted(i, -1, j, -1)
        return (sum * scale).doubleValue
      }
    }
    return inertia(hessian)
  }

  /// Teachers `Q diag(t) Qᵀ` with a rational Q; the critical forms' units are multiples of its columns.
  @Test(arguments: [[5, 1, -3], [4, 3, 2], [2, -1, -4]])
  func parameterSignaturesAreThoseOfFiniteDifferences(_ eigenvalues: [Int]) throws {
    let columns: [[Rational]] = [[1, 2, 2], [2, 1, -2], [2, -2, 1]]
    let ninth = try Rational(9).inverse()
    let n = 3
    let teacher = (0..<n).map { i in
      (0..<n).map { j in
        (0..<n).reduce(Rational(0)) {
          $0 + Rational(eigenvalues[$1]) * columns[$1][i] * columns[$1][j] * ninth
        }
      }
    }
    let metric = try FormMetric<Engine>.gaussian(inputs: n, degree: 2)
    for width in 1...3 {
      let result = try solve(Form(symmetric: teacher), metric, width: width, exact: true)
      for point in result.criticalPoints where point.rank > 0 {
        guard case .matrix(let texts) = try #require(point.exact?.form) else { throw Unexpected() }
        let form = try texts.map { try $0.map { try Rational(exactly: $0) } }
        // X = Σ μ_i q_i q_iᵀ / 9 with μ_i = q_iᵀ X q_i / 9.
        let weights = columns.map { q in
          (0..<n).reduce(Rational(0)) { sum, i in
            (0..<n).reduce(sum) { $0 + q[i] * form[i][$1] * q[$1] }
          } * ninth
        }
        let used = (0..<n).filter { weights[$0] != 0 }
        #expect(used.count == point.rank)
        for entry in point.parameter {
          var parameters: [Rational] = []
          for i in used { parameters += [weights[i] * ninth] + columns[i] }
          // More living units: one direction is shared among units of both signs.
          let positive = used.filter { weights[$0] > 0 }.count
          var rest = weights[used[0]] * ninth
          func add(_ count: Int, _ sign: Rational) {
            for _ in 0..<count {
              parameters += [sign] + columns[used[0]]
              rest -= sign
            }
          }
          let (more, fewer) = (
            entry.positiveUnits - positive, entry.negativeUnits - (used.count - positive)
          )
          // Shares that leave the sign of the first unit.
          let size = try weights[used[0]].magnitude.divided(by: 100)
          add(more, size)
          add(fewer, -size)
          parameters[0] = rest
          #expect((rest > 0) == (weights[used[0]] > 0))
          let dead = width - entry.positiveUnits - entry.negativeUnits
          parameters += [Rational](repeating: 0, count: dead * (n + 1))
          #expect(try numericSignature(parameters, teacher, n) == entry.signature, "rank \(point.rank)")
        }
      }
    }
  }
}
