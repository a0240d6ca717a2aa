import Algebra
import FlintEngine
import RealSolving
import Testing

/// Fields of square roots, and coprime bases.
@Suite("Square root fields")
struct SquareRootFieldTests {
  typealias Rational = FlintEngine.Rational
  typealias Integer = FlintEngine.Integer

  @Test(arguments: [
    [], ["4"], ["2"], ["2", "2"], ["2", "8"], ["2", "3", "6"], ["1/2", "4/9", "50/27"], ["12", "18", "1/75"],
    ["5", "13", "65", "1/325"], ["2", "3", "5"], ["1000003", "4000012"],
  ])
  func rootsSquareToTheRadicands(texts: [String]) throws {
    let radicands = try texts.map { try Rational(exactly: $0) }
    let roots = try SquareRootField<FlintEngine>(radicands: radicands)
    #expect(roots.roots.count == radicands.count)
    for (radicand, root) in zip(radicands, roots.roots) {
      #expect(roots.field.multiply(root, root) == roots.field.constant(radicand))
      #expect(try roots.field.sign(root) == 1)
      let approximation = try roots.field.ball(root, precision: 128).approximation
      #expect(abs(approximation - radicand.doubleValue.squareRoot()) < 1e-14 * approximation)
    }
  }

  /// `√2 √3 = √6` and `√(a²b) = a √b` are equal elements.
  @Test func equalNumbersAreEqualElements() throws {
    let roots = try SquareRootField<FlintEngine>(radicands: [2, 3, 6, 50])
    let field = roots.field
    #expect(field.multiply(roots.roots[0], roots.roots[1]) == roots.roots[2])
    #expect(roots.roots[3] == field.scale(roots.roots[0], by: 5))
    let difference = field.subtract(field.add(roots.roots[0], roots.roots[1]), roots.roots[2])
    #expect(!difference.isZero)
    #expect(try field.sign(difference) == 1)
    #expect(try SquareRootField<FlintEngine>(radicands: [2, 8, 32]).field.degree == 2)
  }

  @Test func basesAreCoprimeAndSquareFreeEnough() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let integers = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        // Products of few small primes share factors and squares.
        [2, 3, 5, 7].reduce(Integer(1)) { product, prime in
          (0..<Int.random(in: 0...3, using: &generator)).reduce(product) { power, _ in power * Integer(prime)
          }
        }
      }
      let base = try SquareRootField<FlintEngine>.coprimeBase(of: integers)
      for (index, element) in base.enumerated() {
        #expect(element > 1)
        #expect(try !element.squareRoot().isExact)
        for other in base[..<index] { #expect(element.greatestCommonDivisor(with: other) == 1) }
      }
      for integer in integers {
        var rest = integer
        for element in base {
          while try rest.quotientAndRemainder(dividingBy: element).remainder == 0 {
            rest = try rest.dividedExactly(by: element)
          }
        }
        #expect(try rest.squareRoot().isExact, "\(integers) over \(base)")
      }
    }
  }

  /// No factorisation is needed: a product of two large primes is one element of a base.
  @Test func largeNumbersNeedNoFactorisation() throws {
    let first = try Integer(decimal: "170141183460469231731687303715884105727")
    let second = try Integer(decimal: "2305843009213693951")
    let base = try SquareRootField<FlintEngine>.coprimeBase(of: [first * second])
    #expect(base == [first * second])
    let split = try SquareRootField<FlintEngine>.coprimeBase(of: [first * second, second])
    #expect(Set(split) == [first, second])
  }
}
