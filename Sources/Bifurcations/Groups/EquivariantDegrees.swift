import Algebra

/// Gradient degrees of the linear maps −1 on representations of a symmetric group, in its Burnside ring.
///
/// The degree of −1 on V has the marks (−1)^dim V^H (Gęba, in Topological Nonlinear Analysis II, 1997,
/// pages 247–272; for a finite group the ring of gradient degrees is the Burnside ring).
struct EquivariantDegrees: Sendable {
  let table: TableOfMarks
  let names: SubgroupNames
  /// For each isotypic type the dimensions of the fixed spaces of the classes.
  private let fixedDimensions: [IsotypicType: [Int]]

  static let mostUnits = SymmetricGroup.mostPoints

  /// - Throws: `Interruption`.
  init(units: Int, control: Control) throws(Interruption) {
    let classes = try SubgroupClasses(degree: units, control: control)
    table = try TableOfMarks(classes, control: control)
    names = SubgroupNames(classes)
    fixedDimensions = Dictionary(
      uniqueKeysWithValues: IsotypicType.allCases.map { type in
        (type, classes.classes.map { type.fixedDimension(of: $0) })
      })
  }

  func fixedDimensions(_ type: IsotypicType) -> [Int] { fixedDimensions[type] ?? [] }

  /// The degree of −1 on copies of representations, as marks.
  func marks(_ multiplicities: [IsotypicType: Int]) -> [Int] {
    table.classes.classes.indices.map { position in
      let dimension = multiplicities.reduce(0) { $0 + fixedDimensions($1.key)[position] * $1.value }
      return dimension.isMultiple(of: 2) ? 1 : -1
    }
  }

  /// The degree of −1 on one copy, as coefficients of orbit types.
  func basicDegree(_ type: IsotypicType) -> [Int] { table.coefficients(marks: marks([type: 1])) }

  /// The difference of the degrees before and after a critical value, by the types that are negative there.
  func jump(from before: [IsotypicType: Int], to after: [IsotypicType: Int]) -> [Int] {
    table.coefficients(marks: zip(marks(before), marks(after)).map { $0 - $1 })
  }

  /// The classes of isotropy groups of vectors that are not zero, maximal ones only.
  func maximalOrbitTypes(_ type: IsotypicType) -> [Int] {
    let dimensions = fixedDimensions(type)
    let all = dimensions.indices
    let isotropy = all.filter { subgroup in
      dimensions[subgroup] > 0
        && all.allSatisfy {
          $0 == subgroup || !table.isSubconjugate(subgroup, to: $0) || dimensions[$0] < dimensions[subgroup]
        }
    }
    return isotropy.filter { subgroup in
      !isotropy.contains { $0 != subgroup && table.isSubconjugate(subgroup, to: $0) }
    }
  }
}

extension IsotypicType {
  /// The character at a permutation with the given cycles.
  func character(_ cycleType: [Int]) -> Int {
    let (fixed, swaps) = (cycleType.count { $0 == 1 }, cycleType.count { $0 == 2 })
    return switch self {
    case .trivial: 1
    case .standard: fixed - 1
    case .symmetric: fixed * (fixed - 3) / 2 + swaps
    case .antisymmetric: (fixed - 1) * (fixed - 2) / 2 - swaps
    }
  }

  /// The dimension of the space that a subgroup fixes: the mean of the character.
  func fixedDimension(of subgroup: SubgroupClass) -> Int {
    subgroup.cycleTypes.reduce(0) { $0 + $1.value * character($1.key) } / subgroup.order
  }
}
