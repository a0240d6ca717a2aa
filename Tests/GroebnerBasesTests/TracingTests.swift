import Algebra
@testable import GroebnerBases
import Testing

@Suite("Tracing and many primes")
struct TracingTests {
  /// Reference, trace and a way to replay, for a stored system.
  private struct Setup {
    let system: IntegerSystem
    let layout: MonomialLayout
    let trace: F4Trace

    init(_ system: PolynomialSystem, prime: UInt32) throws {
      layout = MonomialLayout(
        order: .degreeReverseLexicographic, variableCount: system.variables.count, width: .narrow)
      self.system = try IntegerSystem(system.polynomials, layout: layout)
      let field = PrimeField(prime: prime)
      let residues = try #require(self.system.residues(modulo: field, keepingSupport: true))
      let first = F4Computation(layout: layout, field: field, linearAlgebra: .exact, control: Control())
      for element in try first.run(self.system.modularPolynomials(residues)) { element.deallocate() }
      let second = F4Computation(
        layout: layout, field: field, linearAlgebra: .exact, expectedRanks: first.ranks, control: Control())
      for element in try second.run(self.system.modularPolynomials(residues)) { element.deallocate() }
      trace = try #require(second.trace)
    }

    func replay(_ primes: [UInt32]) throws -> TraceReplay.Residues {
      let fields = primes.map(PrimeField.init(prime:))
      let inputs = try fields.map { try #require(system.residues(modulo: $0, keepingSupport: false)) }
      let words = inputs[0].indices.map { polynomial in
        inputs[0][polynomial].indices.flatMap { term in inputs.map { $0[polynomial][term] } }
      }
      return try TraceReplay(trace: trace, control: Control()).run(words, lanes: FieldLanes(fields))
    }
  }

  @Test(
    "a replay gives what a computation of its own gives", arguments: ["cyclic5", "katsura6", "relu_L2_0429"])
  func replay(_ name: String) throws {
    let system = try Systems.load(name)
    let setup = try Setup(system, prime: 2_147_483_647)
    var supply = PrimeSupply()
    let primes = (0..<8).map { _ in supply.next().prime }
    let residues = try setup.replay(primes)
    #expect(residues.failures == 0)
    for (lane, prime) in primes.enumerated() {
      var modular = system
      modular.characteristic = prime
      let expected = try GroebnerBasis(of: modular).polynomials.flatMap(\.coefficients)
      let found = stride(from: lane, to: residues.words.count, by: 8).map {
        WideInteger(Int(residues.words[$0]))
      }
      #expect(found == expected)
    }
  }

  @Test("unlucky primes are noticed, lane by lane")
  func unlucky() throws {
    // x and y are proportional modulo 7 and 11, but not otherwise.
    let system = try Systems.parse("x,y,z", "x+y, x+78*y+z^2, z^3-y*z+5")
    let setup = try Setup(system, prime: 2_147_483_647)
    let residues = try setup.replay([101, 7, 103, 11, 107, 109, 113, 7])
    #expect(residues.failures == 0b1000_1010)
  }

  @Test("a trace from an unlucky prime fits no other")
  func unluckyTrace() throws {
    let system = try Systems.parse("x,y,z", "x+y, x+78*y+z^2, z^3-y*z+5")
    let setup = try Setup(system, prime: 7)
    let residues = try setup.replay([101, 103, 107, 109, 113, 127, 131, 137])
    #expect(residues.failures == .max)
  }

  @Test("small primes, many of them unlucky, still lead to the same basis", arguments: ["cyclic5", "noon4"])
  func smallPrimes(_ name: String) throws {
    let system = try Systems.load(name)
    let expected = try GroebnerBasis(of: system)
    let layout = MonomialLayout(
      order: .degreeReverseLexicographic, variableCount: system.variables.count, width: .narrow)
    let computation = MultimodularComputation(
      system: try IntegerSystem(system.polynomials, layout: layout), supply: PrimeSupply(below: 4000),
      control: Control(), monitor: StateMonitor(control: Control()))
    let (basis, primes) = try computation.run()
    #expect(primes >= expected.primeCount)
    #expect((0..<basis.count).map(basis.polynomial) == expected.polynomials)
  }

  @Test("coefficients that vanish modulo the first primes do no harm")
  func vanishingCoefficients() throws {
    // Coefficients divisible by the primes that are used first.
    var supply = PrimeSupply()
    let product = (0..<4).map { _ in String(supply.next().prime) }.joined(separator: "*")
    let system = try Systems.parse("x,y", "(\(product))*x^2+x*y-1, (\(product))*y^2+x-y")
    let basis = try GroebnerBasis(of: system)
    let prime: UInt32 = 1_000_003
    var modular = system
    modular.characteristic = prime
    let expected = try GroebnerBasis(of: modular).polynomials
    let ring = NaiveRing(prime: Int(prime), variableCount: 2, order: .degreeReverseLexicographic)
    let found = basis.polynomials.map { element in
      let polynomial = ring.polynomial(element)
      let scale = ring.inverse(polynomial[ring.lead(polynomial)] ?? 1)
      return polynomial.mapValues { $0 * scale % Int(prime) }
    }
    #expect(found == expected.map(ring.polynomial))
  }
}
