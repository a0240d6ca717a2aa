import Algebra
import FlintEngine
import GroebnerBases
import Ideals
import Testing

/// Ideals that changes of signs leave as they are, against the same ideals after a translation, which are
/// decomposed without symmetry.
@Suite struct SignSymmetryTests {
  static let systems = [
    "x^2-2,y^2-8,z",
    "x^2-2,y^2-3,z^2-6",
    "x^2-2,y^2-3,z^2-5",
    // Nilpotent elements in some classes only.
    "x^2,y^2-2,z*x",
    "x^2*(x^2-1),y^2-x^2,z^3-z",
    "(x^2-3)^2,y^2,z^2-1",
    // The invariant elements are a field of degree 2 with and without roots of their own.
    "x^4-2,y^2-x^2,z",
    "x^4-2*x^2-1,y^2-x^2+1,z-x*y",
    "x^2+y^2-1,x*y*(x^2-2),z^2-y^2-1",
    // Three variables change signs together.
    "x*y*z-1,x^2+y^2-3,y^2-z^2-x^2*y^2",
    "x^2+1,y^2+1,z^2+1",
  ]

  private func expectSameDegrees(_ text: String, translation: String) throws {
    let primes = try ideal(text).minimalPrimes()
    let shifted = text.map { "xyz".contains($0) ? "(\($0)\(translation))" : String($0) }.joined()
    let others = try ideal(shifted).minimalPrimes()
    #expect(
      summary(primes.map { ($0.dimension, $0.degree) }) == summary(others.map { ($0.dimension, $0.degree) }),
      "\(text)")
    for prime in primes { #expect(try prime.ideal.contains(ideal(text))) }
    // The criterion is checked by a minimal polynomial, without symmetry.
    #expect(try !DecompositionCheck(minimalPrimes: primes, of: ideal(text)).hasFailed, "\(text)")
  }

  @Test(arguments: systems) func knownSystems(_ text: String) throws {
    try expectSameDegrees(text, translation: "+1")
  }

  @Test func independentRootsAreRecognised() throws {
    let primes = try ideal("x^2-2,y^2-3,z^2-5").minimalPrimes()
    #expect(primes.map(\.degree) == [8])
    #expect(primes.map(\.criterion) == [.independentSquareRoots])
    // √6 = √2 √3: the third one is no new square root.
    #expect(try ideal("x^2-2,y^2-3,z^2-6").minimalPrimes().map(\.degree) == [4, 4])
  }

  @Test func randomEvenSystems() throws {
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<8 {
      func small() -> Int { Int.random(in: -3...3, using: &generator) }
      let text =
        "x^2+\(small())*y^2+\(small())*z^2+\(small()),y^2+\(small())*x*y+\(small())*z^2+\(small()),"
        + "z^2+\(small())*x*y+\(small())"
      guard try ideal(text).isFinite, try !ideal(text).isUnit else { continue }
      try expectSameDegrees(text, translation: "-2")
    }
  }
}
