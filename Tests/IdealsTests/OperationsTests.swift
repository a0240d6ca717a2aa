import Algebra
import FlintEngine
import GroebnerBases
import Ideals
import Testing

@Suite struct OperationsTests {
  @Test func sumProductIntersectionOfCoordinateAxes() throws {
    let (left, right) = (try ideal("x,y"), try ideal("y,z"))
    #expect(try left.sum(right).isEqual(to: ideal("x,y,z")))
    #expect(try left.product(right).isEqual(to: ideal("x*y,x*z,y^2,y*z")))
    #expect(try left.intersection(right).isEqual(to: ideal("y,x*z")))
    #expect(try left.power(2).isEqual(to: ideal("x^2,x*y,y^2")))
    #expect(try left.power(0).isUnit)
    #expect(throws: AlgebraError.self) { try left.power(-1) }
  }

  @Test func quotientsAndSaturations() throws {
    let embedded = try ideal("x^2,x*y")
    #expect(try embedded.quotient(by: polynomial("x")).isEqual(to: ideal("x,y")))
    #expect(try embedded.quotient(by: polynomial("y")).isEqual(to: ideal("x")))
    #expect(try embedded.saturation(by: polynomial("y")).isEqual(to: ideal("x")))
    #expect(try embedded.saturation(by: polynomial("x")).isUnit)
    #expect(try embedded.saturation(by: ideal("x,y")).isEqual(to: ideal("x")))
    #expect(try embedded.quotient(by: ideal("x,y")).isEqual(to: ideal("x")))
    #expect(try embedded.quotient(by: embedded).isUnit)
    #expect(try embedded.quotient(by: ideal("0")).isUnit)
    #expect(try embedded.saturation(by: polynomial("7")).isEqual(to: embedded))
  }

  @Test func unitAndZero() throws {
    let (unit, zero) = (try ideal("x,x-1"), try ideal("0"))
    #expect(unit.isUnit && zero.isZero)
    #expect(try unit.dimensionAndDegree() == (-1, 0))
    #expect(try zero.dimensionAndDegree() == (3, 1))
    #expect(try unit.intersection(zero).isZero)
    #expect(try zero.product(unit).isZero)
    #expect(try zero.quotient(by: polynomial("x")).isZero)
    #expect(try zero.sum(unit).isUnit)
    #expect(try unit.contains(zero))
    #expect(try !zero.contains(unit))
    #expect(try unit.radicalContains(polynomial("1")))
    #expect(try !zero.radicalContains(polynomial("x")))
    #expect(try unit.maximalIndependentSets().isEmpty)
    #expect(try zero.maximalIndependentSets() == [[0, 1, 2]])
  }

  @Test func eliminationFindsTheTwistedCubic() throws {
    let curve = try ideal("x-t,y-t^2,z-t^3", in: "t,x,y,z")
    let image = try curve.eliminating([0])
    #expect(try image.isEqual(to: ideal("x^2-y,x*y-z,x*z-y^2,y^3-z^2", in: "t,x,y,z")))
    #expect(throws: AlgebraError.self) { try curve.eliminating([4]) }
  }

  @Test func homogenisationNeedsTheBasis() throws {
    // The homogenised generators alone would keep a component at infinity.
    let affine = try ideal("x^2-y,x*y-z")
    let projective = try affine.homogenised(with: "w")
    #expect(try projective.isEqual(to: ideal("x^2-y*w,x*y-z*w,y^2-x*z", in: "x,y,z,w")))
    #expect(throws: AlgebraError.self) { try affine.homogenised(with: "x") }
  }

  @Test func radicals() throws {
    #expect(try ideal("x^3,y^2-y,z^2").radical().isEqual(to: ideal("x,y^2-y,z")))
    #expect(try ideal("x^2*y^3").radical().isEqual(to: ideal("x*y")))
    #expect(try ideal("x^2,x*y").radicalContains(polynomial("x")))
    #expect(try !ideal("x^2,x*y").radicalContains(polynomial("y")))
    #expect(throws: AlgebraError.self) { try ideal("x^2", characteristic: 7).radical() }
  }

  @Test func independentSetsOfMonomialIdeals() throws {
    #expect(try ideal("x*y").maximalIndependentSets() == [[0, 2], [1, 2]])
    #expect(try ideal("x*y,y*z").maximalIndependentSets() == [[0, 2]])
    #expect(try ideal("x^2,y^2,z^2").maximalIndependentSets() == [[]])
  }

  /// Laws that tie the operations to each other and to membership.
  @Test(arguments: [0, 7, 32003]) func laws(characteristic: Int) throws {
    var random = RandomPolynomials(generator: SeededGenerator(seed: 11), variableCount: 3)
    for _ in 0..<6 {
      let lists = (0..<2).map { _ in (0..<2).map { _ in random.next(degree: 2, terms: 3) } }
      let ideals = try lists.map {
        try TestIdeal(generators: $0, variables: ["x", "y", "z"], characteristic: UInt32(characteristic))
      }
      let (left, right) = (ideals[0], ideals[1])
      let common = try left.intersection(right)
      #expect(try left.contains(common))
      #expect(try right.contains(common))
      #expect(try common.contains(left.product(right)))
      let f = random.next(degree: 2, terms: 2)
      let principal = try TestIdeal(
        generators: [f], variables: left.variables, characteristic: UInt32(characteristic))
      let quotient = try left.quotient(by: f)
      #expect(try quotient.contains(left))
      #expect(try left.contains(quotient.product(principal)))
      // (I : f) f = I ∩ (f), which fails if the quotient is too small.
      #expect(try quotient.product(principal).isEqual(to: left.intersection(principal)))
      let saturated = try left.saturation(by: f)
      #expect(try saturated.quotient(by: f).isEqual(to: saturated))
      #expect(try saturated.contains(quotient))
      #expect(try left.quotient(by: right).contains(left))
      #expect(try left.contains(left.quotient(by: right).product(right)))
    }
  }

  @Test func differentRingsAreRefused() throws {
    #expect(throws: AlgebraError.ringMismatch) { try ideal("x").sum(ideal("x", in: "x,y")) }
    #expect(throws: AlgebraError.ringMismatch) { try ideal("x").sum(ideal("x", characteristic: 5)) }
    #expect(throws: AlgebraError.self) { try ideal("x", characteristic: 5).minimalPrimes() }
  }
}
