import Algebra
import FlintEngine
import LandscapeModel
import TestSupport
import Testing

@testable import Bifurcations

@Suite("Branches and critical points")
struct BranchTests {
  typealias Rational = FlintEngine.Rational

  /// The block coordinates in the order of the vectors (a1, b1, a2, b2, c12, c21) in ours.
  private static func coordinates(_ values: [String], firstBlock: Int) -> [String] {
    switch firstBlock {
    case 0: Array(values[2...3])
    case 1: [values[0]] + values[2...]
    default: values
    }
  }

  private static func prover(_ blocks: [Int], digits: Int) -> CriticalPointProver<FlintEngine> {
    CriticalPointProver(system: HomotopySystem(YoungSubgroup(blocks: blocks)), digits: digits)
  }

  private static func check(_ matrix: [[DecimalEnclosure]], _ blocks: [Int], _ known: [String]) throws {
    let coordinates = BlockCoordinates(YoungSubgroup(blocks: blocks))
    for (found, text) in zip(coordinates.coordinates(of: matrix), known) {
      #expect(try IdentityTests.contains(found, text), "\(found) is not \(text)")
    }
  }

  @Test func pointsNearCrossingsAreTrusted() throws {
    for branch in Vectors.trusted.branches_lambda_family {
      let sizes = branch.isotropy.replacingOccurrences(of: "S_", with: "").split(separator: "x").compactMap {
        Int($0)
      }
      let known = Self.coordinates(branch.a1b1a2b2c12c21, firstBlock: sizes.count == 1 ? 0 : sizes[0])
      let near = known.compactMap(Double.init) + [try #require(Double(branch.lambda_))]
      let point = try #require(
        try Self.prover(sizes, digits: 20).point(near: near, at: Rational(exactly: branch.lambda_)))
      try Self.check(point.matrix, sizes, known)
      let (lower, upper) = (point.loss.lower.doubleValue, try #require(Double(branch.loss)))
      #expect(abs(lower - upper) < 1e-14 * abs(upper))
    }
  }

  @Test func minimaOfReLUAreTrusted() throws {
    for (name, known) in Vectors.trusted.relu_minima.S1.merging(
      Vectors.trusted.relu_minima.S2, uniquingKeysWith: { $1 })
    {
      let k = try #require(Int(name))
      // In blocks of 1 or 2: a, b, c, d, and W in rows of the first block and columns of the second, e, then f.
      let values = [known.a] + (known.b.map { [$0] } ?? []) + [known.c, known.d, known.e, known.f]
      let blocks = known.b == nil ? [1, k - 1] : [2, k - 2]
      let near = values.compactMap(Double.init) + [1]
      let point = try #require(Self.prover(blocks, digits: 18).point(near: near, at: 1))
      try Self.check(point.matrix, blocks, values)
      #expect(try IdentityTests.contains(point.loss, known.loss))
      #expect(point.index == 0)
    }
  }

  /// Tracing alone finds the folds and ends of the vectors.
  @Test(arguments: Vectors.trusted.continuation_to_relu.indices)
  func tracesAreTrusted(position: Int) throws {
    let known = Vectors.trusted.continuation_to_relu[position]
    var analysis = try BifurcationAnalysis<FlintEngine>(BifurcationOptions(units: known.k))
    try analysis.run(control: Control())
    let beginning = try #require(
      BranchFollower<FlintEngine>.beginnings(analysis.result.criticalValues, units: known.k).first {
        $0.firstBlock == known.j && ($0.half.direction == .plus) == (known.sign > 0)
      })
    let follower = BranchFollower<FlintEngine>(units: known.k, digits: 10, window: 1...4)
    let (points, end) = follower.trace(beginning, control: Control())
    for fold in known.folds {
      #expect(
        zip(points, points.dropFirst()).contains { before, after in
          (before.parameterRate > 0) != (after.parameterRate > 0) && abs(before.parameter - fold) < 0.02
        }, "\(fold)")
    }
    if let relu = known.at_relu.first {
      #expect(end == .boundary)
      let last = try #require(points.last)
      let system = HomotopySystem(YoungSubgroup(units: known.k, firstBlock: known.j))
      #expect(abs(system.loss(last.unknowns) - relu.loss) < 1e-9)
      let counts = try #require(system.negativeCounts(last.unknowns))
      #expect(zip(counts, system.space.components).reduce(0) { $0 + $1.0 * $1.1.dimension } == relu.index)
    }
  }

  /// Every branch of five units: points, folds and secondary bifurcations, with nothing left undecided.
  @Test(.tags(.long), .onlyInLongRuns)
  func branchesOfFiveUnits() throws {
    var analysis = try BifurcationAnalysis<FlintEngine>(BifurcationOptions(units: 5, branchesTo: 1))
    try analysis.run(control: Control(threads: 2))
    #expect(analysis.result.undecided == nil && analysis.result.complete)
    let branches = try #require(analysis.result.branches)
    #expect(branches.map(\.isotropy) == ["S1xS4", "S1xS4", "S2xS3", "S2xS3", "S5", "S5"])
    for known in Vectors.trusted.continuation_to_relu {
      let branch = try #require(
        branches.first {
          $0.isotropy == "S\(known.j)xS\(known.k - known.j)" && ($0.direction == .plus) == (known.sign > 0)
        })
      // Theirs are the extremes of sampled points.
      for fold in known.folds {
        #expect(branch.folds.contains { abs($0.parameter.lower.doubleValue - fold) < 1e-3 })
      }
      guard let relu = known.at_relu.first else { continue }
      let last = try #require(branch.points.last)
      #expect(last.parameter == DecimalEnclosure(exact: "1") && last.index == relu.index)
      #expect(abs(last.loss.lower.doubleValue - relu.loss) < 1e-13)
    }
  }

  @Test func searchesFindWhatIsKnown() throws {
    let search = CriticalPointSearch<FlintEngine>(
      subgroup: YoungSubgroup(blocks: [1, 5]), lambda: 1, lossScale: 1, digits: 15)
    let (found, _) = try search.points(control: Control(threads: 2))
    #expect(found == found.sorted { $0.loss.lower.doubleValue < $1.loss.lower.doubleValue })
    let minimum = try #require(found.first { $0.index == 0 })
    #expect(minimum.isotropy == "S1xS5" && minimum.orbitLength == 6)
    #expect(minimum.loss.lower.description.hasPrefix("0.02508058100246"))
  }

  /// Isotropy groups against all permutations, tried one by one.
  private static func checkIsotropy(_ blocks: [Int]) throws {
    let search = CriticalPointSearch<FlintEngine>(
      subgroup: YoungSubgroup(blocks: blocks), lambda: 1, lossScale: 1, digits: 15)
    let (found, unproved) = try search.points(control: Control(threads: 2))
    #expect(!found.isEmpty && unproved == 0)
    let group = SymmetricGroup(degree: 4)
    for point in found {
      let stabiliser = (0..<group.order).filter { element in
        (0..<4).allSatisfy { row in
          (0..<4).allSatisfy {
            point.matrix[row][$0] == point.matrix[group.image(element, row)][group.image(element, $0)]
          }
        }
      }
      #expect(stabiliser.count * point.orbitLength == group.order, "\(point.isotropy)")
      let generators = point.generators.map { line in (0..<group.order).first { group.oneLine($0) == line } }
      #expect(group.closure(generators.compactMap { $0 }).elements == stabiliser)
    }
  }

  @Test func isotropyGroupsAreStabilisers() throws { try Self.checkIsotropy([2, 2]) }

  @Test(.tags(.long), .onlyInLongRuns)
  func isotropyGroupsOfSmallBlocksAreStabilisers() throws { try Self.checkIsotropy([1, 1, 2]) }

  @Test func groupsOfBlocksHaveNames() {
    let blocks = YoungSubgroup(blocks: [2, 2])
    #expect(blocks.blockPermutations == [[0, 1], [1, 0]])
    #expect(blocks.name(with: [[0, 1], [1, 0]]) == "S2wrS2" && blocks.name(with: [[0, 1]]) == "S2xS2")
    #expect(blocks.generators(with: [[0, 1], [1, 0]]).last == [3, 4, 1, 2])
    #expect(YoungSubgroup(blocks: [1, 2, 2]).name(with: [[0, 1, 2], [0, 2, 1]]) == "(S1xS2xS2):2")
  }
}
