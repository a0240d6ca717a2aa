import Algebra

/// Minors of a matrix of polynomials, each computed once.
package final class MinorTable<Polynomial: RationalPolynomial> {
  private let entries: [[Polynomial]]
  private let zero: Polynomial
  private let one: Polynomial
  private var known: [[[Int]]: Polynomial] = [:]

  package init(_ entries: [[Polynomial]], ring: Polynomial.Ring) where Polynomial.Ring.Element == Polynomial {
    self.entries = entries
    zero = ring.zero
    one = ring.constant(1)
  }

  /// By expansion along the first of the rows. As many columns as rows.
  package func minor(rows: [Int], columns: [Int]) throws -> Polynomial {
    guard let row = rows.first else { return one }
    if let value = known[[rows, columns]] { return value }
    var sum = zero
    let rest = Array(rows.dropFirst())
    for (place, column) in columns.enumerated() where !entries[row][column].isZero {
      var others = columns
      others.remove(at: place)
      let term = try entries[row][column].multiplied(by: minor(rows: rest, columns: others))
      sum = try place % 2 == 0 ? sum.adding(term) : sum.subtracting(term)
    }
    known[[rows, columns]] = sum
    return sum
  }
}
