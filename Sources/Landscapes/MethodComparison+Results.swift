import Algebra
import LandscapeModel

extension MethodComparison {
  /// - Parameter numbers: what compares the enclosures' bounds.
  /// - Throws: `AlgebraError` if a bound is not a number.
  public init<R: ExactRational>(
    _ convex: EnumerationResult, _ algebraic: EnumerationResult, numbers: R.Type
  ) throws {
    self.init()
    var remaining = algebraic.components
    for component in convex.components {
      let places = remaining.indices.filter { Self.key(remaining[$0]) == Self.key(component) }
      // Equal patterns are told apart by the loss.
      let place = try places.first { try Self.overlap(remaining[$0].loss, component.loss, numbers) }
      if let place {
        agreements += 1
        contradictions += try Self.differences(component, remaining.remove(at: place), numbers)
      } else if Self.isUndecided(component, in: algebraic) {
        compatible += 1
      } else {
        contradictions.append("only the convex road lists \(Self.text(component))")
      }
    }
    for component in remaining {
      if Self.isUndecided(component, in: convex) {
        compatible += 1
      } else {
        contradictions.append("only the algebraic road lists \(Self.text(component))")
      }
    }
    for (left, right) in [(convex, algebraic), (algebraic, convex)]
    where left.complete && !right.complete && right.undecided.isEmpty && right.unvisited == 0 {
      contradictions.append("the \(right.method) road is incomplete without a reason")
    }
  }

  /// What identifies a component but for numbers.
  private static func key(_ component: LandscapeComponent) -> String {
    let units = component.units.map { "\($0.pattern) \($0.outputSign) \($0.count)" }
    return "\(units) \(component.dimension) \(component.ends) \(component.location) \(component.orbitSize)"
  }

  private static func text(_ component: LandscapeComponent) -> String {
    let units = component.units.map { "\($0.count)·\($0.outputSign > 0 ? "+" : "-")\($0.pattern)" }
    return "\(units.joined(separator: " ")) of dimension \(component.dimension) with loss "
      + component.loss.lower
  }

  /// Whether the component may lie on a stratum that the result has left open.
  private static func isUndecided(_ component: LandscapeComponent, in result: EnumerationResult) -> Bool {
    if result.unvisited > 0 { return true }
    let faces = Set(component.units.filter { $0.outputSign != 0 }.map(\.pattern))
    return result.undecided.contains {
      !faces.isDisjoint(with: $0.faces) || faces.isEmpty || $0.faces.isEmpty
    }
  }

  private static func differences<R: ExactRational>(
    _ left: LandscapeComponent, _ right: LandscapeComponent, _ numbers: R.Type
  ) throws -> [String] {
    var found: [String] = []
    func check(_ name: String, _ a: DecimalEnclosure?, _ b: DecimalEnclosure?) throws {
      if let a, let b, try !overlap(a, b, numbers) {
        found.append("\(name) of \(text(left)): [\(a.lower), \(a.upper)] and [\(b.lower), \(b.upper)]")
      }
    }
    try check("the ratio", left.certificateRatio, right.certificateRatio)
    for (a, b) in zip(left.units, right.units) { try check("the share on \(a.pattern)", a.total, b.total) }
    if left.dimension == 0 {
      for (a, b) in zip(left.point.a, right.point.a) { try check("an output weight", a, b) }
      for (a, b) in zip(left.point.w.joined(), right.point.w.joined()) {
        try check("a hidden weight", a, b)
      }
    }
    if (left.vertices?.count ?? 1) != (right.vertices?.count ?? 1) {
      found.append("the number of vertices of \(text(left))")
    }
    let globals = [left.globalForWidth, right.globalForWidth]
    if globals.contains(.yes), globals.contains(.no) {
      found.append("whether \(text(left)) is global for the width")
    }
    if left.globalForEveryWidth != right.globalForEveryWidth {
      found.append("whether \(text(left)) is global for every width")
    }
    return found
  }

  private static func overlap<R: ExactRational>(
    _ left: DecimalEnclosure, _ right: DecimalEnclosure, _ numbers: R.Type
  ) throws -> Bool {
    try R(exactly: left.lower) <= R(exactly: right.upper) && R(exactly: right.lower) <= R(exactly: left.upper)
  }
}

extension EnumerationResult {
  /// The strata that a limit has left over.
  package var unvisited: Int { strata.total - strata.decided.total - strata.undecided }
}
