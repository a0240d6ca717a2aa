import Algebra

/// What a computation over Q has learned of its linear algebra. It may be tried on other systems with the same
/// monomials, such as the systems of different activation patterns, which then need not be traced themselves.
public struct GroebnerTrace: Sendable {
  private let layout: MonomialLayout
  /// The monomials of the inputs, packed.
  private let inputs: [[UInt64]]
  private let shape: BasisShape
  let trace: F4Trace

  init(system: IntegerSystem, shape: BasisShape, trace: F4Trace) {
    layout = system.layout
    inputs = system.polynomials.map(\.monomials)
    self.shape = shape
    self.trace = trace
  }

  /// Whether the inputs have the monomials of those that were traced.
  func fits(_ system: IntegerSystem) -> Bool {
    layout.packsLike(system.layout) && inputs == system.polynomials.map(\.monomials)
  }

  /// Whether the computation modulo a prime has come to a basis with the traced monomials.
  func leadsTo(_ basis: [ModularPolynomial]) -> Bool { shape.fits(basis) }
}

extension GroebnerBasis {
  /// The reduced basis over Q in an order that refines the degree, with the help of an earlier computation.
  ///
  /// The trace is tried if the generators have the traced monomials. One prime is solved without it; unless
  /// that basis has the traced monomials, and most of the further primes follow the trace, it is rejected and
  /// the computation starts as usual. The result is checked against the prime that was solved. Guarantee:
  /// `probable`.
  ///
  /// - Parameter trace: the trace to try; afterwards the one that fits this system.
  /// - Throws: as `init(of:variableCount:characteristic:order:options:control:)`; `AlgebraError.outOfRange` for
  ///   another order.
  public init(
    of generators: [SparsePolynomial<WideInteger>], variableCount: Int,
    order: MonomialOrder = .degreeReverseLexicographic, reusing trace: inout GroebnerTrace?,
    control: Control = Control()
  ) throws {
    try Self.validate(generators, variableCount, 0, order)
    guard order.refinesDegree else {
      throw AlgebraError.outOfRange("traces are kept for orders that refine the degree")
    }
    self = try StateMonitor.run(control) { monitor in
      try Self.withSufficientWidth(order: order, variableCount: variableCount) { layout in
        let system = try IntegerSystem(generators, layout: layout)
        let result = try MultimodularComputation(system: system, control: control, monitor: monitor)
          .run(trying: trace)
        trace = result.trace
        return GroebnerBasis(
          characteristic: 0, guarantee: .probable, primeCount: result.primes, packed: result.basis)
      }
    }
  }
}
