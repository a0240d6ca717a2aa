import Algebra
import Interchange
import LandscapeModel
import Landscapes
import Strata

/// What `enumerate --dry-run` prints: the size of the problem and an estimate.
struct DryRun: Encodable {
  struct Strata: Encodable {
    var facesPerUnit: Double
    var total: Double
    /// False if the numbers are upper bounds, as the division itself was hopeless.
    var exact: Bool

    init(bound: SizeBound) {
      (facesPerUnit, total, exact) = (bound.facesPerUnit, bound.strata, false)
    }

    init<Engine: AlgebraEngine>(_ enumeration: Enumeration<Engine>) {
      (facesPerUnit, total) = (Double(enumeration.facesPerUnit), Double(enumeration.strataCount))
      exact = true
    }

    init<Engine: AlgebraEngine>(_ enumeration: AlgebraicEnumeration<Engine>) {
      (facesPerUnit, total) = (Double(enumeration.facesPerUnit), Double(enumeration.strataCount))
      exact = true
    }
  }

  struct Run: Encodable {
    var threads: Int
    var estimatedSeconds: Double
    var estimatedSecondsAtLeast: Double
    var estimatedSecondsAtMost: Double
  }

  let schema = "allminima/enumerate-dry-run/1"
  let problem: EnumerationResult.ProblemSummary
  let strata: Strata
  var run: Run?
}
