import Algebra
import FlintEngine
import PolynomialNetworks

/// The code of the article “Find critical forms”.
func findCriticalForms(print: (Any...) -> Void) throws {
  let teacher = try Form<FlintEngine.Rational>(symmetric: [[2, -1], [-1, 3]])
  let moments = try MomentTable<FlintEngine.Rational>(
    inputs: 2, degree: 4,
    entries: [([4, 0], 5), ([3, 1], 1), ([2, 2], 2), ([1, 3], -1), ([0, 4], 7)])
  let metric = try FormMetric<FlintEngine>(moments: moments)
  let problem = try TeacherProblem(teacher: teacher, metric: metric, width: 1)

  let result = try CriticalForms(problem).run()
  precondition(result.complete)
  print(result.complexCriticalPoints[0].count, "complex critical points of rank 1")
  for point in result.criticalPoints where point.rank == 1 {
    print(point.loss.lower, point.kind, "with", point.signature.negative, "negative eigenvalues")
    for network in point.parameter where network.kind == .minimum {
      print("a minimum with", network.positiveUnits, "units of positive weight")
    }
  }

  let parametric = try ParametricProblem(
    problem, entries: [(name: "T11", value: nil), (name: "T12", value: nil)], control: Control())
  let discriminant = try TeacherDiscriminant(parametric).run().discriminant
  print("degenerate points: a polynomial of degree", discriminant.degenerate.degree)
  print("rank drops:", discriminant.rankDrop.polynomial)
  for chamber in discriminant.chambers ?? [] {
    print(chamber.sample, chamber.realCriticalPoints, "real,", chamber.minima, "minima")
  }
}
