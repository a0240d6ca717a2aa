/// The monomials of one degree in a number of inputs, in descending lexicographic order.
public struct MonomialBasis: Hashable, Sendable {
  public let inputs: Int
  public let degree: Int
  /// The exponent vectors.
  public let exponents: [[Int]]
  private let places: [[Int]: Int]

  /// - Parameters:
  ///   - inputs: at least 1.
  ///   - degree: at least 0.
  public init(inputs: Int, degree: Int) {
    precondition(inputs >= 1 && degree >= 0)
    self.inputs = inputs
    self.degree = degree
    exponents = Self.vectors(inputs, degree)
    places = Dictionary(uniqueKeysWithValues: exponents.enumerated().map { ($1, $0) })
  }

  public var count: Int { exponents.count }

  /// The place of a monomial, `nil` for another degree or number of inputs.
  public func place(of exponents: [Int]) -> Int? { places[exponents] }

  /// The place of `x_i · x_j`, for degree two.
  func place(_ i: Int, _ j: Int) -> Int {
    var vector = [Int](repeating: 0, count: inputs)
    vector[i] += 1
    vector[j] += 1
    guard let place = places[vector] else { preconditionFailure("the degree is two") }
    return place
  }

  /// How often the monomial occurs in a power of the sum of the inputs.
  func multinomial(_ exponents: [Int]) -> Int {
    var (result, sum) = (1, 0)
    for exponent in exponents {
      for k in 0..<exponent {
        sum += 1
        result = result * sum / (k + 1)
      }
    }
    return result
  }

  /// `x^2*y`, with the names of the inputs.
  public func text(_ place: Int, names: [String]) -> String {
    let factors = zip(names, exponents[place]).filter { $1 > 0 }.map { $1 == 1 ? $0 : "\($0)^\($1)" }
    return factors.joined(separator: "*")
  }

  private static func vectors(_ inputs: Int, _ degree: Int) -> [[Int]] {
    if inputs == 1 { return [[degree]] }
    return (0...degree).reversed().flatMap { first in
      vectors(inputs - 1, degree - first).map { [first] + $0 }
    }
  }
}
