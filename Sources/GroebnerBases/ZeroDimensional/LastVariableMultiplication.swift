import Algebra

/// Multiplication by the last variable in the ring modulo a zero-dimensional ideal: for ideals in which every
/// product of a standard monomial with the last variable is a standard or a leading monomial, so that nothing
/// needs to be reduced.
///
/// That is the rule for the degree reverse lexicographic order in generic coordinates (Faugère, Gaudry, Huot,
/// Renault, ISSAC 2014, doi:10.1145/2608628.2608669). Nothing here depends on the basis's coefficients.
struct LastVariableMultiplication: Sendable {
  let dimension: Int
  /// The terms of the basis whose coefficients are needed, row after row.
  let terms: [Int]
  /// The standard monomial that each product is, or −1 − (number of its row).
  private let products: [Int]
  /// For each coordinate but the last its number among the standard monomials, or −1 − (number of its row).
  private let coordinates: [Int]
  /// An element of the basis, whose tail is the normal form of its leading monomial.
  private struct Row {
    /// Where the leading coefficient stands in `terms`; the others follow.
    var lead: Int
    var columns: [Int]
  }
  private let rows: [Row]

  /// `nil` if a product would have to be reduced.
  init?(_ basis: PackedBasis, standardMonomials: [[UInt32]]) {
    let n = basis.layout.variableCount
    let number = Dictionary(uniqueKeysWithValues: standardMonomials.enumerated().map { ($1, $0) })
    let elements = Dictionary(
      uniqueKeysWithValues: (0..<basis.count).map {
        (basis.exponents(ofTerms: basis.starts[$0]..<basis.starts[$0] + 1), $0)
      })
    var terms: [Int] = []
    var rows: [Row] = []
    var rowOfElement: [Int: Int] = [:]
    func place(_ monomial: [UInt32]) -> Int? {
      if let place = number[monomial] { return place }
      guard let element = elements[monomial] else { return nil }
      if let row = rowOfElement[element] { return -1 - row }
      let range = basis.starts[element]..<basis.starts[element + 1]
      let columns = range.dropFirst().compactMap { number[basis.exponents(ofTerms: $0..<$0 + 1)] }
      precondition(columns.count == range.count - 1, "tails of a reduced basis consist of standard monomials")
      rowOfElement[element] = rows.count
      rows.append(Row(lead: terms.count, columns: columns))
      terms += range
      return -rows.count
    }
    var products: [Int] = []
    for vector in standardMonomials {
      var product = vector
      product[n - 1] += 1
      guard let place = place(product) else { return nil }
      products.append(place)
    }
    var coordinates: [Int] = []
    for variable in 0..<n - 1 {
      var vector = [UInt32](repeating: 0, count: n)
      vector[variable] = 1
      guard let place = place(vector) else { return nil }
      coordinates.append(place)
    }
    dimension = standardMonomials.count
    self.terms = terms
    self.products = products
    self.coordinates = coordinates
    self.rows = rows
  }

  /// The matrix modulo a prime; `nil` if the prime divides a leading coefficient.
  ///
  /// - Parameter coefficients: of `terms`, modulo the prime.
  func matrix(coefficients: [UInt32], field: PrimeField) -> MultiplicationMatrix? {
    let matrix = MultiplicationMatrix(
      dimension: dimension, products: products, coordinates: coordinates, rowCount: rows.count, field: field)
    for (number, row) in rows.enumerated() {
      let lead = coefficients[row.lead]
      guard lead != 0 else { return nil }
      let factor = field.negate(field.inverse(lead))
      for (term, column) in row.columns.enumerated() {
        matrix.row(number)[column] = field.multiply(coefficients[row.lead + 1 + term], factor)
      }
    }
    return matrix
  }
}
