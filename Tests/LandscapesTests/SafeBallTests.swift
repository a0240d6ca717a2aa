import Algebra
import ConvexMethod
import FlintEngine
import Strata
import Testing

/// The safe ball of the filter contains the certified residual, however bad the minimiser.
@Suite("Safe ball")
struct SafeBallTests {
  @Test func containsTheCertifiedResidual() throws {
    let compared = try (0..<20).map { try compareWithCertifiedResiduals(seed: $0) }
    // Not where a problem has no faces, and where a stratum has no critical point without ties.
    #expect(compared.reduce(0, +) > 100, "\(compared)")
  }

  /// - Returns: the number of strata that were compared.
  private func compareWithCertifiedResiduals(seed: Int) throws -> Int {
    var generator = SeededGenerator(seed: UInt64(seed))
    var problems = RandomProblems(seed: UInt64(seed))
    let problem = try problems.next(atMost: 1000).problem()
    let division = try Division(problem, control: Control())
    guard !division.faces.isEmpty else { return 0 }
    var compared = 0
    let tables = try FilterTables(division, control: Control())
    for _ in 0..<12 {
      let size = Int.random(in: 1...min(3, division.faces.count), using: &generator)
      let faces = Array(division.faces.indices.shuffled(using: &generator).prefix(size)).sorted()
      let stratum = FilterStratum(tables, division, faces)
      stratum.minimise(steps: 500)
      let system = try StratumSystem(division, faces: faces.map { division.faces[$0] })
      let start = faces.indices.map { stratum.workspace.shares[$0] }
      guard let outcome = SupportSearch(system: system, precision: 192).find(from: start),
        outcome.ties.isEmpty
      else { continue }
      let certified = (0..<problem.rowCount).map { outcome.point.residual.value(at: $0).approximation }
      for steps in [0, 1, 2, 4, 500] {
        for index in faces.indices {
          stratum.workspace.shares[index] = Double.random(in: 0...2, using: &generator)
        }
        stratum.workspace.evaluate()
        stratum.minimise(steps: steps)
        let (distance, radius) = stratum.distance(to: certified)
        // The doubles of this test have rounding errors of their own.
        let rounding = 1e-13 * (stratum.magnitude + certified.reduce(0) { $0 + abs($1) })
        #expect(distance <= radius + rounding, "\(faces) after \(steps) steps, seed \(seed)")
        #expect(radius.isFinite)
      }
      // A good minimiser has a small ball: the test above is not won by huge ones.
      #expect(stratum.distance(to: certified).radius < 1e-3 * (1 + stratum.magnitude))
      compared += 1
    }
    return compared
  }

  /// The bounds for small ridges contain the certified solution, too, however bad the point, and are sharp at a good
  /// one.
  @Test(arguments: 0..<20)
  func sharpBoundsContainTheCertifiedSolution(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(100 + seed))
    var problems = RandomProblems(seed: UInt64(100 + seed), rows: 2...7)
    var small = try problems.next(atMost: 1000)
    let power = [1, 3, 6, 9][seed % 4]
    small.ridge = try FlintEngine.Rational(exactly: "1e-\(power)")
    if seed % 3 == 0, seed % 4 < 2 { small.x = small.x.map { [$0[0] * 100_000] + $0.dropFirst() } }
    let problem = try small.problem()
    let division = try Division(problem, control: Control())
    guard !division.faces.isEmpty else { return }
    let tables = try FilterTables(division, control: Control())
    var (regular, curved, sharp) = (0, 0, 0)
    for _ in 0..<16 {
      let size = Int.random(in: 1...min(3, division.faces.count), using: &generator)
      let faces = Array(division.faces.indices.shuffled(using: &generator).prefix(size)).sorted()
      let stratum = FilterStratum(tables, division, faces)
      stratum.minimise(steps: 500)
      let system = try StratumSystem(division, faces: faces.map { division.faces[$0] })
      let start = faces.indices.map { stratum.workspace.shares[$0] }
      guard let outcome = SupportSearch(system: system, precision: 384).find(from: start),
        outcome.ties.isEmpty, outcome.point.support.count == faces.count
      else { continue }
      let solution = Certified(outcome.point, division, tables, faces)
      for steps in [500, 0, 1, 2, 4] {
        if steps < 500 {
          for index in faces.indices {
            stratum.workspace.shares[index] = start[index] * Double.random(in: 0.5...2, using: &generator)
          }
          stratum.workspace.evaluate()
          stratum.minimise(steps: steps)
        }
        let bounds = stratum.sharpBounds()
        if bounds.encloseRegular() {
          regular += 1
          stratum.expect(solution, inside: bounds, "regular, \(faces), seed \(seed)")
        }
        if bounds.encloseCurved() {
          curved += 1
          let hasCoordinates = bounds.encloseCurvedCoordinates()
          stratum.expect(
            solution, inside: bounds, "curved, \(faces), seed \(seed)", coordinates: hasCoordinates)
          if hasCoordinates { sharp += 1 }
        }
      }
    }
    if regular + curved > 0 { #expect(sharp > 0 || regular > 0) }
  }

  @Test func nothingFollowsFromNumbersThatAreNotFinite() throws {
    let problem = try SmallProblem(x: [["1"], ["2"]], y: ["1", "-1"], units: 1, ridge: "1/10").problem()
    let division = try Division(problem, control: Control())
    let tables = try FilterTables(division, control: Control())
    let stratum = FilterStratum(tables, division, [0])
    stratum.workspace.shares[0] = .nan
    stratum.workspace.evaluate()
    #expect(stratum.ball().radius.isNaN)
    stratum.workspace.shares[0] = .infinity
    stratum.workspace.evaluate()
    #expect(!stratum.ball().radius.isFinite)
  }
}

