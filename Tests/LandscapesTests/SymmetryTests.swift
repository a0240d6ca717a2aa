import Algebra
import FlintEngine
import Landscapes
import TestSupport
import Testing

/// Exact symmetries of the problem carry the list of components over.
@Suite("Symmetries")
struct SymmetryTests {
  typealias Rational = FlintEngine.Rational

  @Test(arguments: 0..<8)
  func resultsAreCarriedOver(seed: Int) throws { try check(seed: UInt64(seed), strata: 120) }

  @Test(.tags(.long), .onlyInLongRuns)
  func resultsAreCarriedOverInManyProblems() throws {
    for seed: UInt64 in 4000..<4200 {
      #expect(throws: Never.self) { try check(seed: seed, strata: 3000) }
    }
  }

  private func check(seed: UInt64, strata: Int) throws {
    var problems = RandomProblems(seed: seed)
    let problem = try problems.next(atMost: strata)
    let result = try problem.enumerated()
    for (name, image, symmetry) in try symmetries(of: problem, seed: seed) {
      var symmetry = symmetry
      symmetry.patternsUpToSign = problem.slope == -1
      let difference = symmetry.difference(result, try image.enumerated())
      #expect(difference == nil, "\(name), seed \(seed): \(problem)")
    }
  }

  private func symmetries(
    of problem: SmallProblem, seed: UInt64
  ) throws -> [(String, SmallProblem, ResultSymmetry)] {
    var list: [(String, SmallProblem, ResultSymmetry)] = []
    func add(_ name: String, _ symmetry: ResultSymmetry, _ change: (inout SmallProblem) throws -> Void)
      rethrows
    {
      var image = problem
      try change(&image)
      list.append((name, image, symmetry))
    }
    var generator = SeededGenerator(seed: seed)
    let order = problem.x.indices.shuffled(using: &generator)
    add("rows permuted", ResultSymmetry(rows: order)) { image in
      image.x = order.map { problem.x[$0] }
      image.y = order.map { problem.y[$0] }
    }
    add("inputs negated", ResultSymmetry()) { image in image.x = problem.x.map { $0.map { -$0 } } }
    add(
      "targets negated", ResultSymmetry(flipsPatterns: problem.slope == 1, flipsOutputs: problem.slope != 1)
    ) {
      $0.y = problem.y.map { -$0 }
    }
    let factor = try Rational(exactly: "123456789/1000")
    add(
      "targets and ridge scaled",
      ResultSymmetry(
        lossFactor: factor.doubleValue * factor.doubleValue, totalFactor: factor.doubleValue)
    ) { image in
      image.y = problem.y.map { factor * $0 }
      image.ridge = factor * problem.ridge
    }
    if !problem.bias {
      add("inputs and ridge scaled", ResultSymmetry(totalFactor: 1 / factor.doubleValue)) { image in
        image.x = problem.x.map { $0.map { factor * $0 } }
        image.ridge = factor * problem.ridge
      }
    }
    add("inputs reversed", ResultSymmetry()) { $0.x = problem.x.map { $0.reversed() } }
    add("an input that is always zero", ResultSymmetry()) { $0.x = problem.x.map { $0 + [0] } }
    let (cosine, sine) = (try Rational(exactly: "5/13"), try Rational(exactly: "12/13"))
    add("inputs turned", ResultSymmetry()) { image in
      image.x = problem.x.map { row in
        let second = row.count > 1 ? row[1] : 0
        return [cosine * row[0] - sine * second, sine * row[0] + cosine * second]
      }
    }
    let doubled = problem.x.indices.flatMap { [$0, $0] }
    let offsets = problem.x.indices.map { Rational($0 - 2) }
    let shift = 2 * offsets.reduce(0) { $0 + $1.doubleValue * $1.doubleValue }
    if problem.x.count <= 4 {
      add("rows doubled", ResultSymmetry(rows: doubled, lossFactor: 2, lossShift: shift)) { image in
        image.x = doubled.map { problem.x[$0] }
        image.y = zip(problem.y, offsets).flatMap { [$0 - $1, $0 + $1] }
        image.ridge = 2 * problem.ridge
      }
    }
    if problem.slope != 0, problem.slope != 1, problem.slope != -1 {
      // σ_α(t) = −α σ_{1/α}(−t).
      let size = problem.slope < 0 ? -problem.slope : problem.slope
      try add(
        "slope inverted",
        ResultSymmetry(totalFactor: size.doubleValue, flipsPatterns: true, flipsOutputs: problem.slope > 0)
      ) { image in
        image.slope = try problem.slope.inverse()
        image.ridge = try problem.ridge.divided(by: size)
      }
    }
    return list
  }
}
