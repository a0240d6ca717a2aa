import Algebra
import ConvexMethod
import LandscapeModel

/// The equation that holds where a condition of a branch ends.
enum EventEquation<Engine: AlgebraEngine> {
  /// The share of a face of the support vanishes; its index in the support.
  case mass(Int)
  /// A linear form in the residual, positive where the condition holds, vanishes.
  case form([Engine.Rational])
  /// `|q_f| = κ` on the face at this position of the system.
  case attains(Int)
}

/// Solves the optimality conditions of a support together with the equation of an event, with the ridge as an unknown, in
/// balls.
struct EventSolver<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias BallMatrix = Engine.BallMatrix

  /// A solution: the ridge, the shares and the unit vectors.
  struct Solution {
    let ridge: Ball
    let shares: [Ball]
    let vectors: [[Ball]]
    let precision: Int
  }

  let system: StratumSystem<Engine>
  let support: [Int]
  let equation: EventEquation<Engine>

  private var dimension: Int { system.dimension }
  private var size: Int { support.count * (dimension + 1) + 1 }

  /// Newton's method, and a proof by Krawczyk's operator that there is just one solution in the balls.
  ///
  /// - Parameter start: all unit vectors, the shares, the ridge.
  /// - Returns: `nil` if a solution cannot be proved at this precision.
  func solution(near start: [Ball], precision: Int) throws -> Solution? {
    let numbers = try Numbers(self, precision: precision)
    var x = start.map { $0.withPrecision(precision).midpoint }
    for _ in 0..<40 {
      guard let step = numbers.jacobian(x).midpoint.solve(numbers.values(x)) else { return nil }
      var largest = 0.0
      for index in x.indices {
        largest = max(largest, abs(step[index, 0].approximation) / max(abs(x[index].approximation), 1e-3))
        x[index] = (x[index] - step[index, 0]).midpoint
      }
      guard largest.isFinite else { return nil }
      if largest < Self.power(-precision / 4) { return prove(x, numbers) }
    }
    return nil
  }

  /// The equation's function, positive where the condition holds, at a solution with another equation.
  func value(at solution: Solution) throws -> Ball {
    let numbers = try Numbers(self, precision: solution.precision)
    let value = numbers.values(solution.vectors.flatMap { $0 } + solution.shares + [solution.ridge])[
      size - 1, 0]
    if case .attains = equation { return -value }
    return value
  }

  private func prove(_ x: [Ball], _ numbers: Numbers) -> Solution? {
    let precision = numbers.precision
    let interval = Ball(lower: -1, upper: 1, precision: precision)
    let box = x.map { value in
      let radius = max(abs(value.approximation), 1e-3) * Self.power(-precision * 3 / 8)
      return value + Ball(radius, precision: precision) * interval
    }
    guard
      let inverse = numbers.jacobian(x).midpoint.solve(.identity(size, precision: precision))?.midpoint
    else { return nil }
    let correction = inverse * numbers.values(x)
    let contraction = BallMatrix.identity(size, precision: precision) - inverse * numbers.jacobian(box)
    let spread =
      contraction * BallMatrix(rows: size, columns: 1, entries: zip(box, x).map { $0 - $1 })
    let image = x.indices.map { x[$0] - correction[$0, 0] + spread[$0, 0] }
    guard zip(box, image).allSatisfy({ $0.containsInInterior($1) }) else { return nil }
    let count = support.count
    return Solution(
      ridge: image[size - 1], shares: Array(image[(count * dimension)..<(size - 1)]),
      vectors: (0..<count).map { Array(image[($0 * dimension)..<(($0 + 1) * dimension)]) },
      precision: precision)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: max(exponent, -1000), significand: 1)
  }

  /// The left-hand sides and their derivatives at one precision.
  private struct Numbers {
    let solver: EventSolver
    let precision: Int
    private let blocks: [[BallMatrix]]
    private let products: [BallMatrix]
    /// Of the event's equation: `constant − Σ_m s_m factors[m] v_m`, unless a mass vanishes.
    private let constant: BallMatrix
    private let factors: [BallMatrix]

    init(_ solver: EventSolver, precision: Int) throws {
      self.solver = solver
      self.precision = precision
      let (system, support) = (solver.system, solver.support)
      blocks = support.map { l in support.map { BallMatrix(system.blocks[l][$0], precision: precision) } }
      products = support.map { BallMatrix(system.products[$0], precision: precision) }
      switch solver.equation {
      case .mass:
        constant = .zero(rows: 0, columns: 1, precision: precision)
        factors = []
      case .form(let form):
        let row = try Engine.RationalMatrix(rows: 1, columns: form.count, entries: form)
        constant = BallMatrix(try row.multiplied(by: system.targets()), precision: precision)
        factors = try support.map {
          BallMatrix(try row.multiplied(by: system.image($0)), precision: precision)
        }
      case .attains(let face):
        constant = BallMatrix(system.products[face], precision: precision)
        factors = support.map { BallMatrix(system.blocks[face][$0], precision: precision) }
      }
    }

    private var count: Int { solver.support.count }
    private var dimension: Int { solver.dimension }
    private var zero: Ball { Ball(0.0, precision: precision) }

    private func vector(_ x: [Ball], _ l: Int) -> BallMatrix {
      BallMatrix(
        rows: dimension, columns: 1, entries: Array(x[(l * dimension)..<((l + 1) * dimension)]))
    }

    /// `constant − Σ_m s_m factors[m] v_m`.
    private func eventVector(_ x: [Ball]) -> BallMatrix {
      factors.indices.reduce(constant) {
        $0 - (factors[$1] * vector(x, $1)).scaled(by: x[count * dimension + $1])
      }
    }

    func values(_ x: [Ball]) -> BallMatrix {
      let shares = count * dimension
      let ridge = x[solver.size - 1]
      var values = BallMatrix.zero(rows: solver.size, columns: 1, precision: precision)
      let half = Ball(0.5, precision: precision)
      for l in 0..<count {
        let own = vector(x, l)
        var sum = own.scaled(by: ridge) - products[l]
        for m in 0..<count { sum = sum + (blocks[l][m] * vector(x, m)).scaled(by: x[shares + m]) }
        for row in 0..<dimension { values[l * dimension + row, 0] = sum[row, 0] }
        values[shares + l, 0] = (own.squaredNorm() - Ball(1.0, precision: precision)) * half
      }
      let last = solver.size - 1
      switch solver.equation {
      case .mass(let index): values[last, 0] = x[shares + index]
      case .form: values[last, 0] = eventVector(x)[0, 0]
      case .attains: values[last, 0] = (eventVector(x).squaredNorm() - ridge * ridge) * half
      }
      return values
    }

    func jacobian(_ x: [Ball]) -> BallMatrix {
      let shares = count * dimension
      let last = solver.size - 1
      let ridge = x[last]
      var matrix = BallMatrix.zero(rows: solver.size, columns: solver.size, precision: precision)
      for l in 0..<count {
        for m in 0..<count {
          matrix.addBlock(blocks[l][m], scaledBy: x[shares + m], row: l * dimension, column: m * dimension)
          matrix.addBlock(
            blocks[l][m] * vector(x, m), scaledBy: Ball(1.0, precision: precision), row: l * dimension,
            column: shares + m)
        }
        for row in 0..<dimension {
          let index = l * dimension + row
          matrix[index, index] = matrix[index, index] + ridge
          matrix[index, last] = x[index]
          matrix[shares + l, index] = x[index]
        }
      }
      switch solver.equation {
      case .mass(let index): matrix[last, shares + index] = Ball(1.0, precision: precision)
      case .form: setDerivatives(of: Ball(1.0, precision: precision).asMatrix(), x, &matrix)
      case .attains:
        setDerivatives(of: eventVector(x).transposed, x, &matrix)
        matrix[last, last] = -ridge
      }
      return matrix
    }

    /// Those of `weights · eventVector`, in the last row.
    private func setDerivatives(of weights: BallMatrix, _ x: [Ball], _ matrix: inout BallMatrix) {
      let (shares, last) = (count * dimension, solver.size - 1)
      for m in 0..<count {
        let row = weights * factors[m]
        var product = zero
        for column in 0..<dimension {
          matrix[last, m * dimension + column] = -(row[0, column] * x[shares + m])
          product = product + row[0, column] * x[m * dimension + column]
        }
        matrix[last, shares + m] = -product
      }
    }
  }
}

extension RealBall {
  fileprivate func asMatrix<Matrix: RealBallMatrix>() -> Matrix where Matrix.Ball == Self {
    Matrix(rows: 1, columns: 1, entries: [self])
  }
}
