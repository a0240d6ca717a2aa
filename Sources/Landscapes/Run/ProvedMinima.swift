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
  /// - Throws: `InvalidRecord` if the record does not fit the problem or its point cannot be proved.
  func minimum(
    of record: BlockRecord.Minimum, inBlock block: Int, _ division: Division<Engine>
  ) throws -> LocalMinimum<Engine> {
    if let minimum = minima.withLock({ $0[record] }) { return minimum }
    return try LocalMinimum(record, inBlock: block, division)
  }
}
