import Algebra
import FlintEngine
import LandscapeModel
import TestSupport
import Testing

/// Every listed component is checked at its point: the equations, the loss, the counts, the dual certificate, and
/// that no perturbation lowers the loss.
@Suite("Listed points")
struct ListedPointTests {
  @Test(arguments: 0..<12)
  func listedPointsAreLocalMinima(seed: Int) throws {
    try check(seed: seed, strata: 400)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func listedPointsAreLocalMinimaInManyProblems() throws {
    for seed in 100..<1100 {
      #expect(throws: Never.self) { try check(seed: seed, strata: 20_000) }
    }
  }

  @Test(arguments: 0..<14)
  func listedPointsWithLinearTermsAreLocalMinima(seed: Int) throws {
    try check(seed: seed, strata: 400, linearTerms: true)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func listedPointsWithLinearTermsAreLocalMinimaInManyProblems() throws {
    for seed in 2000..<2300 {
      #expect(throws: Never.self) { try check(seed: seed, strata: 20_000, linearTerms: true) }
    }
  }

  private func check(seed: Int, strata: Int, linearTerms: Bool = false) throws {
    var problems = RandomProblems(seed: UInt64(seed))
    let problem =
      linearTerms ? try problems.nextWithLinearTerms(atMost: strata) : try problems.next(atMost: strata)
    let result = try problem.enumerated()
    let loss = SquaredLoss(try problem.problem())
    #expect(result.complete, "seed \(seed): \(problem)")
    for component in result.components {
      let listed = ListedComponent(component, loss)
      let complaints =
        ComponentChecks(listed: listed, loss: loss).complaints + certificateComplaints(listed, loss)
      #expect(complaints.isEmpty, "seed \(seed), component \(component.id) of \(problem)")
    }
    #expect(orderComplaints(result).isEmpty, "seed \(seed): \(problem)")
  }

  /// `max |η| / λ` against samples.
  private func certificateComplaints(_ listed: ListedComponent, _ loss: SquaredLoss) -> [String] {
    let ratio = middle(listed.component.certificateRatio)
    let samples = loss.dimension <= 1 ? 8 : (loss.dimension == 2 ? 400 : 1500)
    let largest = CertificateSampling(loss: loss, residual: listed.residual)
      .maximum(samples: samples, precision: 1e-7)
    let sampled = abs(largest.value) / loss.ridge
    var found: [String] = []
    if sampled > ratio * (1 + 1e-9) + 1e-12 { found.append("|η| reaches \(sampled), the ratio is \(ratio)") }
    if sampled < ratio * (1 - 1e-5) { found.append("|η| reaches only \(sampled), the ratio is \(ratio)") }
    if listed.component.globalForEveryWidth != (ratio <= 1) { found.append("global with ratio \(ratio)") }
    if !listed.faces.isEmpty, ratio < 1 { found.append("ratio \(ratio) with a unit alive") }
    return found
  }

  /// The list is sorted by loss, numbered, and says which components are global.
  private func orderComplaints(_ result: EnumerationResult) -> [String] {
    var found: [String] = []
    let losses = result.components.map { middle($0.loss) }
    if losses != losses.sorted() { found.append("not sorted") }
    if result.components.map(\.id) != Array(1..<(losses.count + 1)) { found.append("not numbered") }
    guard result.complete, let lowest = losses.first else { return found }
    if result.components[0].globalForWidth == .no { found.append("no global minimum") }
    for (component, loss) in zip(result.components, losses) {
      let isLowest = loss <= lowest * (1 + 1e-14)
      if component.globalForWidth == .yes, !isLowest { found.append("\(component.id) is not global") }
      if component.globalForWidth == .no, loss < lowest * (1 + 1e-15) {
        found.append("\(component.id) is global")
      }
    }
    return found
  }
}
