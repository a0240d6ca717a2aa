import Algebra

/// Exact arithmetic with numbers of a given size.
enum ArithmeticWork: Sendable {
  /// Product, quotient, greatest common divisor and square root of integers with so many bits.
  case integers(bits: Int)
  /// The sum of the inverses of so many integers, one after the other.
  case harmonicNumber(terms: Int)
  /// The determinant of the matrix 1/(i + j − 1), and the solution of a linear system with it.
  case hilbertMatrix(size: Int)

  func computation<Engine: AlgebraEngine>(on _: Engine.Type) throws -> Computation {
    switch self {
    case .integers(let bits): try Self.integers(Engine.self, bits: bits)
    case .harmonicNumber(let terms): Self.harmonicNumber(Engine.self, terms: terms)
    case .hilbertMatrix(let size): try Self.hilbertMatrix(Engine.self, size: size)
    }
  }

  private static func integers<Engine: AlgebraEngine>(_: Engine.Type, bits: Int) throws -> Computation {
    typealias Integer = Engine.Integer
    // Three digits are about ten bits.
    let common = try Integer(7).power(bits / 6) + 2
    let a = try common * Integer(10).power(bits / 7) + 1
    let b = try common * Integer(3).power(bits / 4)
    return {
      let product = a * b
      let (quotient, remainder) = try (product + common).quotientAndRemainder(dividingBy: a)
      let divisor = b.greatestCommonDivisor(with: common * (a - 1))
      let (root, isExact) = try product.squareRoot()
      return {
        [product, quotient, remainder, divisor, root].map(\.description).joined(separator: "\n")
          + " \(isExact)"
      }
    }
  }

  private static func harmonicNumber<Engine: AlgebraEngine>(_: Engine.Type, terms: Int) -> Computation {
    {
      var sum = Engine.Rational(0)
      for k in 1...terms {
        sum += try Engine.Rational(numerator: Engine.Integer(1), denominator: Engine.Integer(k))
      }
      let result = sum
      return { result.description }
    }
  }

  private static func hilbertMatrix<Engine: AlgebraEngine>(_: Engine.Type, size: Int) throws -> Computation {
    let entries = try (0..<size).flatMap { row in
      try (0..<size).map { column in try Engine.Rational(row + column + 1).inverse() }
    }
    let matrix = try Engine.RationalMatrix(rows: size, columns: size, entries: entries)
    let right = try Engine.RationalMatrix(
      rows: size, columns: 1, entries: (0..<size).map { Engine.Rational($0) })
    return {
      let determinant = try matrix.determinant()
      let solution = try matrix.solve(right)
      return { ([determinant] + solution.entries).map(\.description).joined(separator: "\n") }
    }
  }
}
