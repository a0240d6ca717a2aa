import Algebra
import FlintEngine
import LandscapeModel
import TestSupport
import Testing

/// Problems made so that conditions hold with equality, exactly: nothing wrong may be listed, nothing be missing.
@Suite("Exact ties")
struct TiedProblemTests {
  @Test(arguments: 0..<16)
  func engineeredMinimumIsListed(seed: Int) throws { _ = try check(seed: UInt64(seed), strata: 150) }

  @Test(.tags(.long), .onlyInLongRuns)
  func engineeredMinimaAreListedInManyProblems() throws {
    var (minima, strata) = (0, 0)
    for seed: UInt64 in 100..<2100 {
      let outcome = try check(seed: seed, strata: 3000)
      minima += outcome.isMinimum ? 1 : 0
      strata += outcome.result.strata.total
    }
    print("\(minima) of 2000 engineered points are local minima of \(strata) strata")
    #expect(minima > 500)
  }

  private func check(
    seed: UInt64, strata: Int
  ) throws -> (isMinimum: Bool, result: EnumerationResult) {
    var problems = TiedProblems(seed: seed)
    let drawn = try problems.next(atMost: strata)
    let result = try drawn.problem.enumerated()
    let loss = SquaredLoss(try drawn.problem.problem())
    let listed = result.components.map { ListedComponent($0, loss) }
    for component in listed {
      let complaints = ComponentChecks(listed: component, loss: loss).complaints
      #expect(complaints.isEmpty, "seed \(seed), component \(component.component.id) of \(drawn.problem)")
    }
    #expect(result.complete, "seed \(seed), \(result.undecided): \(drawn.problem)")
    let isMinimum = isLocalMinimum(drawn.parameters, loss)
    if isMinimum {
      let value = loss.value(of: drawn.parameters)
      let residual = loss.residual(of: drawn.parameters)
      let isListed = listed.contains {
        $0.mismatch(drawn.parameters, value: value, residual: residual) == nil
      }
      #expect(isListed, "\(drawn.parameters), seed \(seed): \(drawn.problem)")
    }
    return (isMinimum, result)
  }

  /// By perturbations, and by samples of the certificate if a unit is dead.
  private func isLocalMinimum(_ parameters: [Double], _ loss: SquaredLoss) -> Bool {
    guard LocalMinimality(loss).lowered(parameters, trials: 120) == nil else { return false }
    let hasDeadUnit = (0..<loss.units).contains { parameters[$0 * loss.stride] == 0 }
    guard hasDeadUnit else { return true }
    let largest = CertificateSampling(loss: loss, residual: loss.residual(of: parameters))
      .maximum(samples: loss.dimension == 2 ? 400 : 1500, precision: 1e-7)
    return abs(largest.value) <= loss.ridge * (1 + 1e-9)
  }
}
