import Algebra
import GroebnerBases

extension Ideal {
  /// The greatest sets of variables of which no product of powers is a leading monomial of the basis: they are
  /// independent modulo the ideal, and as many as its dimension (Kredel and Weispfenning, J. Symb. Comp. 6,
  /// 1988). In lexicographic sequence; none for the unit ideal.
  ///
  /// - Parameter limit: how many sets are looked for.
  /// - Throws: `Interruption`.
  public func maximalIndependentSets(limit: Int = 1000, control: Control = Control()) throws -> [[Int]] {
    guard !isUnit else { return [] }
    let supports = basis.leadingExponents.map { vector in Set(vector.indices.filter { vector[$0] > 0 }) }
    let size = try basis.hilbertSeries(control: control).dimension
    var found: [[Int]] = []
    func extend(_ set: [Int], from first: Int) throws {
      try control.check()
      if found.count >= limit { return }
      if set.count == size {
        found.append(set)
        return
      }
      // Enough variables must be left.
      guard variableCount - first >= size - set.count else { return }
      for variable in first..<variableCount {
        let larger = set + [variable]
        if supports.allSatisfy({ !$0.isSubset(of: larger) }) { try extend(larger, from: variable + 1) }
      }
    }
    try extend([], from: 0)
    return found
  }
}
