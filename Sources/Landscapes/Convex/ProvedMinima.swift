import Algebra
import ConvexMethod
import LandscapeModel
import Strata
import Synchronization

/// Local minima that this process has proved, so that their records need not be proved again. Some of them: the
/// records alone are what a run is made of.
final class ProvedMinima<Engine: AlgebraEngine>: Sendable {
  /// So many need a few megabytes.
  private static var most: Int { 4096 }

  private let minima = Mutex<[BlockRecord.Minimum: LocalMinimum<Engine>]>([:])

  func keep(_ minimum: LocalMinimum<Engine>, as record: BlockRecord.Minimum) {
    minima.withLock { minima in
      if minima.count < Self.most { minima[record] = minimum }
    }
  }

  /// The minimum of a record: as it was proved, or proved again.
  ///
  /// - Throws: what `StratumCertifier.minimum` throws.
  func minimum(
    of record: BlockRecord.Minimum, inBlock block: Int, by certifier: StratumCertifier<Engine>
  ) throws -> LocalMinimum<Engine> {
    if let minimum = minima.withLock({ $0[record] }) { return minimum }
    return try certifier.minimum(of: record, inBlock: block)
  }
}
