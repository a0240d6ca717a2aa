import Algebra
@testable import GroebnerBases
import Synchronization
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
      let recorder = TraceRecorder(
        inputCounts: self.system.polynomials.map(\.coefficients.count), layout: layout)
      let second = F4Computation(
        layout: layout, field: field, linearAlgebra: .exact, expectedRanks: first.ranks, observer: recorder,
        control: Control())
      for element in try second.run(self.system.modularPolynomials(residues)) { element.deallocate() }
      trace = recorder.trace
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
    var supply = PrimeSupply(seed: 1)
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
      system: try IntegerSystem(system.polynomials, layout: layout),
      supply: PrimeSupply(seed: 1, below: 4000),
      control: Control(), monitor: StateMonitor(control: Control()))
    let result = try computation.run()
    #expect(result.primes >= expected.primeCount)
    #expect((0..<result.basis.count).map(result.basis.polynomial) == expected.polynomials)
  }

  @Test("coefficients that vanish modulo the first primes do no harm")
  func vanishingCoefficients() throws {
    // Coefficients divisible by the primes that are used first.
    var supply = PrimeSupply(seed: 1)
    let primes = (0..<4).map { _ in supply.next().prime }
    let product = primes.map(String.init).joined(separator: "*")
    let system = try Systems.parse("x,y", "(\(product))*x^2+x*y-1, (\(product))*y^2+x-y")
    let layout = MonomialLayout(order: .degreeReverseLexicographic, variableCount: 2, width: .narrow)
    let basis = try MultimodularComputation(
      system: try IntegerSystem(system.polynomials, layout: layout),
      supply: PrimeSupply(seed: 1, beginningWith: primes), control: Control(),
      monitor: StateMonitor(control: Control())
    ).run().basis
    let prime: UInt32 = 1_000_003
    var modular = system
    modular.characteristic = prime
    let expected = try GroebnerBasis(of: modular).polynomials
    let ring = NaiveRing(prime: Int(prime), variableCount: 2, order: .degreeReverseLexicographic)
    let found = (0..<basis.count).map(basis.polynomial).map { element in
      let polynomial = ring.polynomial(element)
      let scale = ring.inverse(polynomial[ring.lead(polynomial)] ?? 1)
      return polynomial.mapValues { $0 * scale % Int(prime) }
    }
    #expect(found == expected.map(ring.polynomial))
  }

  /// Coefficients of a few bits make some of the systems degenerate.
  @Test("a trace is reused where it fits and rejected where it does not")
  func reuse() throws {
    var random = SeededGenerator(seed: 41)
    var trace: GroebnerTrace?
    // The monomials of the basis that was traced.
    var traced: [[UInt32]]?
    var reused = 0
    var rejected = 0
    for _ in 0..<60 {
      let c = (0..<9).map { _ in Int.random(in: 1...3, using: &random) }
      let system = try Systems.parse(
        "x,y,z",
        "\(c[0])*x^2+\(c[1])*y*z-\(c[2])*x, \(c[3])*x*y-\(c[4])*z^2+y, \(c[5])*x*z+\(c[6])*y^2-\(c[7])*z-\(c[8])"
      )
      let log = Mutex<[String]>([])
      let control = Control(log: { line in log.withLock { $0.append(line) } })
      let basis = try GroebnerBasis(
        of: system.polynomials, variableCount: 3, reusing: &trace, control: control)
      #expect(try basis.polynomials == GroebnerBasis(of: system).polynomials)
      let monomials = basis.polynomials.map(\.exponents)
      let fits = log.withLock { $0.contains("the known trace fits") }
      #expect(log.withLock { $0.contains("the known trace does not fit") } == (traced != nil && !fits))
      if fits {
        #expect(monomials == traced)
        reused += 1
      } else if traced != nil {
        rejected += 1
      }
      traced = monomials
    }
    #expect(reused + rejected == 59)
    #expect(reused > 10 && rejected > 10, "\(reused) and \(rejected)")
  }

  @Test("a trace of other monomials, variables or orders is not tried")
  func foreignTraces() throws {
    let systems = [
      try Systems.parse("x,y", "x^2-y, x*y-1"), try Systems.parse("x,y", "x^2-y, x*y-1, x-y"),
      try Systems.parse("x,y", "x^2-y^2, x*y-1"), try Systems.parse("x,y,z", "x^2-y, x*y-1"),
      try Systems.parse("x,y", "x^200-y, x*y-1"), try Systems.parse("x,y", "1"),
      try Systems.parse("x,y", "0"),
    ]
    var trace: GroebnerTrace?
    for system in systems + systems.reversed() {
      for order in [MonomialOrder.degreeReverseLexicographic, .degreeLexicographic] {
        let basis = try GroebnerBasis(
          of: system.polynomials, variableCount: system.variables.count, order: order, reusing: &trace)
        #expect(try basis.polynomials == GroebnerBasis(of: system, order: order).polynomials)
      }
    }
    #expect(throws: AlgebraError.self) {
      try GroebnerBasis(of: [], variableCount: 1, order: .lexicographic, reusing: &trace)
    }
  }

  @Test("the same basis on one thread and on three, with matrices large enough to share")
  func threads() throws {
    let n = 7
    let names = (0..<n).map { "x\($0)" }
    let sums = (1..<n).map { length in
      (0..<n).map { start in (0..<length).map { names[(start + $0) % n] }.joined(separator: "*") }
        .joined(separator: "+")
    }
    let cyclic = (sums + [names.joined(separator: "*") + "-1"]).joined(separator: ",")
    let system = try Systems.parse(names.joined(separator: ","), cyclic, characteristic: 2_147_483_647)
    let one = try GroebnerBasis(of: system, control: Control(threads: 1))
    let three = try GroebnerBasis(of: system, control: Control(threads: 3, seed: 9))
    #expect(one.count == 209)
    #expect(one.polynomials == three.polynomials)
    let rational = try Systems.load("eco8")
    #expect(
      try GroebnerBasis(of: rational, control: Control(threads: 3)).polynomials
        == GroebnerBasis(of: rational).polynomials)
  }

  @Test("the rows that a projection finds independent are those of exact linear algebra")
  func independentRows() throws {
    let system = try Systems.load("cyclic6")
    let layout = MonomialLayout(
      order: .degreeReverseLexicographic, variableCount: system.variables.count, width: .narrow)
    let integers = try IntegerSystem(system.polynomials, layout: layout)
    for prime: UInt32 in [2_147_483_647, 101] {
      let field = PrimeField(prime: prime)
      let residues = try #require(integers.residues(modulo: field, keepingSupport: false))
      let first = F4Computation(layout: layout, field: field, linearAlgebra: .exact, control: Control())
      let recorder = TraceRecorder(
        inputCounts: integers.polynomials.map(\.coefficients.count), layout: layout)
      let second = F4Computation(
        layout: layout, field: field, linearAlgebra: .exact, expectedRanks: first.ranks, observer: recorder,
        control: Control(threads: 2))
      let expected = try first.run(integers.modularPolynomials(residues))
      let found = try second.run(integers.modularPolynomials(residues))
      defer {
        expected.deallocate()
        found.deallocate()
      }
      #expect(BasisShape(expected, layout: layout).fits(found))
      #expect(expected.coefficients == found.coefficients)
      #expect(recorder.trace.matrices.count > 5)
    }
  }
}
