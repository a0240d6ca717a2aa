import Algebra
import ConvexMethod
import Strata

/// Decides the strata that the filter in doubles leaves open: in double-double arithmetic, in balls, exactly. One
/// instance serves one thread.
final class OpenStratumDecider<Engine: AlgebraEngine> {
  private let enumeration: Enumeration<Engine>
  private let filter: StratumFilter
  private let precise: PreciseFilter
  /// For the stratum that was asked for last.
  private var start: [Double]?

  /// - Parameter filter: has been asked for every stratum before.
  init(_ enumeration: Enumeration<Engine>, after filter: StratumFilter) {
    self.enumeration = enumeration
    self.filter = filter
    precise = PreciseFilter(tables: enumeration.preciseTables, maximumFaces: enumeration.problem.units)
  }

  /// Whether the stratum is rejected in double-double arithmetic.
  ///
  /// - Throws: `AlgebraError`.
  func rejects(_ faces: [Int]) throws -> Bool {
    start = nil
    guard enumeration.options.usesFilter, !filter.acceptsSharply else { return false }
    switch try precise.verdict(on: faces, from: filter.workspace.coordinates) {
    case .rejected: return true
    case .open(let shares):
      start = shares
      return false
    }
  }

  /// Decides the stratum; comes after `rejects`.
  ///
  /// - Throws: `Interruption`.
  func decide(_ faces: [Int]) throws -> StratumDecision<Engine> {
    try enumeration.certifier.decide(
      faces.map { enumeration.division.faces[$0] }, start: start ?? filter.minimiser())
  }
}