/// The certified solution of a stratum in which all units are alive.
private struct Certified {
  let residual: [Double]
  /// In the float bases of the faces.
  let coordinates: [Double]
  let gradients: [[Double]]

  init(
    _ point: CriticalPoint<FlintEngine>, _ division: Division<FlintEngine>, _ tables: FilterTables,
    _ faces: [Int]
  ) {
    let size = division.problem.weightDimension
    residual = (0..<division.problem.rowCount).map { point.residual.value(at: $0).approximation }
    let ridge = division.problem.ridge.doubleValue
    var coordinates: [Double] = []
    var gradients: [[Double]] = []
    for (index, face) in faces.enumerated() {
      let data = tables.view.faces[face]
      let vector = (0..<size).map { point.gradients[index][$0, 0].approximation }
      let gradient = (0..<data.dimension).map { column in
        (0..<size).reduce(0.0) { $0 + vector[$1] * data.basis[$1 * data.dimension + column] }
      }
      let share = point.support.firstIndex(of: index).map { point.shares[$0].approximation } ?? 0
      gradients.append(gradient)
      coordinates += gradient.map { $0 * share / ridge }
    }
    self.coordinates = coordinates
    self.gradients = gradients
  }
}

/// The workspace of the filter, filled with one stratum.
private final class FilterStratum {
  let workspace: GroupLassoWorkspace
  private let tables: FilterTables
  private let faces: UnsafeMutablePointer<Int>
  private let count: Int
  private let loss: [[Double]]
  private let targets: [Double]

  init(_ tables: FilterTables, _ division: Division<FlintEngine>, _ list: [Int]) {
    self.tables = tables
    count = list.count
    faces = .allocate(capacity: list.count)
    for (index, face) in list.enumerated() { faces[index] = face }
    let columns = list.reduce(0) { $0 + tables.view.faces[$1].dimension }
    workspace = GroupLassoWorkspace(maximumFaces: list.count, maximumColumns: columns)
    workspace.ridge = tables.view.ridge
    workspace.targetSquare = tables.view.targetSquare
    workspace.faceCount = list.count
    workspace.columnCount = columns
    targets = division.problem.targets.map(\.doubleValue)
    let vectors = division.problem.vectors.map { $0.map(\.doubleValue) }
    // The columns of A, computed here from the vectors themselves.
    var all: [[Double]] = []
    for (index, face) in list.enumerated() {
      let data = tables.view.faces[face]
      workspace.blockStart[index] = all.count
      for column in 0..<data.dimension {
        all.append(
          vectors.indices.map { row in
            let rate = division.faces[face].slope(at: row, division.problem.activation).doubleValue
            return vectors[row].indices.reduce(0) {
              $0 + rate * vectors[row][$1] * data.basis[$1 * data.dimension + column]
            }
          })
        workspace.products[all.count - 1] = tables.view.products[data.offset + column]
      }
      workspace.blockStart[index + 1] = all.count
      workspace.shares[index] = 0
    }
    loss = all
    let stored = list.flatMap { face in
      (0..<tables.view.faces[face].dimension).map { tables.view.faces[face].offset + $0 }
    }
    for i in 0..<columns {
      for j in 0..<columns {
        workspace.gram[i * columns + j] =
          tables.view.gram?[stored[i] * tables.view.totalColumns + stored[j]] ?? .nan
      }
    }
    workspace.evaluate()
  }

  deinit { faces.deallocate() }

  func minimise(steps: Int) {
    for _ in 0..<steps where !workspace.improve() { return }
  }

  func sharpBounds() -> SharpBounds {
    let bounds = SharpBounds(workspace, tables.view)
    bounds.begin(faces: faces)
    return bounds
  }

  /// Expects that the solution lies within the bounds, up to the rounding errors of this test.
  func expect(_ solution: Certified, inside bounds: SharpBounds, _ comment: Comment, coordinates: Bool = true)
  {
    let total = magnitude
    var square = 0.0
    for row in targets.indices {
      let value = loss.indices.reduce(targets[row]) { $0 - loss[$1][row] * workspace.coordinates[$1] }
      square += (value - solution.residual[row]) * (value - solution.residual[row])
    }
    #expect(square.squareRoot() <= bounds.residualRadius + 1e-14 * total, comment)
    guard coordinates else { return }
    for (column, expected) in solution.coordinates.enumerated() {
      let error = abs(workspace.coordinates[column] - expected)
      #expect(error <= bounds.coordinateErrors[column] + 1e-13 * abs(expected), comment)
    }
  }

  func ball() -> SafeBall { SafeBall(workspace, tables.view, faces: faces) }

  /// `|y| + Σ |A| |c|`.
  var magnitude: Double {
    loss.indices.reduce(targets.reduce(0) { $0 + abs($1) }) { sum, column in
      sum + abs(workspace.coordinates[column]) * loss[column].reduce(0) { $0 + abs($1) }
    }
  }

  /// From the centre of the ball.
  func distance(to residual: [Double]) -> (distance: Double, radius: Double) {
    let ball = ball()
    let square = targets.indices.reduce(0.0) { sum, row in
      let value = loss.indices.reduce(targets[row]) { $0 - loss[$1][row] * workspace.coordinates[$1] }
      let difference = ball.centreFactor * value - residual[row]
      return sum + difference * difference
    }
    return (square.squareRoot(), ball.radius)
  }
}
