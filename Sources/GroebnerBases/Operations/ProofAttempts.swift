import Algebra

extension Control {
  /// Runs a computation with proofs. Where one of them fails, it begins again with other primes, a few times.
  ///
  /// - Throws: what the body throws; `GroebnerBasis.ProofFailed` if all attempts end with it.
  public func repeatingFailedProofs<Output>(_ body: (Control) throws -> Output) throws -> Output {
    var control = self
    while true {
      do {
        return try body(control)
      } catch let failure as GroebnerBasis.ProofFailed {
        control.attempt += 1
        guard control.attempt < attempt + Self.proofAttempts else { throw failure }
        log?("a proof failed (\(failure.step)): beginning again with other primes")
      }
    }
  }

  /// Each fails with the probability that random primes are unlucky.
  private static var proofAttempts: Int { 5 }
}
