import Algebra

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
          characteristic: 0, guarantee: .probable, primeCount: result.primes, packed: result.basis,
          seed: result.seed)
      }
    }
  }
}
