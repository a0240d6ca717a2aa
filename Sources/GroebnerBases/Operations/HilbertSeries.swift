import Algebra

/// The Hilbert series `numerator(t) / (1 − t)^variableCount` of a ring modulo a monomial ideal.
///
/// By splitting along powers of a variable (Bigatti, J. Pure Appl. Algebra 119, 1997,
/// doi:10.1016/S0022-4049(96)00042-1). Cost: exponential in the number of variables at worst, in practice
/// about linear in the length of the numerator times the number of splits.
public struct HilbertSeries: Hashable, Sendable {
  /// Coefficients by ascending powers, without zeros at the end; empty for the unit ideal.
  public let numerator: [Int]
  public let variableCount: Int
  /// The Krull dimension, −1 for the unit ideal.
  public let dimension: Int
  /// The degree (multiplicity); the number of standard monomials in dimension zero, 0 for the unit ideal.
  public let degree: Int

  /// - Parameter generators: exponent vectors.
  /// - Throws: `AlgebraError.tooLarge` if a coefficient does not fit `Int`; `Interruption`.
  public init(monomialIdeal generators: [[UInt32]], variableCount: Int, control: Control = Control()) throws {
    let vectors = Self.minimal(generators.map { $0.map(Int.init) })
    let numerator = try Self.numerator(vectors, variableCount, control)
    self.numerator = numerator
    self.variableCount = variableCount
    // Divide by 1 − t as long as 1 is a root.
    var quotient = numerator
    var divisions = 0
    while !quotient.isEmpty, try Self.sum(quotient) == 0 {
      var sum = 0
      for i in quotient.indices {
        sum = try Self.sum([sum, quotient[i]])
        quotient[i] = sum
      }
      while quotient.last == 0 { quotient.removeLast() }
      divisions += 1
    }
    dimension = numerator.isEmpty ? -1 : variableCount - divisions
    degree = try Self.sum(quotient)
  }

  private static func sum(_ values: [Int]) throws -> Int {
    var sum = 0
    for value in values {
      let (result, overflow) = sum.addingReportingOverflow(value)
      guard !overflow else { throw AlgebraError.tooLarge("the degree of the ideal") }
      sum = result
    }
    return sum
  }

  private static func divides(_ left: [Int], _ right: [Int]) -> Bool {
    for i in left.indices where left[i] > right[i] { return false }
    return true
  }

  /// The minimal generators, by ascending degree.
  private static func minimal(_ vectors: [[Int]]) -> [[Int]] {
    var kept: [[Int]] = []
    for vector in vectors.sorted(by: { $0.reduce(0, +) < $1.reduce(0, +) })
    where !kept.contains(where: { divides($0, vector) }) {
      kept.append(vector)
    }
    return kept
  }

  private static func numerator(_ generators: [[Int]], _ n: Int, _ control: Control) throws -> [Int] {
    try control.check()
    // How many generators a variable divides.
    var occurrences = [Int](repeating: 0, count: n)
    for generator in generators {
      for i in 0..<n where generator[i] > 0 { occurrences[i] += 1 }
    }
    guard let most = occurrences.indices.max(by: { occurrences[$0] < occurrences[$1] }), occurrences[most] > 1
    else {
      // Pairwise coprime: the product of 1 − t^degree.
      var product = [1]
      for generator in generators { product = try multiplyByBinomial(product, generator.reduce(0, +)) }
      return product
    }
    let exponents = generators.map { $0[most] }.filter { $0 > 0 }.sorted()
    // The median splits evenly; a pure power as pivot would not split at all.
    let purePower = generators.first { vector in
      vector[most] > 0 && vector.indices.allSatisfy { $0 == most || vector[$0] == 0 }
    }
    var exponent = exponents[exponents.count / 2]
    if let pure = purePower?[most], exponent >= pure { exponent = max(1, pure - 1) }
    var pivot = [Int](repeating: 0, count: n)
    pivot[most] = exponent
    let sum = minimal(generators.filter { !divides(pivot, $0) } + [pivot])
    let quotient = minimal(
      generators.map { vector in
        var vector = vector
        vector[most] = max(0, vector[most] - exponent)
        return vector
      })
    let left = try numerator(sum, n, control)
    let right = try numerator(quotient, n, control)
    return try add(left, right, shift: exponent)
  }

  private static func multiplyByBinomial(_ polynomial: [Int], _ degree: Int) throws -> [Int] {
    // 1 − t^0 = 0: the unit ideal.
    guard degree > 0 else { return [] }
    return try add(polynomial, polynomial.map { -$0 }, shift: degree)
  }

  private static func add(_ left: [Int], _ right: [Int], shift: Int) throws -> [Int] {
    guard !right.isEmpty else { return left }
    guard shift < 1 << 24, right.count < 1 << 24 else {
      throw AlgebraError.tooLarge("a Hilbert series with exponents above 2^24")
    }
    var sum = left + [Int](repeating: 0, count: max(0, right.count + shift - left.count))
    for (i, value) in right.enumerated() {
      let (result, overflow) = sum[i + shift].addingReportingOverflow(value)
      guard !overflow else { throw AlgebraError.tooLarge("a coefficient of a Hilbert series") }
      sum[i + shift] = result
    }
    while sum.last == 0 { sum.removeLast() }
    return sum
  }
}

extension GroebnerBasis {
  /// The Hilbert series of the ring modulo the leading ideal.
  ///
  /// Its dimension is that of the ideal for every order. Its degree is that of the ideal if the order refines
  /// the total degree or the dimension is zero.
  ///
  /// - Throws: `AlgebraError.tooLarge`, `Interruption`.
  public func hilbertSeries(control: Control = Control()) throws -> HilbertSeries {
    try HilbertSeries(monomialIdeal: leadingExponents, variableCount: variableCount, control: control)
  }
}
