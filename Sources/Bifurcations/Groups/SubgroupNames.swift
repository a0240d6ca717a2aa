/// Names of the subgroups of a symmetric group on at most seven points, such as `S4`, `D4`, `V4`, `S2xS3`, `C6`.
///
/// A group that is a product of groups on disjoint sets of points is named after its factors. A factor that does not
/// act on its points in the best known way has the lengths of its orbits behind its name: `S3[3,2]`. Where that does
/// not tell classes apart, letters do.
struct SubgroupNames: Sendable {
  /// In the order of the classes, all different.
  let names: [String]

  init(_ classes: SubgroupClasses) {
    let plain = classes.classes.map { Self.name($0, in: classes.group) }
    var used: [String: Int] = [:]
    let total = plain.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    names = plain.map { name in
      guard total[name] ?? 0 > 1 else { return name }
      let letter = Array("abcdefghij")[used[name, default: 0]]
      used[name, default: 0] += 1
      return "\(name)\(letter)"
    }
  }

  /// A part of a group that acts on its own points alone.
  private struct Factor {
    /// The distinct restrictions of the group's elements to its points, which are renamed 0, 1, ….
    let restrictions: [[Int]]
    let orbits: [[Int]]

    var order: Int { restrictions.count }
    var degree: Int { orbits.reduce(0) { $0 + $1.count } }

    init(_ rows: [[Int]], on orbits: [[Int]]) {
      let points = orbits.flatMap { $0 }
      let positions = Dictionary(uniqueKeysWithValues: points.enumerated().map { ($1, $0) })
      restrictions = Array(Set(rows.map { row in points.compactMap { positions[row[$0]] } }))
      self.orbits = orbits
    }
  }

  private static func name(_ subgroup: SubgroupClass, in group: SymmetricGroup) -> String {
    let rows = subgroup.members.elements.map { element in (0..<group.degree).map { group.image(element, $0) }
    }
    let orbits = SubgroupClass.orbits(subgroup.generators, in: group).filter { $0.count > 1 }
    guard !orbits.isEmpty else { return "1" }
    var named = factors(rows, orbits).map { (name: name($0), degree: $0.degree, order: $0.order) }
    named = mergingCyclic(named)
    return named.sorted { ($0.degree, $0.order, $0.name) < ($1.degree, $1.order, $1.name) }
      .map(\.name).joined(separator: "x")
  }

  /// Cuts the orbits into the smallest parts of which the group is the product.
  private static func factors(_ rows: [[Int]], _ orbits: [[Int]]) -> [Factor] {
    let whole = Factor(rows, on: orbits)
    // Parts with the first orbit, small ones first.
    let parts = (0..<(1 << (orbits.count - 1))).sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
    for part in parts.dropLast() {
      let first =
        [orbits[0]] + orbits.indices.dropFirst().filter { part >> ($0 - 1) & 1 == 1 }.map { orbits[$0] }
      let second = orbits.indices.dropFirst().filter { part >> ($0 - 1) & 1 == 0 }.map { orbits[$0] }
      let factor = Factor(rows, on: first)
      if factor.order * Factor(rows, on: second).order == whole.order {
        return [factor] + factors(rows, second)
      }
    }
    return [whole]
  }

  /// A product of cyclic groups of coprime orders, each on one orbit, is cyclic.
  private static func mergingCyclic(
    _ factors: [(name: String, degree: Int, order: Int)]
  ) -> [(name: String, degree: Int, order: Int)] {
    var factors = factors
    func isCyclic(_ factor: (name: String, degree: Int, order: Int)) -> Bool {
      factor.order == factor.degree && ["S2", "C\(factor.order)"].contains(factor.name)
    }
    for first in factors.indices where isCyclic(factors[first]) {
      for second in factors.indices where second > first && isCyclic(factors[second]) {
        let (left, right) = (factors[first], factors[second])
        guard (2...7).allSatisfy({ !left.order.isMultiple(of: $0) || !right.order.isMultiple(of: $0) }) else {
          continue
        }
        factors.remove(at: second)
        factors[first] = (
          "C\(left.order * right.order)", left.degree + right.degree, left.order * right.order
        )
        return factors
      }
    }
    return factors
  }

  private static func name(_ factor: Factor) -> String {
    let name = isomorphismType(factor)
    let lengths = factor.orbits.map(\.count).sorted(by: >)
    let isNatural = lengths.count == 1 && naturalDegrees[name] == lengths[0]
    return isNatural ? name : "\(name)[\(lengths.map(String.init).joined(separator: ","))]"
  }

  /// The degrees of the actions that need no explanation.
  private static let naturalDegrees = [
    "S2": 2, "C3": 3, "S3": 3, "C4": 4, "V4": 4, "D4": 4, "A4": 4, "S4": 4, "C5": 5, "D5": 5, "F20": 5,
    "A5": 5,
    "S5": 5, "D6": 6, "F36": 6, "S2wrS3": 6, "S3wrS2": 6, "A6": 6, "S6": 6, "C7": 7, "D7": 7, "F21": 7,
    "F42": 7,
    "PSL(3,2)": 7, "A7": 7, "S7": 7,
  ]

  /// The name of the abstract group; transitive wreath products have names of their own.
  private static func isomorphismType(_ factor: Factor) -> String {
    let orders = factor.restrictions.map(SubgroupNames.order).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let (involutions, exponent) = (orders[2] ?? 0, orders.keys.max() ?? 1)
    let isTransitive = factor.orbits.count == 1
    if exponent == factor.order { return factor.order == 2 && factor.degree == 2 ? "S2" : "C\(factor.order)" }
    switch (factor.order, involutions) {
    case (4, _): return "V4"
    case (6, _): return "S3"
    case (8, 7): return "C2^3"
    case (8, 5): return "D4"
    case (8, 3): return "C2xC4"
    case (9, _): return "C3^2"
    case (10, _): return "D5"
    case (12, 7): return "D6"
    case (12, 3): return "A4"
    case (12, 1): return "C3:C4"
    case (14, _): return "D7"
    case (16, 11): return "C2xD4"
    case (18, 3): return "C3xS3"
    case (18, 9): return "C3^2:C2"
    case (20, 5): return "F20"
    case (20, 11): return "D10"
    case (21, _): return "F21"
    case (24, 9) where exponent == 4: return "S4"
    case (24, 7) where exponent == 6: return "C2xA4"
    case (24, 9): return "C3:D4"
    case (24, 13): return "D12"
    case (24, 7): return "C4xS3"
    case (36, 15): return "S3xS3"
    case (36, 9): return "F36"
    case (42, _): return "F42"
    case (48, _): return isTransitive ? "S2wrS3" : "C2xS4"
    case (60, 15): return "A5"
    case (72, 21) where isTransitive: return "S3wrS2"
    case (72, _): return "(S3xS4)+"
    case (120, 25): return "S5"
    case (168, 21): return "PSL(3,2)"
    case (360, 45): return "A6"
    case (720, 75): return "S6"
    case (2520, _): return "A7"
    case (5040, _): return "S7"
    default: return "G\(factor.order)"
    }
  }

  /// The order of a permutation of 0, 1, ….
  private static func order(_ row: [Int]) -> Int {
    var (power, order) = (row, 1)
    while power.indices.contains(where: { power[$0] != $0 }) {
      power = power.map { row[$0] }
      order += 1
    }
    return order
  }
}
