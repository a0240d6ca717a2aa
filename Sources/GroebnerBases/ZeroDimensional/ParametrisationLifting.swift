import Algebra

/// Minimal polynomials and parametrisations over Q from many primes.
struct ParametrisationLifting<Engine: AlgebraEngine> {
  let source: any MomentSource
  let control: Control
  let monitor: StateMonitor

  private static func residues(
    _ moments: QuotientMoments, _ field: PrimeField, testsSquarefree: Bool
  ) -> ResidueParametrisation {
    Engine.residueParametrisation(
      prime: field.prime, moments: moments.powers, coordinateMoments: moments.coordinates,
      testsSquarefree: testsSquarefree)
  }

  /// `nil` if the first prime's parametrisation is not accepted, or if the source has no prime that agrees with
  /// the others.
  ///
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`, and what the source throws.
  func lift(accepting isAccepted: (ResidueParametrisation) -> Bool) throws -> RationalParametrisation? {
    // It begins again where the primes disagree.
    while let (moments, field) = try source.reference() {
      let first = Self.residues(moments, field, testsSquarefree: true)
      guard isAccepted(first) else { return nil }
      let degree = first.minimalPolynomial.count - 1
      let reconstruction = ParametrisationReconstruction(
        reference: Self.list(first, degree: degree), degree: degree, coordinateCount: first.numerators.count,
        field: field)
      var failed = 0
      // Most primes do not follow: what they are compared with is wrong.
      while failed <= reconstruction.primeCount {
        try control.check()
        for batch in try batches(degree: degree, coordinateCount: first.numerators.count) {
          failed += FieldLanes.count - batch.good.count
          reconstruction.append(batch)
        }
        monitor.update { $0.primes = reconstruction.primeCount }
        guard let result = try reconstruction.result(control) else { continue }
        control.log?("parametrisation of degree \(degree) from \(reconstruction.primeCount) primes")
        return result
      }
    }
    return nil
  }

  /// The minimal polynomial, then the numerators, each with `degree` coefficients from the constant term
  /// upwards; the leading coefficient 1 of the minimal polynomial is left out.
  private static func list(_ residues: ResidueParametrisation, degree: Int) -> [UInt32] {
    residues.minimalPolynomial.dropLast()
      + residues.numerators.flatMap { $0 + [UInt32](repeating: 0, count: degree - $0.count) }
  }

  /// Parametrisations modulo eight primes for each thread.
  private func batches(degree: Int, coordinateCount: Int) throws -> [ResidueBatch] {
    let tasks = (0..<control.threads).map { _ in source.nextTask() }
    let results = concurrentMap(count: tasks.count, threads: control.threads) { number in
      Result { () throws -> ResidueBatch in
        Engine.prepareThread()
        let lanes = tasks[number].lanes
        var words = [UInt32](repeating: 0, count: FieldLanes.count * degree * (1 + coordinateCount))
        var good: [Int] = []
        for (lane, moments) in try tasks[number].moments().enumerated() {
          guard let moments else { continue }
          let residues = Self.residues(moments, lanes.fields[lane], testsSquarefree: false)
          guard residues.minimalPolynomial.count == degree + 1 else { continue }
          good.append(lane)
          for (term, value) in Self.list(residues, degree: degree).enumerated() {
            words[FieldLanes.count * term + lane] = value
          }
        }
        return ResidueBatch(words: words, lanes: lanes, good: good)
      }
    }
    return try results.map { try $0.get() }
  }
}
