import Algebra

/// All subgroups of a symmetric group up to conjugacy, in a canonical order: by order, then orbits, then elements.
///
/// Every subgroup is reached from the trivial one by adding elements of prime power order (the method of cyclic
/// extension, Neubüser, Numer. Math. 2, 1960, without its restriction to normal steps, so that perfect groups are
/// found, too). Cost: 96 classes for 7 points, in a second.
struct SubgroupClasses: Sendable {
  let group: SymmetricGroup
  let classes: [SubgroupClass]

  /// - Throws: `Interruption`.
  init(degree: Int, control: Control) throws(Interruption) {
    let group = SymmetricGroup(degree: degree)
    var search = Search(group: group)
    try search.run(control: control)
    self.group = group
    classes = search.classes.sorted(by: Self.precedes)
  }

  private static func precedes(_ left: SubgroupClass, _ right: SubgroupClass) -> Bool {
    if left.order != right.order { return left.order < right.order }
    if left.orbits != right.orbits { return left.orbits.lexicographicallyPrecedes(right.orbits) }
    return left.members.precedes(right.members)
  }
}

extension SubgroupClasses {
  /// What is known while the classes are being found.
  private struct Search {
    let group: SymmetricGroup
    /// The cyclic subgroups of prime power order: the least generator of each.
    private let seeds: [Int]
    /// For each element the seed of the subgroup that it generates, if that has prime power order.
    private let seedOfElement: [Int: Int]
    private(set) var classes: [SubgroupClass] = []
    /// All subgroups of the classes found.
    private var known: Set<ElementSet> = []

    init(group: SymmetricGroup) {
      self.group = group
      var seedOfElement: [Int: Int] = [:]
      var seeds: [Int] = []
      for element in 1..<max(group.order, 1) where seedOfElement[element] == nil {
        let order = group.elementOrder(element)
        guard Self.isPrimePower(order) else { continue }
        seeds.append(element)
        var (power, exponent) = (element, 1)
        while power != 0 {
          if Self.greatestCommonDivisor(exponent, order) == 1 { seedOfElement[power] = element }
          power = group.product(power, element)
          exponent += 1
        }
      }
      self.seeds = seeds
      self.seedOfElement = seedOfElement
    }

    private static func isPrimePower(_ number: Int) -> Bool {
      guard let prime = (2...max(number, 2)).first(where: { number.isMultiple(of: $0) }) else { return false }
      var rest = number
      while rest.isMultiple(of: prime) { rest /= prime }
      return rest == 1
    }

    private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
      second == 0 ? first : greatestCommonDivisor(second, first % second)
    }

    mutating func run(control: Control) throws(Interruption) {
      var queue = [(subgroup: classes.count, normaliser: register(group.closure([])))]
      while let (subgroup, normaliser) = queue.popLast() {
        try control.check()
        let current = classes[subgroup]
        for seed in seedOrbits(outside: current.members, under: normaliser) {
          let larger = group.closure(current.generators + [seed])
          guard !known.contains(larger) else { continue }
          let index = classes.count
          queue.append((index, register(larger)))
        }
      }
    }

    /// One seed of each orbit under conjugation that is not in a set.
    private func seedOrbits(outside members: ElementSet, under normaliser: [Int]) -> [Int] {
      var seen = ElementSet(capacity: group.order)
      return seeds.filter { seed in
        guard !members.contains(seed), !seen.contains(seed) else { return false }
        for x in normaliser {
          if let image = seedOfElement[group.conjugate(seed, by: x)] { seen.insert(image) }
        }
        return true
      }
    }

    /// Keeps the class of a new subgroup.
    ///
    /// - Returns: the normaliser of its representative.
    private mutating func register(_ members: ElementSet) -> [Int] {
      let elements = members.elements
      let generators = SubgroupClass(members: members, conjugates: 1, in: group).generators
      let normaliser = (0..<group.order).filter { x in
        generators.allSatisfy { members.contains(group.conjugate($0, by: x)) }
      }
      var visited = ElementSet(capacity: group.order)
      var (first, conjugator, count) = (members, 0, 0)
      for x in 0..<group.order where !visited.contains(x) {
        for n in normaliser { visited.insert(group.product(x, n)) }
        var conjugate = ElementSet(capacity: group.order)
        for element in elements { conjugate.insert(group.conjugate(element, by: x)) }
        known.insert(conjugate)
        count += 1
        if conjugate.precedes(first) { (first, conjugator) = (conjugate, x) }
      }
      classes.append(SubgroupClass(members: first, conjugates: count, in: group))
      return normaliser.map { group.conjugate($0, by: conjugator) }
    }
  }
}
