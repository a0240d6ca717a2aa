import Algebra

/// Where the moments of an element of a quotient ring come from, modulo one prime after the other.
protocol MomentSource: AnyObject {
  /// Moments modulo a prime that is fit, another one at each call; `nil` if there are no more.
  func reference() throws -> (QuotientMoments, PrimeField)?
  /// The work for the next eight primes. Only the owner's thread calls it; tasks run on any thread.
  func nextTask() -> any MomentTask
}

protocol MomentTask: Sendable {
  var lanes: FieldLanes { get }
  /// One entry for each lane; `nil` if its prime is unfit.
  func moments() throws -> [QuotientMoments?]
}

extension MomentSource {
  /// Eight different primes.
  static func nextLanes(_ supply: inout PrimeSupply) -> FieldLanes {
    FieldLanes((0..<FieldLanes.count).map { _ in supply.next() })
  }
}

/// Multiplication by the last variable modulo the ideal of a basis over Q.
final class BasisMoments: MomentSource {
  private let multiplication: LastVariableMultiplication
  private let table = DigitTable()
  private let control: Control
  private var supply: PrimeSupply

  /// `nil` if products would have to be reduced.
  init?(_ basis: GroebnerBasis, standardMonomials: [[UInt32]], control: Control) {
    guard let multiplication = LastVariableMultiplication(basis.packed, standardMonomials: standardMonomials)
    else { return nil }
    self.multiplication = multiplication
    self.control = control
    supply = PrimeSupply(seed: basis.seed, attempt: control.attempt)
    for term in multiplication.terms { table.append(basis.packed.coefficient(term)) }
  }

  func reference() throws -> (QuotientMoments, PrimeField)? {
    while true {
      let task = Task(
        lanes: FieldLanes(repeating: supply.next()), multiplication: multiplication, table: table,
        control: control)
      if let moments = try task.moments(lane: 0) { return (moments, task.lanes.fields[0]) }
    }
  }

  func nextTask() -> any MomentTask {
    Task(lanes: Self.nextLanes(&supply), multiplication: multiplication, table: table, control: control)
  }

  private struct Task: MomentTask {
    let lanes: FieldLanes
    let multiplication: LastVariableMultiplication
    let table: DigitTable
    let control: Control

    func moments(lane: Int) throws -> QuotientMoments? {
      let field = lanes.fields[lane]
      let coefficients = table.residues(lanes: FieldLanes(repeating: field))
      return try multiplication.matrix(coefficients: coefficients, field: field)?.moments(control: control)
    }

    func moments() throws -> [QuotientMoments?] { try (0..<FieldLanes.count).map(moments(lane:)) }
  }
}

/// The same for an ideal whose basis is computed for every prime anew, following a trace: where the
/// coefficients over Q are much greater than those of the parametrisation.
final class TracedMoments: MomentSource {
  private let traced: TracedSystem
  private let multiplication: LastVariableMultiplication
  private let control: Control
  private var isReferenceTaken = false

  /// - Parameter standardMonomials: of the traced basis.
  init?(_ traced: TracedSystem, standardMonomials: [[UInt32]], control: Control) {
    guard
      let multiplication = LastVariableMultiplication(
        traced.packedReference, standardMonomials: standardMonomials)
    else { return nil }
    self.traced = traced
    self.multiplication = multiplication
    self.control = control
  }

  func reference() throws -> (QuotientMoments, PrimeField)? {
    guard !isReferenceTaken else { return nil }
    isReferenceTaken = true
    guard case .residues(let residues) = traced.packedReference.coefficients else {
      preconditionFailure("a basis modulo a prime has residues")
    }
    let matrix = multiplication.matrix(
      coefficients: multiplication.terms.map { residues[$0] }, field: traced.field)
    guard let matrix else { preconditionFailure("a basis modulo a prime is monic") }
    return (try matrix.moments(control: control), traced.field)
  }

  func nextTask() -> any MomentTask {
    Task(replay: traced.nextReplay(), multiplication: multiplication, control: control)
  }

  private struct Task: MomentTask {
    let replay: TracedSystem.Replay
    let multiplication: LastVariableMultiplication
    let control: Control

    var lanes: FieldLanes { replay.lanes }

    func moments() throws -> [QuotientMoments?] {
      let batch = try replay.run()
      return try (0..<FieldLanes.count).map { lane in
        guard batch.good.contains(lane) else { return nil }
        return try multiplication.matrix(
          coefficients: multiplication.terms.map { batch.words[FieldLanes.count * $0 + lane] },
          field: batch.lanes.fields[lane])?.moments(control: control)
      }
    }
  }
}

/// Any element modulo the ideal of a basis over Q, by reductions modulo every prime.
final class ReducedMoments: MomentSource {
  private let quotients: ModularQuotients
  private let element: SparsePolynomial<WideInteger>
  private let coordinates: [Int]
  private let control: Control
  private var supply: PrimeSupply

  /// - Parameter coordinates: variables.
  init(
    _ basis: GroebnerBasis, standardMonomials: [[UInt32]], element: SparsePolynomial<WideInteger>,
    coordinates: [Int], control: Control
  ) {
    quotients = ModularQuotients(basis, standardMonomials: standardMonomials)
    supply = PrimeSupply(seed: basis.seed, attempt: control.attempt)
    self.element = element
    self.coordinates = coordinates
    self.control = control
  }

  private func task(_ lanes: FieldLanes) -> Task {
    Task(lanes: lanes, element: element, coordinates: coordinates, quotients: quotients, control: control)
  }

  func reference() throws -> (QuotientMoments, PrimeField)? {
    while true {
      let task = task(FieldLanes(repeating: supply.next()))
      if let moments = try task.moments(lane: 0) { return (moments, task.lanes.fields[0]) }
    }
  }

  func nextTask() -> any MomentTask { task(Self.nextLanes(&supply)) }

  private struct Task: MomentTask {
    let lanes: FieldLanes
    let element: SparsePolynomial<WideInteger>
    let coordinates: [Int]
    let quotients: ModularQuotients
    let control: Control

    func moments(lane: Int) throws -> QuotientMoments? {
      let field = lanes.fields[lane]
      return try quotients.withAlgebra(modulo: field) { algebra in
        try MultiplicationMatrix(
          of: element.mapCoefficients { $0.residue(modulo: field.prime) }, coordinates: coordinates,
          in: algebra, control: control
        ).moments(control: control)
      }
    }

    func moments() throws -> [QuotientMoments?] { try (0..<FieldLanes.count).map(moments(lane:)) }
  }
}
