/// Whether the results of the two methods on one problem contradict each other.
///
/// A component that only one method lists is compatible with a stratum that the other has left undecided; such
/// components are counted.
public struct MethodComparison: Codable, Hashable, Sendable {
  /// The number of components that both methods list.
  public private(set) var agreements = 0
  /// The number of components that one method lists where the other is undecided.
  public private(set) var compatible = 0
  /// What cannot both be true, in words; empty if the methods agree.
  public private(set) var contradictions: [String] = []

  /// Compares the results of the convex and the algebraic method on one problem.
  public init(_ convex: EnumerationResult, _ algebraic: EnumerationResult) {
    var remaining = algebraic.components
    for component in convex.components {
      let places = remaining.indices.filter { Self.key(remaining[$0]) == Self.key(component) }
      // Equal patterns are told apart by the loss.
      let place = places.first { remaining[$0].loss.overlaps(component.loss) }
      if let place {
        agreements += 1
        contradictions += Self.differences(component, remaining.remove(at: place))
      } else if Self.isUndecided(component, in: algebraic) {
        compatible += 1
      } else {
        contradictions.append("only the convex method lists \(Self.text(component))")
      }
    }
    for component in remaining {
      if Self.isUndecided(component, in: convex) {
        compatible += 1
      } else {
        contradictions.append("only the algebraic method lists \(Self.text(component))")
      }
    }
    for (left, right) in [(convex, algebraic), (algebraic, convex)]
    where left.complete && !right.complete && right.undecided.isEmpty && right.unvisitedStrata == 0 {
      contradictions.append("the \(right.method.rawValue) method is incomplete without a reason")
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
      + "\(component.loss.lower)"
  }

  /// Whether the component may lie on a stratum that the result has left open.
  private static func isUndecided(_ component: LandscapeComponent, in result: EnumerationResult) -> Bool {
    if result.unvisitedStrata > 0 { return true }
    let faces = Set(component.units.filter { $0.outputSign != 0 }.map(\.pattern))
    return result.undecided.contains { undecided in
      guard case .global = undecided else { return !faces.isDisjoint(with: undecided.faces) || faces.isEmpty }
      return true
    }
  }

  private static func differences(
    _ left: LandscapeComponent, _ right: LandscapeComponent
  ) -> [String] {
    var found: [String] = []
    func check(_ name: String, _ a: DecimalEnclosure?, _ b: DecimalEnclosure?) {
      if let a, let b, !a.overlaps(b) {
        found.append("\(name) of \(text(left)): [\(a.lower), \(a.upper)] and [\(b.lower), \(b.upper)]")
      }
    }
    check("the ratio", left.certificateRatio, right.certificateRatio)
    for (a, b) in zip(left.units, right.units) { check("the share on \(a.pattern)", a.total, b.total) }
    if left.dimension == 0 {
      for (a, b) in zip(left.point.a, right.point.a) { check("an output weight", a, b) }
      for (a, b) in zip(left.point.w.joined(), right.point.w.joined()) {
        check("a hidden weight", a, b)
      }
      for (a, b) in zip(left.point.c ?? [], right.point.c ?? []) { check("a linear coefficient", a, b) }
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
}
