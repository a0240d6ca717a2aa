import Algebra
import FlintEngine
import GroebnerBases
import Ideals
import TestSupport
import Testing

@Suite struct MinimalPrimesTests {
  /// Dimensions and degrees as other systems find them.
  static let known: [(name: String, components: String)] = [
    ("orbit47", "0:1x4 0:22x1 1:1x2"), ("redcyc6_traceless", "0:22x1 1:1x1 1:2x2"),
    ("relu_L2_0004", "0:1x1 0:2x2"), ("relu_L2_0052", "0:1x1 0:4x1 0:8x1 0:32x1"),
    ("relu_L2_0241", "0:1x1 0:8x2 0:64x1"), ("relu_L2_0443", "0:1x1 0:8x2 0:64x1"),
    ("relu_L2_0468", "0:1x1 0:8x2 0:48x1"), ("relu_L2_0777", "0:1x1 0:8x2 0:48x1"),
    ("relu_L2_0429", "0:1x1 1:8x1"), ("relu_L2_0545", "0:1x1 0:4x1 0:8x3"), ("relu_L2_0896", "0:1x1 0:8x1"),
    ("adjmin2x5", "6:1x1 6:3x2 6:4x1 6:5x1"), ("adjmin3x3", "5:6x1 6:1x2"), ("comm2", "6:3x1"),
    ("dgp_syj", "0:1x1 1:1x2 2:1x1"), ("dgp_buchberger", "4:2x3"), ("dgp_wang2", "1:12x1"),
    ("dgp_siebert", "1:1x1 1:2x1 2:1x6"), ("dgp_horrocks", "3:1x2 3:2x3 3:6x1"), ("syI8", "9:1x1"),
  ]
  static let slow: [(name: String, components: String)] = [
    ("adjmin2x6", "7:2x3 7:4x2 7:6x3"), ("adjmin2x7", "8:1x1 8:3x3 8:4x3 8:5x2 8:7x1 8:8x2 8:9x1"),
    ("perm3x3", "3:1x6 3:2x9"), ("dgp_chemistry", "3:1x2 3:12x1 3:13x1"),
    ("dgp_moeller", "1:2x9 2:2x3"), ("dgp_mikro", "1:2x1 1:6x1 2:2x1 2:6x1 5:1x1"),
    ("dgp_amrhein", "0:1x16 0:2x24"), ("dgp_butcher", "0:2x1 0:3x1 2:1x2 3:1x3"),
  ]

