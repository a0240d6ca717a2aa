import Algebra
import FlintEngine
import Landscapes

/// Draws problems around a critical point with rational numbers: the residual and the shares are chosen first, the
/// targets follow. Exact ties abound: shares that are zero, weights on the boundary of their face, units at
/// rest that could as well be alive, and dependent shares.
struct TiedProblems {
  typealias Rational = FlintEngine.Rational

  struct Drawn {
    let problem: SmallProblem
    /// The critical point.
    let parameters: [Double]
  }

  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next(atMost strata: Int) throws -> Drawn {
    while true {
      if let drawn = try draw(), try drawn.problem.enumeration().strataCount <= strata { return drawn }
    }
  }

  private struct Candidate {
    let signs: [Int]
    /// The gradient of `η` on the face, `M q`, and the sign of the output weight.
    let gradient: [Rational]
    let image: [Rational]
    let side: Rational
    let square: Rational
  }

  private mutating func draw() throws -> Drawn? {
    let columns = pick([1, 1, 2])
    let rows = Int.random(in: 1...5, using: &generator)
    let size = pick([1, 2, 3])
    var problem = SmallProblem(
      x: (0..<rows).map { _ in (0..<columns).map { _ in Rational(random(size)) } },
      y: Array(repeating: 0, count: rows), units: pick([1, 2, 2, 3]),
      slope: pick([0, 0, -1, 2, try Rational(exactly: "1/2")]), ridge: 1, bias: pick([true, false]))
    let residual = (0..<rows).map { _ in Rational(random(2)) }
    let candidates = try candidates(problem, residual)
    let ridges = Set(candidates.map(\.square)).filter { $0 > 0 && Self.root($0) != nil }.sorted()
    guard let square = ridges.randomElement(using: &generator), let ridge = Self.root(square) else {
      return nil
    }
    problem.ridge = ridge
    problem.y = residual
    var parameters: [Double] = []
    for candidate in candidates.filter({ $0.square == square }).shuffled(using: &generator).prefix(
      problem.units)
    {
      let share: Rational = pick([0, 1, 1, 4, 9])
      for row in 0..<rows {
        problem.y[row] = try problem.y[row] + (share * candidate.image[row]).divided(by: ridge)
      }
      let output = candidate.side.doubleValue * share.doubleValue.squareRoot()
      parameters += [output] + candidate.gradient.map { output * $0.doubleValue / ridge.doubleValue }
    }
    let count = problem.units * ((problem.bias ? 1 : 0) + columns + 1)
    parameters += Array(repeating: 0, count: count - parameters.count)
    return Drawn(problem: problem, parameters: parameters)
  }

  /// The faces whose `± q` lies in their closure.
  private func candidates(_ problem: SmallProblem, _ residual: [Rational]) throws -> [Candidate] {
    let vectors = try problem.problem().vectors
    return try SurrogateSearch(SquaredLoss(problem.problem()), seed: 1).patterns.compactMap { signs in
      let rates = signs.map { $0 == 1 ? Rational(1) : ($0 == -1 ? problem.slope : 0) }
      var gradient = vectors[0].map { _ in Rational(0) }
      for (row, vector) in vectors.enumerated() {
        for column in vector.indices { gradient[column] += rates[row] * residual[row] * vector[column] }
      }
      gradient = try Self.projected(gradient, orthogonalTo: zip(vectors, signs).filter { $1 == 0 }.map(\.0))
      let products = vectors.map { vector in zip(vector, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
      let sides = Set(zip(products, signs).map { $0.signum() * $1 }).subtracting([0])
      guard sides.count == 1, let side = sides.first else { return nil }
      return Candidate(
        signs: signs, gradient: gradient, image: zip(products, rates).map { $0 * $1 }, side: Rational(side),
        square: gradient.reduce(0) { $0 + $1 * $1 })
    }
  }

  private static func projected(
    _ vector: [Rational], orthogonalTo normals: [[Rational]]
  ) throws -> [Rational] {
    var basis: [[Rational]] = []
    func rest(_ vector: [Rational]) throws -> [Rational] {
      try basis.reduce(vector) { rest, other in
        let product = zip(rest, other).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
        let square = other.reduce(Rational(0)) { $0 + $1 * $1 }
        let factor = try product.divided(by: square)
        return zip(rest, other).map { $0 - factor * $1 }
      }
    }
    for normal in normals {
      let rest = try rest(normal)
      if rest.contains(where: { $0 != 0 }) { basis.append(rest) }
    }
    return try rest(vector)
  }

  /// The square root, if it is rational.
  private static func root(_ square: Rational) -> Rational? {
    guard let top = try? square.numerator.squareRoot(), let bottom = try? square.denominator.squareRoot(),
      top.isExact, bottom.isExact
    else { return nil }
    return try? Rational(numerator: top.root, denominator: bottom.root)
  }

  private mutating func random(_ size: Int) -> Int { Int.random(in: -size...size, using: &generator) }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }
}
