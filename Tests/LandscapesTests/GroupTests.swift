import Algebra
import ConvexMethod
import FlintEngine
import LandscapeModel
import Strata
import TestSupport
import Testing

@testable import Landscapes

/// Groups of strata that are excluded at once: the components are those that are found without it.
@Suite("Groups")
struct GroupTests {
  @Test(arguments: 0..<30)
  func componentsAreTheSameWithoutGroups(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(9000 + seed), rows: 2...7)
    try expectSame(nextInPlane(&problems, atMost: 400, hasLinearTerms: seed % 3 == 2))
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func componentsAreTheSameInManyProblems() throws {
    for seed in 20_000..<20_500 {
      var problems = RandomProblems(seed: UInt64(seed), rows: 2...12)
      try expectSame(nextInPlane(&problems, atMost: 6000, hasLinearTerms: seed % 3 == 2))
    }
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func componentsAreTheSameForMoreData() throws {
    try expectSame(Self.lattice(rows: 40, units: 3, seed: 40))
  }

  private static func lattice(rows: Int, units: Int, seed: UInt64) -> SmallProblem {
    var generator = SeededGenerator(seed: seed)
    func number(_ size: Int) -> FlintEngine.Rational {
      FlintEngine.Rational(Int.random(in: -size...size, using: &generator))
    }
    return SmallProblem(
      x: (0..<rows).map { _ in [number(1000)] }, y: (0..<rows).map { _ in number(1500) }, units: units,
      ridge: 100_000)
  }

  private func nextInPlane(
    _ problems: inout RandomProblems, atMost strata: Int, hasLinearTerms: Bool
  ) throws -> SmallProblem {
    while true {
      let problem =
        try hasLinearTerms
        ? problems.nextWithLinearTerms(atMost: strata) : problems.next(atMost: strata)
      if problem.units > 1, problem.x[0].count + (problem.bias ? 1 : 0) == 2, problem.slope != 1 {
        return problem
      }
    }
  }

  private func grouped(_ problem: SmallProblem, threads: Int = 2) throws -> Enumeration<FlintEngine> {
    try Enumeration(problem.problem(), options: .init(), control: Control(threads: threads), groupingFrom: 0)
  }

  private func expectSame(_ problem: SmallProblem) throws {
    let enumeration = try grouped(problem)
    let result = try enumeration.run()
    let expected = try Enumeration(problem.problem(), options: .init(prunes: false)).run()
    #expect(result.components == expected.components, "\(problem)")
    #expect(result.undecided == expected.undecided)
    #expect(result.complete == expected.complete)
    #expect(result.strata.decided.total + result.strata.undecided == result.strata.total)
    // One line, or the data do not span the plane: there are few faces.
    #expect(enumeration.grouped != nil || enumeration.facesPerUnit < 8)
  }

  /// No group that contains a local minimum is ever excluded: cells of all sizes around the faces of known minima,
  /// joined where they meet.
  @Test(arguments: 0..<12)
  func groupsAroundMinimaAreNotExcluded(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for round in 0..<3 {
      var problem: SmallProblem
      if round == 0 {
        problem = Self.lattice(rows: 8 + seed, units: 2, seed: UInt64(seed))
      } else {
        var problems = RandomProblems(seed: UInt64(9500 + 10 * seed + round), rows: 2...9)
        problem = try nextInPlane(&problems, atMost: 3000, hasLinearTerms: round == 2)
      }
      // Inputs far from zero, or in units in which the bias is large or small.
      let scale = try FlintEngine.Rational(10).power([0, 3, -3, 7, -6, 0][seed % 6])
      let shift = FlintEngine.Rational([0, 0, 0, 0, 0, 1000][seed % 6])
      problem.x = problem.x.map { $0.map { ($0 + shift) * scale } }
      try expectKept(problem, &generator)
    }
  }

  private func expectKept(_ problem: SmallProblem, _ generator: inout SeededGenerator) throws {
    let enumeration = try grouped(problem)
    guard let cells = enumeration.grouped?.cells else { return }
    let run = EnumerationRun()
    try Enumeration(problem.problem(), options: .init(prunes: false)).decide(run)
    let positions = Dictionary(uniqueKeysWithValues: (0..<cells.faceCount).map { (cells.face(at: $0), $0) })
    let search = GroupSearch(cells: cells, tables: enumeration.tables)
    for minimum in run.records.flatMap(\.minima) where !minimum.faces.isEmpty {
      let units = zip(minimum.faces, minimum.outputSigns).compactMap { face, sign in
        positions[face].map { (position: $0, sign: sign) }
      }.sorted { $0.position < $1.position }
      try #require(units.count == minimum.faces.count)
      let signs = units.indices.reduce(0) { $0 | (units[$1].sign < 0 ? 1 << $1 : 0) }
      for _ in 0..<60 {
        var parts: [(positions: Range<Int>, count: Int)] = []
        let widest = 1 << Int.random(in: 0...8, using: &generator)
        for unit in units {
          let low = max(0, unit.position - Int.random(in: 0..<widest, using: &generator))
          let high = min(cells.faceCount, unit.position + 1 + Int.random(in: 0..<widest, using: &generator))
          if let last = parts.last, low < last.positions.upperBound {
            let joined = min(low, last.positions.lowerBound)..<max(high, last.positions.upperBound)
            parts[parts.count - 1] = (joined, last.count + 1)
          } else {
            parts.append((low..<high, 1))
          }
        }
        // Parts that reach back over more than one other are joined with all of them.
        parts = parts.reduce(into: []) { joined, part in
          if let last = joined.last, part.positions.lowerBound < last.positions.upperBound {
            joined[joined.count - 1] = (
              min(
                last.positions.lowerBound, part.positions.lowerBound)..<max(
                  last.positions.upperBound, part.positions.upperBound), last.count + part.count
            )
          } else {
            joined.append(part)
          }
        }
        guard zip(parts, parts.dropFirst()).allSatisfy({ $0.positions.upperBound <= $1.positions.lowerBound })
        else { continue }
        let possible = search.possibleSigns(parts)
        #expect(possible >> UInt64(signs) & 1 == 1, "\(problem): \(units) in \(parts)")
      }
    }
  }

  /// Groups do exclude, and count every stratum once; parts of a run and threads change nothing.
  @Test func partsMakeTheWhole() throws {
    let problem = Self.lattice(rows: 14, units: 3, seed: 3)
    let expected = try grouped(problem, threads: 1).run()
    let strata = expected.strata
    #expect(strata.decided.groups.map { $0 > strata.total / 2 } == true)
    #expect(strata.groups.map { $0 > 100 && $0 < strata.total } == true)
    #expect(try grouped(problem, threads: 2).run().json() == expected.json())
    let enumeration = try grouped(problem)
    #expect(enumeration.blocks.count > 3)
    let records = try recordsOfThirds(enumeration)
    #expect(try enumeration.result(of: EnumerationRun(finished: records)).json() == expected.json())
  }
}
