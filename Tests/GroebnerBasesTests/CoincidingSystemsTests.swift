import Algebra
import FlintEngine
import TestSupport
import Testing

@testable import GroebnerBases

/// Systems that have another basis modulo some primes, which are then taken first.
@Suite("Unlucky primes")
struct CoincidingSystemsTests {
  /// A line of `coinciding.txt`, which `scripts/groebner/coinciding.py` writes with Singular.
  struct Case: CustomTestStringConvertible, Sendable {
    let variables: String
    /// Two of the primes modulo which the system is another one.
    let primes: [UInt32]
    let polynomials: String
    let values: [UInt64]

    var testDescription: String { String(polynomials.prefix(40)) }

    func system() throws -> PolynomialSystem { try Systems.parse(variables, polynomials) }
  }

  static let cases: [Case] = {
    guard let text = try? testResource("coinciding.txt") else { return [] }
    return text.split(separator: "\n").map { line in
      let fields = line.split(separator: " ").map(String.init)
      return Case(
        variables: fields[0], primes: fields[1].split(separator: ",").compactMap { UInt32($0) },
        polynomials: fields[2], values: fields[3].split(separator: ",").compactMap { UInt64($0) })
    }
  }()

  @Test("there are cases")
  func casesExist() { #expect(Self.cases.count == 40) }

  private func values(_ polynomials: [SparsePolynomial<WideInteger>]) -> [UInt64] {
    polynomials.map { Systems.value($0, characteristic: 0) }
  }

  @Test("systems that coincide modulo twenty primes have Singular's bases", arguments: cases)
  func basis(_ item: Case) throws {
    let system = try item.system()
    let basis = try GroebnerBasis(of: system)
    #expect(values(basis.polynomials) == item.values)
    let unit = try basis.provedIfUnit(generators: system.polynomials, engine: FlintEngine.self)
    #expect(unit.guarantee == (item.values == [1] ? .proved : .probable))
  }

  @Test("two wrong first primes are noticed, every time", arguments: cases)
  func injected(_ item: Case) throws {
    let system = try item.system()
    let layout = MonomialLayout(
      order: .degreeReverseLexicographic, variableCount: system.variables.count, width: .narrow)
    var modular = system
    modular.characteristic = item.primes[0]
    let wrong = try GroebnerBasis(of: modular)
    for threads in 1...2 {
      let control = Control(threads: threads)
      let computation = MultimodularComputation(
        system: try IntegerSystem(system.polynomials, layout: layout),
        supply: PrimeSupply(seed: 5, beginningWith: item.primes), control: control,
        monitor: StateMonitor(control: control))
      let basis = try computation.run().basis
      #expect(values((0..<basis.count).map(basis.polynomial)) == item.values)
    }
    // The primes do harm; only the whole ring stays what it is.
    if item.values == [1] { return }
    let right = try GroebnerBasis(of: system)
    let reduced = right.polynomials.map { $0.mapCoefficients { $0.residue(modulo: item.primes[0]) } }
    let found = wrong.polynomials.map { $0.mapCoefficients { $0.residue(modulo: item.primes[0]) } }
    #expect(reduced != found)
  }

  @Test(
    "a candidate with one wrong coefficient is noticed, every time", arguments: ["cyclic5", "eco8", "comm2"])
  func wrongCoefficient(_ name: String) throws {
    let system = try Systems.load(name)
    let basis = try GroebnerBasis(of: system)
    let layout = basis.packed.layout
    let integers = try IntegerSystem(system.polynomials, layout: layout)
    let control = Control()
    var supply = PrimeSupply(seed: 17)
    let traced = try #require(
      try TracedSystem.solving(
        integers, supply: &supply, control: control, monitor: StateMonitor(control: control)))
    let batch = try traced.nextReplay().run()
    guard case .integers(let right) = basis.packed.coefficients else {
      Issue.record("a basis over Q has integers")
      return
    }
    func holds(_ coefficients: PackedIntegers) throws -> (inputs: Bool, isReached: Bool) {
      let check = CandidateCheck(
        system: integers, reference: traced.reference, coefficients: coefficients, control: control)
      return (try check.containsInputs(&supply), check.isReached(by: batch))
    }
    let rightOne = try holds(right)
    #expect(rightOne.inputs && rightOne.isReached)
    var random = SeededGenerator(seed: 3)
    var missedByInputs = 0
    for _ in 0..<60 {
      let place = Int.random(in: 0..<right.count, using: &random)
      var wrong = PackedIntegers()
      for index in 0..<right.count {
        let value = right[index]
        let other = value.bitLength == 1 && !value.isNegative ? WideInteger(3) : WideInteger(1)
        wrong.append(index == place ? other : value)
      }
      let (inputs, isReached) = try holds(wrong)
      #expect(!isReached)
      missedByInputs += inputs ? 1 : 0
    }
    // The inputs need not contain all elements, but most.
    #expect(missedByInputs < 60)
  }

  @Test("a missing element is noticed by the inputs")
  func missingElement() throws {
    let system = try Systems.parse("x,y,z", "x*y-1, y*z-2, x^2+y^2+z^2-3")
    let basis = try GroebnerBasis(of: system)
    let layout = basis.packed.layout
    let integers = try IntegerSystem(system.polynomials, layout: layout)
    let field = PrimeField(prime: 2_147_483_629)
    var supply = PrimeSupply(seed: 1)
    for missing in 0..<basis.count {
      let kept = (0..<basis.count).filter { $0 != missing }.map { basis[$0] }
      let reference = try [ModularPolynomial](
        packing: kept.map { $0.mapCoefficients { $0.residue(modulo: field.prime) } }, layout: layout,
        field: field)
      defer { reference.deallocate() }
      var coefficients = PackedIntegers()
      for value in kept.flatMap(\.coefficients) { coefficients.append(value) }
      let check = CandidateCheck(
        system: integers, reference: reference, coefficients: coefficients, control: Control())
      let isNeeded = try GroebnerBasis(of: kept, variableCount: 3).polynomials != basis.polynomials
      if isNeeded { #expect(try !check.containsInputs(&supply)) }
    }
  }

  @Test(
    "the stored blind systems",
    arguments: [
      ("blind2_linear", ["4611685975477714963*y+3", "4611685975477714963*x-18446743901910859861"]),
      ("blind2_quadric", ["y*z", "2*x*y+y^2", "x^2-1", "2*z^3+y^2-4", "y^3-4*y"]),
    ])
  func blind(_ name: String, _ expected: [String]) throws {
    let system = try Systems.load(name)
    #expect(try Set(GroebnerBasis(of: system).text(variables: system.variables)) == Set(expected))
  }
}
