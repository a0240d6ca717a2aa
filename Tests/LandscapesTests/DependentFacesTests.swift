import Algebra
import FlintEngine
import LandscapeModel
import Testing

/// Faces whose `K_f r` are linearly dependent: the shares of the units form a polytope of positive dimension.
@Suite("Dependent faces")
struct DependentFacesTests {
  /// Two points opposite to each other, fitted by the faces `+-`, `-+` and `++` with `K r` of rank 2.
  private func oppositePoints(units: Int) throws -> EnumerationResult {
    let problem = try SmallProblem(
      x: [["2", "1"], ["-1", "-2"]], y: ["3", "3"], units: units, ridge: "1/2")
    let result = try problem.enumerated()
    #expect(result.complete)
    #expect(result.undecided.isEmpty)
    return result
  }

  private let lowest = 2.366156409449844

  @Test func oppositePointsWithOneUnit() throws {
    let result = try oppositePoints(units: 1)
    // One unit on ++ is enough for the optimum of every width.
    let best = try #require(result.components.first)
    #expect(abs(middle(best.loss) - lowest) < 1e-13)
    #expect(best.units.map(\.pattern.description) == ["++"])
    #expect(best.kind == .isolated)
    #expect(best.globalForEveryWidth)
  }

  @Test func oppositePointsWithTwoUnits() throws {
    let result = try oppositePoints(units: 2)
    let best = result.components.filter { abs(middle($0.loss) - lowest) < 1e-13 }
    try #require(best.count == 2)
    for component in best {
      #expect(component.ends == .closed)
      #expect(component.globalForWidth == .yes)
      #expect(component.globalForEveryWidth)
      #expect(component.certificateRatio == DecimalEnclosure(exact: "1"))
      #expect(component.location == .interior)
      #expect(component.vertices == nil)
    }
    let pair = try #require(best.first { $0.kind == .isolated })
    #expect(pair.dimension == 0)
    #expect(pair.units.map(\.pattern.description) == ["-+", "+-"])
    #expect(pair.units.map(\.count) == [1, 1])
    #expect(pair.units.map(\.outputSign) == [1, 1])
    #expect(pair.orbitSize == 2)
    let family = try #require(best.first { $0.kind == .family })
    #expect(family.dimension == 1)
    #expect(family.units.map(\.pattern.description) == ["++", "00"])
    #expect(family.orbitSize == 1)
  }

  @Test func oppositePointsWithThreeUnits() throws {
    let result = try oppositePoints(units: 3)
    let best = result.components.filter { abs(middle($0.loss) - lowest) < 1e-13 }
    try #require(best.count == 1)
    let component = best[0]
    #expect(component.dimension == 2)
    #expect(component.ends == .closed)
    #expect(component.globalForEveryWidth)
    #expect(component.units.map(\.pattern.description) == ["-+", "+-", "++"])
    #expect(component.orbitSize == 1)
    let vertices = try #require(component.vertices).map { $0.map(middle) }
    #expect(vertices.count == 2)
    #expect(vertices.contains { $0[0] > 0.1 && $0[1] > 0.1 && $0[2] == 0 })
    #expect(vertices.contains { $0[0] == 0 && $0[1] == 0 && $0[2] > 0.1 })
    // The totals range over everything between the vertices.
    for (index, unit) in component.units.enumerated() {
      #expect(unit.total?.lower == "0")
      let greatest = try #require(vertices.map { $0[index] }.max())
      #expect(abs((unit.total?.upper.doubleValue ?? .nan) - greatest) < 1e-13)
    }
  }

  /// Three distinct faces share along an open segment that is not the global minimum of all widths.
  @Test func openSegmentOfThreeFaces() throws {
    let problem = try SmallProblem(
      x: [["1", "-1", "0"], ["0", "1", "-1"], ["1", "1", "1"]], y: ["2", "2", "-1"], units: 3, ridge: "1/10",
      bias: false)
    let result = try problem.enumerated()
    #expect(result.complete)
    #expect(result.undecided.isEmpty)
    let segments = result.components.filter { component in
      component.units.map(\.pattern.description) == ["-+0", "+-0", "++0"]
    }
    try #require(segments.count == 1)
    let segment = segments[0]
    #expect(segment.kind == .family)
    #expect(segment.dimension == 1)
    #expect(segment.ends == .open)
    #expect(segment.location == .boundary)
    #expect(segment.kinks == 3)
    #expect(segment.orbitSize == 6)
    #expect(segment.units.map(\.count) == [1, 1, 1])
    #expect(!segment.globalForEveryWidth)
    #expect((segment.certificateRatio?.lower.doubleValue ?? .nan) > 1)
    #expect(segment.vertices?.count == 2)
    let loss = SquaredLoss(try problem.problem())
    let listed = ListedComponent(segment, loss)
    // Along the segment the loss stays, and no point of it can be lowered.
    let vertices = try #require(segment.vertices).map { $0.map(middle) }
    for position in [0.1, 0.5, 0.9] {
      let totals = zip(vertices[0], vertices[1]).map { (1 - position) * $0 + position * $1 }
      let parameters = zip(listed.faces, totals).flatMap { face, total in
        [face.outputSign * total.squareRoot()] + face.direction.map { $0 * total.squareRoot() }
      }
      #expect(abs(loss.value(of: parameters) - listed.value) < 1e-12)
      #expect(LocalMinimality(loss).lowered(parameters) == nil)
    }
  }

  /// Collinear inputs make the kinks of one unit dependent: one of them has the wrong sign, and yet the point
  /// is a strict local minimum.
  @Test func dependentKinks() throws {
    let problem = try SmallProblem(
      x: [["-1", "0"], ["0", "0"], ["1", "0"], ["0", "1"]], y: ["-1", "1/2", "-1", "2"], units: 1, ridge: "1")
    let result = try problem.enumerated()
    #expect(result.complete)
    let component = try #require(
      result.components.first { $0.units.map(\.pattern.description) == ["000+"] },
      "the minimum at w = (0, 1, 0)")
    #expect(component.kind == .isolated)
    #expect(component.kinks == 3)
    #expect(abs(middle(component.loss) - 5.25) < 1e-13)
    #expect(abs(middle(component.point.a[0]) - 1) < 1e-13)
    #expect(zip(component.point.w[0].map(middle), [0, 1, 0]).allSatisfy { abs($0 - $1) < 1e-13 })
    let listed = ListedComponent(component, SquaredLoss(try problem.problem()))
    #expect(zip(listed.residual, [-1, 0.5, -1, 1]).allSatisfy { abs($0 - $1) < 1e-13 })
  }
}
