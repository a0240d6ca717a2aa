import Algebra
import FlintEngine
import GroebnerBases
import TestSupport
import Testing

@testable import Ideals

/// What `--check` proves, and that it proves nothing that is wrong.
@Suite struct ProofTests {
  private func expectProved(_ name: String) throws {
    let input = try TestIdeal(storedSystem(name))
    let check = try DecompositionCheck(minimalPrimes: input.minimalPrimes(), of: input)
    #expect(check.items.filter { $0.status != .proved }.map(\.statement) == [])
  }

  /// Systems all of whose statements are theorems after a check of the minimal primes.
  @Test(arguments: [
    "relu_L2_0052", "relu_L2_0429", "adjmin2x5", "adjmin3x3", "comm2", "syI8", "dgp_buchberger", "dgp_syj",
    "dgp_wang2",
  ]) func minimalPrimesAreProved(name: String) throws { try expectProved(name) }

  @Test(
    .tags(.long), .onlyInLongRuns,
    arguments: [
      "relu_L2_0241", "relu_L2_0443", "relu_L2_0777", "adjmin2x7", "perm3x3", "dgp_amrhein", "dgp_butcher",
      "dgp_chemistry", "dgp_horrocks", "dgp_mikro", "dgp_moeller", "dgp_siebert",
    ]) func minimalPrimesOfSlowSystemsAreProved(name: String) throws
  { try expectProved(name) }

  @Test(arguments: [
    "x*y-y^2,x^2-y^2,z", "x^2,y^3,z-1", "x^2-2,y^2-2,z", "(x^2-2)^2,y^2-2,z", "x*z,y*z", "x^2*z,x*y*z,z-1",
    "1",
    "0", "x,y^2,(z-1)^2*(z^2+1)",
  ]) func primaryDecompositionsAreProved(generators: String) throws {
    let input = try ideal(generators)
    let check = try DecompositionCheck(primary: input.primaryDecomposition(), of: input)
    #expect(check.items.filter { $0.status != .proved }.map(\.statement) == [])
  }

  @Test(arguments: [
    ("x*y", "x", "y"), ("x*y,x*z", "x", "y,z"), ("x^2-1,y", "x-1,y", "x+1,y"), ("x*(y^2-z)", "x", "y^2-z"),
  ]) func intersections(whole: String, left: String, right: String) throws {
    let (left, right) = (try ideal(left), try ideal(right))
    #expect(try ideal(whole).isProvedIntersection(of: left, right, control: Control()))
    for wrong in ["x*y*(z-3)", "x^2*y^2,x^2*z", "x", "x-7,y,z", "0", "1"] {
      #expect(try !ideal(wrong).isProvedIntersection(of: left, right, control: Control()), "\(wrong)")
    }
  }

  @Test func zeroDivisors() throws {
    let input = try ideal("x*y,x*z")
    for divisor in ["x", "y", "z", "y+z^3", "x*(z+1)"] {
      #expect(try !input.isProvedNonzerodivisor(polynomial(divisor), control: Control()), "\(divisor)")
    }
    for regular in ["x+y", "x-y^2+1", "x+1"] {
      #expect(try input.isProvedNonzerodivisor(polynomial(regular), control: Control()), "\(regular)")
    }
  }

  /// Primes of each kind, and ideals that come apart, are no prime, or come apart only over Q(u).
  @Test func primality() throws {
    let primes = [
      "x-y^2,z-y^3", "x^2+y^2-z^2", "x^2+y^2", "x^3-y-1", "y^2-x*z,x^2*y-z^2,x^3-y*z", "x^4+1,y-z", "x",
    ]
    for generators in primes {
      #expect(
        try PrimalityProof(ideal: ideal(generators), control: Control()).criterion() != nil, "\(generators)")
    }
    let others = [
      "x^2-y^2", "x^2-z,y^2-z", "x^2", "x^2,x*y", "x*y-1,(z-1)^2", "x^4+4*y^4", "x^2+1,y^2+1", "x*z-y^2,x*y",
      "x^2*z-y^2*z", "z*(x^2-y)",
    ]
    for generators in others {
      #expect(
        try PrimalityProof(ideal: ideal(generators), control: Control()).criterion() == nil, "\(generators)")
    }
  }

  @Test func radicalMembership() throws {
    let input = try ideal("x^9,(y^2-2)^3*z")
    for (text, belongs) in [
      ("x", true), ("x*z+(y^2-2)*z", true), ("y^2-2", false), ("z", false), ("0", true),
    ] {
      let found = try input.radicalProvablyContains([polynomial(text)], control: Control())
      #expect(found == belongs, "\(text)")
    }
  }
}
