import LandscapeModel

/// How large the set of forms is that a width can represent.
///
/// `low-dimensional`: a set of lower dimension than the space of forms; `thick`: its closure over the complex
/// numbers is everything, but not every form is known to belong to it; `filling`: every form does.
public struct WidthRegime: Hashable, Sendable {
  public let kind: TeacherResult.Regime
  public let details: TeacherResult.Dimensions

  /// By the theorem of Alexander and Hirschowitz, exceptions included; real ranks are at most twice the
  /// generic one (Blekherman and Teitler, doi:10.1007/s00208-014-1150-3), and at most the degree for two inputs.
  ///
  /// - Parameters:
  ///   - inputs: n ≥ 1.
  ///   - degree: m ≥ 2.
  ///   - width: r ≥ 1.
  public init(inputs n: Int, degree m: Int, width r: Int) {
    let ambient = MonomialBasis(inputs: n, degree: m).count
    let generic = Self.genericRank(inputs: n, degree: m)
    let filling = n == 1 ? 1 : m == 2 ? n : n == 2 ? max(generic, m) : 2 * generic
    kind = r >= filling ? .filling : r >= generic ? .thick : .lowDimensional
    details = TeacherResult.Dimensions(
      ambient: ambient, expected: min(r * n, ambient), actual: Self.dimension(inputs: n, degree: m, width: r),
      genericRank: generic,
      // Quadratic units: with rank X < n ≤ r a unit can be emptied along a set of constant loss, and descends
      // from there with the right sign. Other degrees: as many units as there are monomials.
      spuriousValleys: (m == 2 && r >= n) || r >= ambient || n == 1 ? .none : .possible)
  }

  /// The dimension of the closure of the forms of rank at most r.
  public static func dimension(inputs n: Int, degree m: Int, width r: Int) -> Int {
    let ambient = MonomialBasis(inputs: n, degree: m).count
    if m == 2 {
      let rank = min(r, n)
      return rank * n - rank * (rank - 1) / 2
    }
    return min(r * n, ambient) - (isException(inputs: n, degree: m, width: r) ? 1 : 0)
  }

  /// The rank of general complex forms.
  public static func genericRank(inputs n: Int, degree m: Int) -> Int {
    if m == 2 { return n }
    let ambient = MonomialBasis(inputs: n, degree: m).count
    let expected = (ambient + n - 1) / n
    return isException(inputs: n, degree: m, width: expected) ? expected + 1 : expected
  }

  /// The defective cases of degree at least 3.
  private static func isException(inputs n: Int, degree m: Int, width r: Int) -> Bool {
    [[3, 4, 5], [4, 4, 9], [5, 4, 14], [5, 3, 7]].contains([n, m, r])
  }
}
