/// A conjugacy class of subgroups of a symmetric group.
struct SubgroupClass: Sendable {
  /// The elements of the representative: of all conjugates the one whose list of elements comes first.
  let members: ElementSet
  /// A few elements that generate the representative.
  let generators: [Int]
  /// How many conjugates there are.
  let conjugates: Int
  /// The orbits' lengths, descending.
  let orbits: [Int]
  /// How many elements have each cycle type.
  let cycleTypes: [[Int]: Int]

  var order: Int { members.count }

  init(members: ElementSet, conjugates: Int, in group: SymmetricGroup) {
    self.members = members
    self.conjugates = conjugates
    let elements = members.elements
    cycleTypes = elements.reduce(into: [:]) { $0[group.cycleType($1), default: 0] += 1 }
    generators = Self.generators(elements, in: group)
    orbits = Self.orbits(generators, in: group).map(\.count).sorted(by: >)
  }

  /// Elements of great order first, each of which enlarges most what those before it generate.
  private static func generators(_ elements: [Int], in group: SymmetricGroup) -> [Int] {
    let byOrder = elements.map { ($0, group.elementOrder($0)) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    var generators: [Int] = []
    var generated = group.closure([])
    while generated.count < elements.count {
      var best: (element: Int, closure: ElementSet)?
      for (element, _) in byOrder where !generated.contains(element) {
        let closure = group.closure(generators + [element])
        if closure.count > best?.closure.count ?? 0 { best = (element, closure) }
        if closure.count == elements.count { break }
      }
      guard let best else { preconditionFailure("some element is not generated yet") }
      generators.append(best.element)
      generated = best.closure
    }
    return generators
  }

  /// The orbits of the group that some elements generate, ordered by their first points.
  static func orbits(_ generators: [Int], in group: SymmetricGroup) -> [[Int]] {
    var seen = [Bool](repeating: false, count: group.degree)
    var orbits: [[Int]] = []
    for start in 0..<group.degree where !seen[start] {
      var orbit = [start]
      seen[start] = true
      var next = 0
      while next < orbit.count {
        for generator in generators {
          let image = group.image(generator, orbit[next])
          if !seen[image] {
            seen[image] = true
            orbit.append(image)
          }
        }
        next += 1
      }
      orbits.append(orbit.sorted())
    }
    return orbits
  }
}