  private func check(_ name: String, _ components: String, threads: Int = 1) throws {
    let input = try TestIdeal(storedSystem(name))
    let primes = try input.minimalPrimes(control: Control(threads: threads))
    #expect(summary(primes.map { ($0.dimension, $0.degree) }) == components)
    for prime in primes { #expect(try prime.ideal.contains(input)) }
  }

  @Test(arguments: known) func knownSystems(name: String, components: String) throws {
    try check(name, components)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: slow) func slowSystems(name: String, components: String)
    throws
  {
    try check(name, components)
  }

  @Test func unitAndZero() throws {
    #expect(try ideal("1").minimalPrimes().isEmpty)
    let zero = try ideal("0").minimalPrimes()
    #expect(zero.count == 1 && zero[0].ideal.isZero && zero[0].criterion == .zeroIdeal)
    #expect(try ideal("x,x,0").minimalPrimes().count == 1)
  }

  @Test func factorsOverAnExtensionStayTogether() throws {
    // Over Q(√2) both split into two more.
    let primes = try ideal("x^2-2,y^2-2,z").minimalPrimes()
    #expect(summary(primes.map { ($0.dimension, $0.degree) }) == "0:2x2")
    let conjugates = try ideal("x^2+1,y^2+x*y+1,z-x").minimalPrimes()
    #expect(conjugates.reduce(0) { $0 + $1.degree } == 4)
    // An irreducible quadric that splits over Q(i).
    let quadric = try ideal("x^2+y^2").minimalPrimes()
    #expect(summary(quadric.map { ($0.dimension, $0.degree) }) == "2:2x1")
  }

  @Test func splitsOverFunctionFields() throws {
    // x² = z, y² = z: no basis element factors, but x² − y² does over Q(z).
    let primes = try ideal("x^2-z,y^2-z").minimalPrimes()
    #expect(summary(primes.map { ($0.dimension, $0.degree) }) == "1:2x2")
    // (x − y) (x + y) (x² + y²) on the cylinder over a parabola.
    let curve = try ideal("x^4-z^2,y^2-z").minimalPrimes()
    #expect(summary(curve.map { ($0.dimension, $0.degree) }) == "1:2x2 1:4x1")
  }

  @Test func multiplePointsAndComponentsOfDifferentDimensions() throws {
    try expectPrimes(of: "x^5,y^3-x,z^2-x*y", ["x,y,z"])
    try expectPrimes(of: "x*z,y*z,x*(x-1)*(y-2)", ["x,y", "x,z", "x-1,z", "y-2,z"])
    try expectPrimes(of: "z*x*(x-1),z*y,z*x*(z-3)", ["z", "x,y", "x-1,y,z-3"])
    let powers = try ideal("(x^2+y^2-1)^2*z^3").minimalPrimes()
    #expect(summary(powers.map { ($0.dimension, $0.degree) }) == "2:1x1 2:2x1")
  }

  private func expectPrimes(of generators: String, _ expected: [String]) throws {
    let found = try ideal(generators).minimalPrimes()
    #expect(found.count == expected.count)
    for prime in expected {
      let prime = try ideal(prime)
      #expect(try found.contains { try $0.ideal.isEqual(to: prime) }, "\(generators)")
    }
  }

  /// Intersections of random primes of different kinds come apart into them.
  @Test func randomIntersections() throws {
    let primes = [
      "x-1,y-2,z", "x^2-3,y-x,z+1", "x^2+y^2-z", "x-y^2,z-y^3", "y,z-3", "x^3-y-1", "x^2+1,y^2-2,z-x*y",
    ]
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<(runsLongTests ? 100 : 8) {
      var chosen: [TestIdeal] = []
      for index in primes.indices.shuffled(using: &generator).prefix(3) {
        chosen.append(try ideal(primes[index]))
      }
      var common = chosen[0]
      for other in chosen.dropFirst() { common = try common.intersection(other) }
      let found = try common.minimalPrimes()
      // Primes that contain another one are redundant.
      let expected = try chosen.filter { prime in
        try !chosen.contains { try !$0.isEqual(to: prime) && prime.contains($0) }
      }
      #expect(found.count == expected.count)
      for prime in expected { #expect(try found.contains { try $0.ideal.isEqual(to: prime) }) }
    }
  }

  @Test func checksPassAndFail() throws {
    let input = try ideal("x^2-2,y^2-2,z")
    let primes = try input.minimalPrimes()
    let check = try DecompositionCheck(minimalPrimes: primes, of: input)
    #expect(!check.hasFailed)
    #expect(try DecompositionCheck(minimalPrimes: [primes[0]], of: input).hasFailed)
    #expect(try DecompositionCheck(minimalPrimes: primes + [primes[0]], of: input).hasFailed)
    let other = try ideal("x^2-2,z").minimalPrimes()
    #expect(try DecompositionCheck(minimalPrimes: other, of: input).hasFailed)
    let single = try ideal("x^3-2,y-x^2,z")
    #expect(try DecompositionCheck(minimalPrimes: single.minimalPrimes(), of: single).isProved)
  }

  @Test func reports() throws {
    let system = PolynomialSystem(
      variables: ["x", "y"],
      polynomials: [try polynomial("x^2", in: "x,y"), try polynomial("x*y", in: "x,y")])
    for kind in DecompositionKind.allCases {
      let result = try Decomposition(
        of: system, options: DecompositionOptions(kind: kind, checks: true), engine: E.self)
      #expect(result.check?.hasFailed == false)
      switch kind {
      case .minimal, .radical: #expect(result.components.map(\.generators) == [["x"]])
      case .primary:
        #expect(result.components.map(\.embedded) == [false, true])
        #expect(result.components.map(\.associatedPrime) == [["x"], ["y", "x"]])
      case .equidimensional: #expect(result.components.map(\.dimension) == [1, 0])
      }
    }
  }

  @Test func limitsAreHonoured() throws {
    let cancellation = Cancellation()
    cancellation.cancel(.time)
    let control = Control(cancellation: cancellation)
    let input = try TestIdeal(storedSystem("adjmin2x5"))
    let interruption = #expect(throws: Interruption.self) { try input.minimalPrimes(control: control) }
    #expect(interruption?.reason == .time)
  }
}
