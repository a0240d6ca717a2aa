/// The irreducible representations of the symmetric group S_k, k ≥ 4, that occur in the k × k matrices under
/// simultaneous permutations of rows and columns, by their partitions of k.
enum IsotypicType: CaseIterable {
  /// (k): the multiples of I and of the matrix of ones.
  case trivial
  /// (k−1, 1): vectors with sum zero, on the diagonal, in rows and in columns.
  case standard
  /// (k−2, 2): symmetric matrices with zero diagonal and zero row sums.
  case symmetric
  /// (k−2, 1, 1): antisymmetric matrices with zero row sums.
  case antisymmetric

  var name: String {
    switch self {
    case .trivial: "(k)"
    case .standard: "(k-1,1)"
    case .symmetric: "(k-2,2)"
    case .antisymmetric: "(k-2,1,1)"
    }
  }

  func partition(units k: Int) -> [Int] {
    switch self {
    case .trivial: [k]
    case .standard: [k - 1, 1]
    case .symmetric: [k - 2, 2]
    case .antisymmetric: [k - 2, 1, 1]
    }
  }

  func dimension(units k: Int) -> Int {
    switch self {
    case .trivial: 1
    case .standard: k - 1
    case .symmetric: k * (k - 3) / 2
    case .antisymmetric: (k - 1) * (k - 2) / 2
    }
  }

  /// How often it occurs in the matrices.
  var multiplicity: Int {
    switch self {
    case .trivial: 2
    case .standard: 3
    case .symmetric, .antisymmetric: 1
    }
  }
}
