import Algebra
import FlintEngine
import PolynomialNetworks
import TestSupport
import Testing

/// Descents in parameter space end at listed minima.
@Suite struct DescentTests {
  /// Half the squared norm in a moment metric, by its Gram matrix, and its gradient.
  private struct Loss {
    let gram: [[Double]]
    let basis: MonomialBasis
    let teacher: [Double]
    let width: Int

    private var n: Int { basis.inputs }

    func valueAndGradient(_ x: [Double]) -> (value: Double, gradient: [Double]) {
      var difference = teacher.map { -$0 }
      for unit in 0..<width {
        let a = x[unit * (n + 1)]
        let w = Array(x[(unit * (n + 1) + 1)..<((unit + 1) * (n + 1))])
        for (place, exponents) in basis.exponents.enumerated() {
          let product = zip(w, exponents).reduce(1.0) { sum, factor in
            (0..<factor.1).reduce(sum) { value, _ in value * factor.0 }
          }
          difference[place] += a * product * (exponents.contains(2) ? 1 : 2)
        }
      }
      let image = gram.map { row in zip(row, difference).reduce(0) { $0 + $1.0 * $1.1 } }
      let value = zip(image, difference).reduce(0) { $0 + $1.0 * $1.1 } / 2
      var gradient = [Double](repeating: 0, count: x.count)
      for unit in 0..<width {
        let start = unit * (n + 1)
        let (a, w) = (x[start], Array(x[(start + 1)..<(start + n + 1)]))
        for i in 0..<n {
          var row = 0.0
          for j in 0..<n {
            var exponents = [Int](repeating: 0, count: n)
            exponents[i] += 1
            exponents[j] += 1
            row += image[basis.place(of: exponents) ?? 0] * w[j]
          }
          gradient[start] += row * w[i]
          gradient[start + 1 + i] = 2 * a * row
        }
      }
      return (value, gradient)
    }

    /// Gradient descent with momentum, then with ever smaller steps.
    func descend(from start: [Double]) -> (value: Double, norm: Double) {
      var (x, step) = (start, 1e-3)
      var (value, gradient) = valueAndGradient(x)
      for _ in 0..<4000 {
        let norm = gradient.reduce(0) { $0 + $1 * $1 }
        if norm < 1e-22 * (1 + value * value) { break }
        let next = zip(x, gradient).map { $0 - step * $1 }
        let (nextValue, nextGradient) = valueAndGradient(next)
        if nextValue <= value - 0.3 * step * norm {
          // The step of Barzilai and Borwein.
          let change = zip(next, x).map { $0 - $1 }
          let turn = zip(nextGradient, gradient).map { $0 - $1 }
          let product = zip(change, turn).reduce(0) { $0 + $1.0 * $1.1 }
          let square = change.reduce(0) { $0 + $1 * $1 }
          (x, value, gradient) = (next, nextValue, nextGradient)
          step = product > 0 ? min(square / product, 10 * step) : 2 * step
        } else {
          step /= 3
          if step < 1e-16 { break }
        }
      }
      return (value, gradient.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
  }

  @Test(arguments: [(2, 1, 5), (2, 2, 6)] as [(Int, Int, UInt64)])
  func descentsEndAtListedMinima(_ inputs: Int, _ width: Int, _ seed: UInt64) throws {
    try descend(inputs, width, seed, count: 6)
  }

  @Test(
    .tags(.long), .onlyInLongRuns,
    arguments: [(2, 1, 5), (2, 2, 6), (3, 1, 6), (3, 2, 7)] as [(Int, Int, UInt64)])
  func manyDescentsEndAtListedMinima(_ inputs: Int, _ width: Int, _ seed: UInt64) throws {
    try descend(inputs, width, seed, count: 50)
  }

  private func descend(_ inputs: Int, _ width: Int, _ seed: UInt64, count: Int) throws {
    var random = RandomTeachers(seed: seed)
    let teacher = try Form(symmetric: random.symmetric(inputs))
    let metric = try random.moments(inputs: inputs, degree: 2, points: 8 * inputs)
    let result = try solve(teacher, metric, width: width)
    let minima = result.criticalPoints.filter { point in
      point.parameter.contains { $0.kind == .minimum }
    }.map { value($0.loss) }
    let size = metric.basis.count
    let loss = Loss(
      gram: (0..<size).map { i in (0..<size).map { metric.gram[i, $0].doubleValue } }, basis: metric.basis,
      teacher: teacher.coefficients.map(\.doubleValue), width: width)
    var ends = 0
    for _ in 0..<count {
      let start = (0..<(width * (inputs + 1))).map { _ in Double(random.integer(-1000...1000)) / 500 }
      let end = loss.descend(from: start)
      guard end.norm < 1e-6 * (1 + end.value) else { continue }
      ends += 1
      #expect(
        minima.contains { abs($0 - end.value) <= 1e-6 * (1 + $0) },
        "a descent ended at \(end.value), not in \(minima)")
    }
    #expect(ends > count / 2)
  }
}
