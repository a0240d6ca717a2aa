import Algebra
import LandscapeModel

/// A component before it is known how it stands among the others.
package struct UnrankedComponent<Engine: AlgebraEngine, Key: Comparable>: Sendable where Key: Sendable {
  package var component: LandscapeComponent
  /// With at least 20 digits more than asked for where that matters.
  package let loss: Engine.Ball
  /// What its loss belongs to: equal for components that have the same loss for certain.
  package let stratum: [Int]
  /// Orders components of equal loss.
  package let key: Key

  package init(component: LandscapeComponent, loss: Engine.Ball, stratum: [Int], key: Key) {
    self.component = component
    self.loss = loss
    self.stratum = stratum
    self.key = key
  }
}

/// The order of components by their losses.
package struct LossOrder<Engine: AlgebraEngine>: Sendable {
  private let digits: Int

  package init(digits: Int) { self.digits = digits }

  /// The components by their losses, numbered, with what is known about which is global for the width.
  ///
  /// - Parameter isComplete: whether these are all, and one of them is global.
  package func ranked<Key>(
    _ components: [UnrankedComponent<Engine, Key>], isComplete: Bool
  ) -> [LandscapeComponent] {
    let ranked = components.sorted { left, right in
      switch compare(left.loss, right.loss) {
      case .negative: true
      case .positive: false
      case .zero, .unknown: left.key < right.key
      }
    }
    let globals = globalForWidth(ranked, isComplete: isComplete)
    return ranked.indices.map { index in
      var component = ranked[index].component
      component.id = index + 1
      component.globalForWidth = globals[index]
      return component
    }
  }

  /// The sign of the difference; `unknown` if the numbers agree to 20 digits more than asked for.
  private func compare(_ left: Engine.Ball, _ right: Engine.Ball) -> BallSign {
    let difference = left - right
    guard let tolerance = try? Engine.Rational(10).power(-(digits + 20)) else { return .unknown }
    let size = left.absoluteValue + right.absoluteValue
    let bound = size * Engine.Ball(tolerance, precision: left.precision)
    return (difference.absoluteValue - bound).sign == .positive ? difference.sign : .unknown
  }

  private func globalForWidth<Key>(
    _ ranked: [UnrankedComponent<Engine, Key>], isComplete: Bool
  ) -> [Trilean] {
    if ranked.contains(where: \.component.globalForEveryWidth) {
      return ranked.map { $0.component.globalForEveryWidth ? .yes : .no }
    }
    guard let least = ranked.first else { return [] }
    // Only those that cannot be told from the first may be global, too.
    let isGreater = ranked.map { compare($0.loss, least.loss) == .positive }
    let isOneStratum = zip(ranked, isGreater).allSatisfy { $1 || $0.stratum == least.stratum }
    return isGreater.map { $0 ? .no : isComplete && isOneStratum ? .yes : .undecided }
  }
}
