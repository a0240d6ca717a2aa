import Algebra
import Testing

extension AlgebraConformance {
  /// Numbers θ with known values of polynomials in them are found again from sums of their powers.
  public static func checkResidueParametrisation() {
    var random = RandomValues<Engine>(seed: 111)
    for prime: UInt32 in [101, 65537, 1_000_003, 2_147_483_647] {
      for degree in 0...9 {
        let field = SmallField(prime: UInt64(prime))
        let nodes = (0..<degree).map { UInt64($0 * $0 + 3) }
        let weights = nodes.map { _ in UInt64(random.int(1...100)) }
        let values = nodes.map { _ in UInt64(random.int(0...100)) }
        // λ(x θᵏ) for the x whose value at each node is given.
        func moments(_ x: [UInt64]) -> [UInt32] {
          (0..<(2 * degree)).map { k in
            UInt32(
              nodes.indices.reduce(0) { sum, i in
                field.add(
                  sum, field.multiply(field.multiply(weights[i], x[i]), field.power(nodes[i], k)))
              })
          }
        }
        let result = Engine.residueParametrisation(
          prime: prime, moments: moments(nodes.map { _ in 1 }), coordinateMoments: [moments(values)],
          testsSquarefree: true)
        #expect(result.minimalPolynomial.count == degree + 1 && result.minimalPolynomial.last == 1)
        #expect(result.isSquarefree == true)
        for (node, value) in zip(nodes, values) {
          #expect(field.value(of: result.minimalPolynomial, at: node) == 0)
          let slope = field.value(of: field.derivative(result.minimalPolynomial), at: node)
          #expect(field.value(of: result.numerators[0], at: node) == field.multiply(value, slope))
        }
      }
    }
    // θ nilpotent: λ(1) = 3, λ(θ) = 5.
    let double = Engine.residueParametrisation(
      prime: 101, moments: [3, 5, 0, 0], coordinateMoments: [], testsSquarefree: true)
    #expect(double.minimalPolynomial == [0, 0, 1] && double.isSquarefree == false)
    let untested = Engine.residueParametrisation(
      prime: 101, moments: [1, 7], coordinateMoments: [], testsSquarefree: false)
    #expect(untested.minimalPolynomial == [94, 1] && untested.isSquarefree == nil)
  }
}

/// Residues as people compute with them.
private struct SmallField {
  let prime: UInt64

  func add(_ a: UInt64, _ b: UInt64) -> UInt64 { (a + b) % prime }
  func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 { a % prime * (b % prime) % prime }
  func power(_ a: UInt64, _ exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { p, _ in multiply(p, a) } }

  func value(of polynomial: [UInt32], at point: UInt64) -> UInt64 {
    polynomial.reversed().reduce(0) { add(multiply($0, point), UInt64($1)) }
  }

  func derivative(_ polynomial: [UInt32]) -> [UInt32] {
    polynomial.enumerated().dropFirst().map { UInt32(multiply(UInt64($0.offset), UInt64($0.element))) }
  }
}
