import Algebra
import LandscapeModel

/// The Hessian of the loss on forms of a fixed rank, in the coordinates of a chart, and what belongs to it.
///
/// With `X = φ(y)` and `g = M (φ − T)` it is `∂_i φᵀ M ∂_j φ + Σ_α g_α ∂_i ∂_j φ_α`; at a critical point its signature
/// does not depend on the chart.
struct CriticalHessian<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational
  typealias Terms = TermList<Rational>

  /// What is known at a point.
  struct Signatures: Hashable, Sendable {
    /// On forms of the same rank.
    var function: TeacherResult.Signature
    /// Of X; for higher degrees the signs of its coefficients.
    var form: TeacherResult.Signature
    /// Of the gradient on a complement of the image of X.
    var gradient: TeacherResult.Signature
    var isTeacher: Bool
  }

  private let problem: TeacherProblem<Engine>
  private let change: CoordinateChange<Engine>
  private let pivots: Int
  private let form: [Terms]
  private let core: [[Terms]]
  private let columns: [[Terms]]
  private let first: [[Terms]]
  private let second: [[[(place: Int, terms: Terms)]]]

  /// - Parameter chart: of the open cell.
  init(
    _ chart: StudentChart<Engine>, change: CoordinateChange<Engine>, problem: TeacherProblem<Engine>
  ) {
    self.problem = problem
    self.change = change
    pivots = chart.rank
    form = chart.form.map { Terms($0) }
    core = chart.core.map { $0.map { Terms($0) } }
    columns = chart.columns.map { $0.map { Terms($0) } }
    let variables = chart.notation.variables.indices
    let derivatives = variables.map { i in chart.form.map { $0.derivative(in: i) } }
    first = derivatives.map { $0.map { Terms($0) } }
    second = variables.map { i in
      (0...i).map { j in
        derivatives[i].enumerated().compactMap { place, polynomial in
          let terms = Terms(polynomial.derivative(in: j))
          return terms.isZero ? nil : (place, terms)
        }
      }
    }
  }

  /// The coefficients of X and the loss.
  func formAndLoss<A: PointArithmetic>(
    at point: [A.Scalar], _ arithmetic: A
  ) throws -> (form: [A.Scalar], loss: A.Scalar) where A.Rational == Rational {
    let form = self.form.map { $0.value(at: point, arithmetic) }
    let difference = self.difference(form, arithmetic)
    let gradient = self.gradient(difference, arithmetic)
    let norm = zip(difference, gradient).reduce(arithmetic.zero) {
      arithmetic.sum($0, arithmetic.product($1.0, $1.1))
    }
    return (form, try arithmetic.quotient(norm, arithmetic.constant(2)))
  }

  /// `nil` if a sign is not known.
  func signatures<A: PointArithmetic>(
    at point: [A.Scalar], _ arithmetic: A
  ) throws -> Signatures? where A.Rational == Rational {
    let form = self.form.map { $0.value(at: point, arithmetic) }
    let difference = self.difference(form, arithmetic)
    let gradient = self.gradient(difference, arithmetic)
    let norm = zip(difference, gradient).reduce(arithmetic.zero) {
      arithmetic.sum($0, arithmetic.product($1.0, $1.1))
    }
    guard let loss = try arithmetic.sign(norm),
      let function = try arithmetic.inertia(hessian(at: point, gradient, arithmetic)),
      let core = try arithmetic.inertia(core.map { $0.map { $0.value(at: point, arithmetic) } }),
      let normal = try arithmetic.inertia(normalGradient(at: point, gradient, arithmetic))
    else { return nil }
    return Signatures(function: function, form: core, gradient: normal, isTeacher: loss == 0)
  }

  private func difference<A: PointArithmetic>(
    _ form: [A.Scalar], _ arithmetic: A
  ) -> [A.Scalar] where A.Rational == Rational {
    zip(form, problem.teacher.coefficients).map {
      arithmetic.difference($0, arithmetic.constant($1))
    }
  }

  private func gradient<A: PointArithmetic>(
    _ vector: [A.Scalar], _ arithmetic: A
  ) -> [A.Scalar] where A.Rational == Rational {
    let gram = problem.metric.gram
    return vector.indices.map { row in
      vector.indices.reduce(arithmetic.zero) { sum, column in
        let entry = gram[row, column]
        return entry == 0
          ? sum : arithmetic.sum(sum, arithmetic.product(arithmetic.constant(entry), vector[column]))
      }
    }
  }

  private func hessian<A: PointArithmetic>(
    at point: [A.Scalar], _ gradient: [A.Scalar], _ arithmetic: A
  ) -> [[A.Scalar]] where A.Rational == Rational {
    let tangents = first.map { $0.map { $0.value(at: point, arithmetic) } }
    let images = tangents.map { self.gradient($0, arithmetic) }
    var matrix = tangents.map { _ in tangents.map { _ in arithmetic.zero } }
    for i in tangents.indices {
      for j in 0...i {
        var sum = zip(tangents[i], images[j]).reduce(arithmetic.zero) {
          arithmetic.sum($0, arithmetic.product($1.0, $1.1))
        }
        for (place, terms) in second[i][j] {
          sum = arithmetic.sum(
            sum, arithmetic.product(gradient[place], terms.value(at: point, arithmetic)))
        }
        matrix[i][j] = sum
        matrix[j][i] = sum
      }
    }
    return matrix
  }

  /// The gradient as a quadratic form in the directions across the image: for quadratic forms G itself, for one
  /// power of higher degree `⟨X − T, v^{m−2} x_i x_j⟩`; nothing for several.
  private func normalGradient<A: PointArithmetic>(
    at point: [A.Scalar], _ gradient: [A.Scalar], _ arithmetic: A
  ) -> [[A.Scalar]] where A.Rational == Rational {
    let basis = problem.teacher.basis
    let n = basis.inputs
    guard basis.degree == 2 || pivots == 1 else { return [] }
    let matrix = (0..<n).map { i in
      (0..<n).map { j -> A.Scalar in
        guard basis.degree > 2 else { return gradient[basis.place(i, j)] }
        let lower = MonomialBasis(inputs: n, degree: basis.degree - 2)
        let direction = columns[0].map { $0.value(at: point, arithmetic) }
        return lower.exponents.reduce(arithmetic.zero) { sum, exponents in
          var raised = exponents
          raised[i] += 1
          raised[j] += 1
          guard let place = basis.place(of: raised) else { return sum }
          var product = arithmetic.product(
            arithmetic.constant(Rational(basis.multinomial(exponents))), gradient[place])
          for (entry, exponent) in zip(direction, exponents) {
            for _ in 0..<exponent { product = arithmetic.product(product, entry) }
          }
          return arithmetic.sum(sum, product)
        }
      }
    }
    let changeMatrix = arithmetic.matrix(change.matrix)
    let transformed = arithmetic.product(
      arithmetic.transpose(changeMatrix), arithmetic.product(matrix, changeMatrix))
    return transformed[pivots...].map { Array($0[pivots...]) }
  }
}
