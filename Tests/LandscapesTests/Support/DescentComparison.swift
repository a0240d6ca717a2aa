import Algebra
import FlintEngine
import LandscapeModel

/// Compares the end points of descents from random starts with the components of a result.
final class DescentComparison {
  let problem: SmallProblem
  let result: EnumerationResult
  let loss: SquaredLoss
  let listed: [ListedComponent]
  private let search: DescentSearch

  /// End points on a listed component.
  private(set) var matched = 0
  /// End points that are no minima: the descent was still creeping down a flat valley when it was stopped.
  private(set) var creeping = 0
  /// What is at odds with the result.
  private(set) var complaints: [String] = []
  private(set) var lowest = Double.infinity
  private var found: Set<Int> = []

  init(_ problem: SmallProblem, seed: UInt64) throws {
    self.problem = problem
    result = try problem.enumerated()
    let loss = SquaredLoss(try problem.problem())
    self.loss = loss
    listed = result.components.map { ListedComponent($0, loss) }
    search = DescentSearch(loss, seed: seed)
  }

  /// How often a dead unit was moved on where it lowers the loss.
  var revivedCount: Int { search.revivals }

  /// The number of components that were found.
  var foundCount: Int { found.count }

  func run(starts: Int) {
    for _ in 0..<starts { compare(search.descend(from: search.randomStart())) }
    checkGlobalMinimum()
  }

  private func compare(_ first: DescentSearch.End) {
    var end = first
    for attempt in 0..<6 {
      if attempt > 0 {
        end = search.descend(from: search.kicked(end.parameters, by: attempt % 2 == 0 ? 1e-2 : 1e-3))
      }
      lowest = min(lowest, end.value)
      if let index = match(end) {
        matched += 1
        found.insert(index)
        return
      }
    }
    if end.value < first.value - 1e-11 * (1 + first.value) || isAboveListedPoint(end) {
      creeping += 1
      return
    }
    let residual = loss.residual(of: end.parameters)
    let reasons = listed.map {
      "\($0.component.id): \($0.mismatch(end.parameters, value: end.value, residual: residual) ?? "")"
    }
    complaints.append(
      "end point \(end.parameters) with loss \(end.value), stationarity \(end.stationarity): \(reasons)")
  }

  private func match(_ end: DescentSearch.End) -> Int? {
    let residual = loss.residual(of: end.parameters)
    return listed.firstIndex { $0.mismatch(end.parameters, value: end.value, residual: residual) == nil }
  }

  /// Whether the loss falls all along some path to a component.
  private func isAboveListedPoint(_ end: DescentSearch.End) -> Bool {
    listed.contains { component in
      let rounding = 1e-14 * (1 + end.value)
      guard component.value < end.value - 20 * rounding,
        component.value > end.value - 1e-6 * (1 + end.value)
      else { return false }
      return component.points(near: end.parameters).contains { point in
        var value = end.value
        return (1...20).allSatisfy { step in
          let next = loss.value(of: between(end.parameters, point, Double(step) / 20))
          defer { value = next }
          return next < value + rounding
        }
      }
    }
  }

  /// Balanced units whose products `a w` lie between those of two points.
  private func between(_ start: [Double], _ end: [Double], _ position: Double) -> [Double] {
    (0..<loss.units).flatMap { unit in
      let range = unit * loss.stride..<(unit + 1) * loss.stride
      let (first, last) = (Array(start[range]), Array(end[range]))
      let product = (1..<loss.stride).map {
        (1 - position) * first[0] * first[$0] + position * last[0] * last[$0]
      }
      let size = product.reduce(0) { $0 + $1 * $1 }.squareRoot().squareRoot()
      let output = last[0] < 0 ? -size : size
      return [output] + product.map { size > 0 ? $0 / output : 0 }
    }
  }

  /// The lowest end point has the loss of the components that are global.
  private func checkGlobalMinimum() {
    guard let best = listed.first(where: { $0.component.globalForWidth != .no }) else {
      complaints.append("no component is global")
      return
    }
    let tolerance = 1e-7 * (1 + best.value)
    // The start may have to be in a small basin.
    for _ in 0..<200 where lowest > best.value + tolerance {
      lowest = min(lowest, search.descend(from: search.randomStart()).value)
    }
    if lowest > best.value + tolerance {
      lowest = min(lowest, search.descend(from: search.kicked(best.parameters, by: 1e-4)).value)
    }
    if lowest > best.value + tolerance { complaints.append("\(best.value) not reached, only \(lowest)") }
    if lowest < best.value - tolerance {
      complaints.append("\(lowest) is below the global minimum \(best.value)")
    }
  }
}
