import ConvexMethod

/// What a polynomial path leaves of the equations: `F(x̄(t))` by powers of `t`. It is computed in double-double
/// arithmetic, so that it is right even where the equations are nearly dependent.
struct PathDefects {
  /// For each equation the coefficients, that of `t⁰` first.
  private(set) var coefficients: [SIMD16<Double>]
  /// For each equation a bound of the rounding errors of all coefficients together.
  private(set) var errors: [Double]

  /// - Parameters:
  ///   - path: the polynomials of the unknowns.
  ///   - degree: theirs at most, up to 7.
  init(
    _ equations: BranchEquations, path: [SIMD8<Double>], centre: Double, halfWidth: Double, degree: Int
  ) {
    let (count, dimension) = (equations.count, equations.dimension)
    let shares = count * dimension
    let length = 2 * degree + 2
    coefficients = [SIMD16<Double>](repeating: .zero, count: equations.size)
    errors = [Double](repeating: 0, count: equations.size)
    // Far more than the rounding errors of this many operations, relative to the sum of the terms' absolute values;
    // and what may be lost to underflow.
    let unit = DoubleDouble.unit * Double(16 * shares + 128)
    let tiny = 0x1p-900
    let sizes = path.map { RidgeSeries(coefficients: $0, error: 0).size }
    func product(_ left: SIMD8<Double>, _ right: SIMD8<Double>) -> [DoubleDouble] {
      var product = [DoubleDouble](repeating: .zero, count: length)
      for i in 0...degree {
        for j in 0...degree { product[i + j] += DoubleDouble(left[i]) * DoubleDouble(right[j]) }
      }
      return product
    }
    let weights = (0..<shares).map { product(path[shares + $0 / dimension], path[$0]) }
    let weightSizes = (0..<shares).map { sizes[shares + $0 / dimension] * sizes[$0] }
    let (ridge, rate) = (DoubleDouble(centre), DoubleDouble(halfWidth))
    for l in 0..<count {
      var square = [DoubleDouble](repeating: .zero, count: length)
      for row in 0..<dimension {
        let index = l * dimension + row
        var sum = [DoubleDouble](repeating: .zero, count: length)
        for power in 0...degree {
          sum[power] += ridge * DoubleDouble(path[index][power])
          sum[power + 1] += rate * DoubleDouble(path[index][power])
        }
        sum[0] -= equations.products[index]
        var magnitude = (centre + halfWidth) * sizes[index] + equations.products[index].high.magnitude
        for m in 0..<count {
          for column in 0..<dimension {
            let entry = equations.blocks[((l * count + m) * dimension + row) * dimension + column]
            guard entry.high != 0 else { continue }
            let weight = weights[m * dimension + column]
            for power in 0...(2 * degree) { sum[power] += entry * weight[power] }
            magnitude += entry.high.magnitude * weightSizes[m * dimension + column]
          }
        }
        set(index, sum, magnitude * unit + tiny)
        for (power, value) in product(path[index], path[index]).enumerated() { square[power] += value }
      }
      square[0] -= DoubleDouble(1)
      let own = (0..<dimension).reduce(1) { $0 + sizes[l * dimension + $1] * sizes[l * dimension + $1] }
      set(shares + l, square.map { $0 * DoubleDouble(0.5) }, own * unit + tiny)
    }
  }

  private mutating func set(_ index: Int, _ values: [DoubleDouble], _ error: Double) {
    var error = error
    for (power, value) in values.enumerated() {
      coefficients[index][power] = value.high
      error += value.high.magnitude * 0x1p-52
    }
    errors[index] = error
  }
}
