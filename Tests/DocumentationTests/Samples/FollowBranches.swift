import Algebra
import Bifurcations
import FlintEngine

/// The code of the article “Follow branches”.
func followBranches(print: (Any...) -> Void) throws {
  let options = try BifurcationOptions<FlintEngine.Rational>(units: 5, computesDegrees: true)
  var analysis = try BifurcationAnalysis<FlintEngine>(options)
  try analysis.run(control: Control())
  for value in analysis.result.criticalValues {
    print(value.closedForm, value.value.lower, "nullity \(value.nullity)")
    print(value.invariant?.map { "\($0.coefficient) (\($0.orbitType))" } ?? [])
  }

  let search = try BifurcationOptions<FlintEngine.Rational>(units: 6, at: 1, search: [1, 5])
  var relu = try BifurcationAnalysis<FlintEngine>(search)
  try relu.run(control: Control())
  for point in relu.result.found ?? [] where point.index == 0 {
    print("a spurious minimum with isotropy \(point.isotropy) and loss \(point.loss.lower)")
  }

  let branches = try BifurcationOptions<FlintEngine.Rational>(units: 4, digits: 10, branchesTo: 2)
  var followed = try BifurcationAnalysis<FlintEngine>(branches)
  try followed.run(control: Control(threads: 2))
  for branch in followed.result.branches ?? [] {
    print(branch.isotropy, branch.direction.rawValue, branch.points.count, branch.end.rawValue)
  }
}
