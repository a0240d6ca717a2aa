import Algebra
import LandscapeModel
import Strata

/// The parameters of a trained network, as exact numbers.
public struct NetworkWeights<Rational: ExactRational>: Hashable, Sendable {
  /// Output weights, length `L`.
  public let a: [Rational]
  /// Hidden weights, `L × D`, the bias last where units have one.
  public let w: [[Rational]]

  /// - Throws: `WeightsError` if the numbers of units differ, or the lengths of the hidden weights.
  public init(a: [Rational], w: [[Rational]]) throws {
    guard !a.isEmpty else { throw WeightsError.noUnits }
    guard a.count == w.count else { throw WeightsError.unitCounts(a: a.count, w: w.count) }
    for (unit, row) in w.enumerated() where row.count != w[0].count {
      throw WeightsError.length(unit: unit + 1, expected: w[0].count, found: row.count)
    }
    self.a = a
    self.w = w
  }

  /// The number of units.
  public var units: Int { a.count }

  /// The training loss, exactly.
  func loss<Engine: AlgebraEngine>(of problem: Problem<Engine>) -> Rational
  where Engine.Rational == Rational {
    var total = Rational(0)
    for (vector, target) in zip(problem.vectors, problem.targets) {
      var residual = target
      for (output, weight) in zip(a, w) {
        let argument = Self.product(weight, vector)
        residual -= output * argument * problem.activation.slope(atSign: argument.signum())
      }
      total += residual * residual
    }
    let squares = zip(a, w).reduce(Rational(0)) { sum, unit in
      unit.1.reduce(sum + unit.0 * unit.0) { $0 + $1 * $1 }
    }
    return total + problem.ridge * squares
  }

  /// In doubles.
  var approximation: (a: [Double], w: [[Double]]) {
    (a.map(\.doubleValue), w.map { $0.map(\.doubleValue) })
  }

  static func product(_ left: [Rational], _ right: [Rational]) -> Rational {
    zip(left, right).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
  }
}

/// What is wrong with the weights of a network.
public enum WeightsError: Error, Hashable, Sendable {
  case noUnits
  case unitCounts(a: Int, w: Int)
  case length(unit: Int, expected: Int, found: Int)
}

extension WeightsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noUnits: "the network has no units"
    case .unitCounts(let a, let w): "there are \(a) output weights but \(w) hidden weights"
    case .length(let unit, let expected, let found):
      "the hidden weight of unit \(unit) has \(found) entries, not \(expected)"
    }
  }
}
