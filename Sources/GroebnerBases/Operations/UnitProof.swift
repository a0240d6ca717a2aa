import Algebra

extension GroebnerBasis {
  /// The basis of the whole ring, proved if that is cheap: 1 is found as a combination of the generators, which is
  /// checked in exact arithmetic. Any other basis stays as it is.
  ///
  /// - Throws: `ProofFailed` if 1 turns out not to belong to the ideal; what `MembershipTest` throws.
  public func provedIfUnit<Engine: AlgebraEngine>(
    generators: [SparsePolynomial<WideInteger>], engine: Engine.Type, control: Control = Control()
  ) throws -> GroebnerBasis {
    guard isUnit, characteristic == 0, guarantee == .probable, Self.isCheapToProve(generators) else {
      return self
    }
    let work = WorkBound(bound: Self.unitProofBound, control: control)
    let test = try work.unlessExceeded {
      try MembershipTest(
        generators: generators, variableCount: variableCount, engine: engine, control: $0)
    }
    guard let test else { return self }
    let one = SparsePolynomial<Engine.Rational>(
      variableCount: variableCount, exponents: [UInt32](repeating: 0, count: variableCount),
      coefficients: [1])
    guard case .member = try test.decide(one, control: control) else {
      throw ProofFailed(step: "1 as a combination of the generators")
    }
    return GroebnerBasis(
      characteristic: 0, guarantee: .proved, primeCount: primeCount, packed: packed, seed: seed)
  }

  /// Elements and critical pairs of the computation that finds the combination. Counted work makes the answer the
  /// same in every run.
  private static var unitProofBound: Int { 150 }

  private static func isCheapToProve(_ generators: [SparsePolynomial<WideInteger>]) -> Bool {
    generators.count <= 60 && generators.reduce(0) { $0 + $1.termCount } <= 2000
      && generators.reduce(0) { $0 + $1.coefficients.reduce(0) { $0 + $1.bitLength } } <= 100_000
  }
}
