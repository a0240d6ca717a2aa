import Algebra
import FlintEngine

/// Draws small problems of every kind that the theory distinguishes: repeated, collinear and symmetric
/// inputs, targets that are zero, affine, even, odd, integers or fitted by one unit, all activations, with
/// and without bias, ridges over several orders of magnitude.
struct RandomProblems {
  typealias Rational = FlintEngine.Rational

  private var generator: SeededGenerator
  private let rows: ClosedRange<Int>

  init(seed: UInt64, rows: ClosedRange<Int> = 1...7) {
    generator = SeededGenerator(seed: seed)
    self.rows = rows
  }

  /// The next problem with at most this many strata.
  mutating func next(atMost strata: Int) throws -> SmallProblem {
    while true {
      let problem = draw()
      if try problem.enumeration().strataCount <= strata { return problem }
    }
  }

  /// The next problem with an output bias, a skip connection or weights of observations, or several of them, and at
  /// most this many strata.
  mutating func nextWithLinearTerms(atMost strata: Int) throws -> SmallProblem {
    var problem = try next(atMost: strata)
    let terms = Int.random(in: 1..<8, using: &generator)
    (problem.outputBias, problem.skip) = (terms & 1 != 0, terms & 2 != 0)
    if terms & 4 != 0 { problem.weights = problem.y.map { _ in pick([1, 1, 2, 3, tenths(5), tenths(1)]) } }
    if !problem.bias, pick([true, false]) { problem.penalty = .weights }
    return problem
  }

  private mutating func draw() -> SmallProblem {
    let d = pick([1, 1, 2])
    let n = Int.random(in: rows, using: &generator)
    let slope: Rational = pick([0, 0, 0, tenths(1), tenths(5), -1, -1, 1, tenths(-5), 2])
    let x = inputs(rows: n, columns: d)
    return SmallProblem(
      x: x, y: targets(x, slope: slope), units: pick([1, 2, 2, 3, 3]), slope: slope, ridge: ridge(),
      bias: pick([true, true, false]))
  }

  private mutating func inputs(rows: Int, columns: Int) -> [[Rational]] {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0, 1:
      return (0..<rows).map { _ in (0..<columns).map { _ in tenths(random(30)) } }
    case 2:
      // On a line, not through the origin in general.
      let (start, step) = ((0..<columns).map { _ in random(2) }, (0..<columns).map { _ in random(2) })
      return (0..<rows).map { _ in
        let position = random(3)
        return (0..<columns).map { Rational(start[$0] + position * step[$0]) }
      }
    case 3:
      // Symmetric under x → −x.
      var list: [[Rational]] = []
      while list.count < rows {
        let row = (0..<columns).map { _ in Rational(random(2)) }
        list.append(row)
        if list.count < rows { list.append(row.map { -$0 }) }
      }
      return list
    default:
      let size = pick([1, 2, 4])
      return (0..<rows).map { _ in (0..<columns).map { _ in Rational(random(size)) } }
    }
  }

  private mutating func targets(_ x: [[Rational]], slope: Rational) -> [Rational] {
    let weight = x[0].map { _ in Rational(random(2)) }
    let constant = Rational(random(2))
    func affine(_ row: [Rational]) -> Rational {
      zip(row, weight).reduce(constant) { $0 + $1.0 * $1.1 }
    }
    switch Int.random(in: 0..<14, using: &generator) {
    case 0: return x.map { _ in 0 }
    case 1: return x.map { _ in constant }
    case 2: return x.map(affine)
    case 3:
      return x.map { row in
        let value = affine(row)
        return value < 0 ? slope * value : value
      }
    case 4: return x.map { row in row.reduce(constant) { $0 + $1 * $1 } }
    case 5: return x.map { row in row.reduce(0) { $0 + $1 * $1 * $1 } }
    case 6, 7, 8: return x.map { _ in Rational(random(3)) }
    default: return x.map { _ in tenths(random(40)) }
    }
  }

  /// From 1/1000 to 9, evenly over the orders of magnitude.
  private mutating func ridge() -> Rational {
    let powers = [1, Self.tenth, Self.tenth * Self.tenth, Self.tenth * Self.tenth * Self.tenth]
    return Rational(Int.random(in: 1...9, using: &generator)) * pick(powers)
  }

  private mutating func random(_ size: Int) -> Int { Int.random(in: -size...size, using: &generator) }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  private func tenths(_ count: Int) -> Rational { Rational(count) * Self.tenth }

  private static let tenth: Rational = {
    guard let value = try? Rational(10).inverse() else { preconditionFailure("ten is not zero") }
    return value
  }()
}
