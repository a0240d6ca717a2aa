import Algebra
import FlintEngine
import GroebnerBases
import Ideals
import Testing

@Suite struct PrimaryDecompositionTests {
  /// The intersection is the input, primes are those of the components, and no component is redundant.
  private func check(_ input: TestIdeal, _ parts: [PrimaryComponent<E>]) throws {
    var common = try ideal("1", in: input.variables.joined(separator: ","))
    for part in parts { common = try common.intersection(part.ideal) }
    #expect(try common.isEqual(to: input))
    for (number, part) in parts.enumerated() {
      #expect(try part.ideal.radicalContains(part.prime.ideal))
      #expect(try part.prime.ideal.contains(part.ideal))
      let isEmbedded = try parts.enumerated().contains { other in
        try other.offset != number && part.prime.ideal.contains(other.element.prime.ideal)
      }
      #expect(part.isEmbedded == isEmbedded)
    }
  }

  static let examples: [(generators: String, primes: [String])] = [
    ("x^2,x*y", ["x", "x,y"]),
    ("x^2*z,x*y*z,y^2*z", ["x,y", "z"]),
    // A published wrong answer of another system misses the embedded component.
    ("x*y-y^2,x^2-y^2", ["x-y", "x,y"]),
    ("x^2*y,x*y^2*z", ["x", "y", "x,y", "x,z"]),
    ("x^3", ["x"]),
    ("x^3,y^4,x*y,z-1", ["x,y,z-1"]),
    ("(x^2-2)^2,y^2-2,z", ["x^2-2,x-y,z", "x^2-2,x+y,z"]),
    ("x^4+2*x^2*y^2+y^4", ["x^2+y^2"]),
    ("(x*z-y^2)^2,(x*z-y^2)*x", ["x*z-y^2", "x,y"]),
  ]

  @Test(arguments: examples) func knownExamples(generators: String, primes: [String]) throws {
    let input = try ideal(generators)
    let parts = try input.primaryDecomposition()
    try check(input, parts)
    #expect(parts.count == primes.count)
    for prime in primes {
      let expected = try ideal(prime)
      #expect(try parts.contains { try $0.prime.ideal.isEqual(to: expected) }, "\(prime)")
    }
    #expect(try !DecompositionCheck(primary: parts, of: input).hasFailed)
  }

  @Test func unitAndZero() throws {
    #expect(try ideal("1").primaryDecomposition().isEmpty)
    #expect(try ideal("0").primaryDecomposition().count == 1)
    #expect(try ideal("1").equidimensionalDecomposition().isEmpty)
  }

  @Test func powersOfPrimesWithEmbeddedComponents() throws {
    // The symbolic square of the prime of a monomial curve is greater than its square.
    let prime = try ideal("y^2-x*z,x^2*y-z^2,x^3-y*z")
    let square = try prime.power(2)
    let parts = try square.primaryDecomposition()
    try check(square, parts)
    #expect(parts.count == 2 && parts[1].isEmbedded)
    #expect(try parts[0].ideal.contains(square))
    #expect(try !square.contains(parts[0].ideal))
  }

  @Test func equidimensionalParts() throws {
    let input = try ideal("x^2*z,x*y*z,y^2*z,z*(z-1)*x")
    let parts = try input.equidimensionalDecomposition()
    var common = try ideal("1")
    for part in parts { common = try common.intersection(part) }
    #expect(try common.isEqual(to: input))
    let dimensions = try parts.map { try $0.dimensionAndDegree().dimension }
    #expect(dimensions == dimensions.sorted(by: >))
    #expect(Set(dimensions).count == dimensions.count)
  }

  @Test(arguments: ["adjmin3x3", "comm2", "dgp_wang2", "dgp_buchberger"]) func storedSystems(name: String)
    throws
  {
    let input = try TestIdeal(storedSystem(name))
    try check(input, input.primaryDecomposition())
  }

  /// Ideals made from known primary ideals.
  @Test func randomIntersections() throws {
    let primaries = [
      ("x^2,y", "x,y"), ("x^2,x*y,y^3,z", "x,y,z"), ("y^2", "y"), ("(x-z)^3,y-1", "x-z,y-1"),
      ("x^2+1,y^2,z-x", "x^2+1,y,z-x"), ("x-1,(y^2-2)^2,z*(z+0)", "x-1,y^2-2,z"), ("z-x*y", "z-x*y"),
    ]
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<(runsLongTests ? 200 : 6) {
      let chosen = primaries.shuffled(using: &generator).prefix(3)
      var common = try ideal("1")
      for (primary, _) in chosen { common = try common.intersection(ideal(primary)) }
      let parts = try common.primaryDecomposition()
      try check(common, parts)
      // Associated primes are among the chosen ones, and isolated components are unique.
      for part in parts {
        let match = try chosen.first { try ideal($0.1).isEqual(to: part.prime.ideal) }
        #expect(match != nil)
        if let match, !part.isEmbedded { #expect(try ideal(match.0).isEqual(to: part.ideal)) }
      }
    }
  }
}
