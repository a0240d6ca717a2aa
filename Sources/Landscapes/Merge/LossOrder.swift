import Algebra
import LandscapeModel

/// The order of components by their losses.
struct LossOrder<Engine: AlgebraEngine> {
  let digits: Int

  /// The sign of the difference; `unknown` if the numbers agree to 20 digits more than asked for.
  func compare(_ left: Engine.Ball, _ right: Engine.Ball) -> BallSign {
    let difference = left - right
    guard let tolerance = try? Engine.Rational(10).power(-(digits + 20)) else { return .unknown }
    let size = left.absoluteValue + right.absoluteValue
    let bound = size * Engine.Ball(tolerance, precision: left.precision)
    return (difference.absoluteValue - bound).sign == .positive ? difference.sign : .unknown
  }

  /// Which components are global minima for the width.
  ///
  /// - Parameters:
  ///   - ranked: the components, sorted by their losses. Those of one stratum have the same loss.
  ///   - isComplete: whether these are all, and one of them is global.
  func globalForWidth<Stratum: Equatable>(
    _ ranked: [(loss: Engine.Ball, isGlobalForEveryWidth: Bool, stratum: Stratum)], isComplete: Bool
  ) -> [Trilean] {
    if ranked.contains(where: \.isGlobalForEveryWidth) {
      return ranked.map { $0.isGlobalForEveryWidth ? .yes : .no }
    }
    guard let least = ranked.first else { return [] }
    // Only those that cannot be told from the first may be global, too.
    let isGreater = ranked.map { compare($0.loss, least.loss) == .positive }
    let isOneStratum = zip(ranked, isGreater).allSatisfy { $1 || $0.stratum == least.stratum }
    return isGreater.map { $0 ? .no : isComplete && isOneStratum ? .yes : .undecided }
  }
}
