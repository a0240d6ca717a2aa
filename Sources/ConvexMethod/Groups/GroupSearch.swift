import Algebra
import Strata

/// Finds the strata of the plane (`D = 2`) that cannot be excluded in groups, by branch and bound.
///
/// A group is here a list of disjoint cells of directions in their order, each with the number of distinct faces that
/// are in it, and with the output signs that are still possible. Groups that `GroupTest` does not exclude are cut in two
/// at a ray of the data. So every stratum lies in one group at any time, and is either excluded or handed on by itself.
///
/// Units of one sign whose cells touch are tested as one thick unit first: that is a test for fewer units, and the Gram
/// matrix of units with nearly one direction is nearly singular.
///
/// One instance serves one thread.
package final class GroupSearch {
  /// Consecutive faces, of which so many are in the strata.
  private struct Part {
    let cell: PlanarCells.Cell
    let count: Int
  }

  /// The greatest number of faces in a stratum for which there are groups.
  package static var mostFaces: Int { GroupTest.mostUnits }

  private let cells: PlanarCells
  private let test: GroupTest
  /// The number of groups that were tested.
  package private(set) var groups = 0
  /// The parts of the groups that are to be tested, one group after the other.
  private var parts: [Part] = []
  /// For each of these groups the number of its parts, and the combinations of output signs that are possible.
  private var stack: [(count: Int, signs: UInt64)] = []

  /// Of the group that was tested last: how much the width of each part stands in the way of a verdict.
  private var urgency: [Double] = []

  package init(cells: PlanarCells, tables: FilterTables) {
    self.cells = cells
    test = GroupTest(cells: cells, tables: tables)
  }

  /// Visits all sets of `size` faces, the first at one of these positions, that the tests leave open; in an order that
  /// depends on the problem alone.
  ///
  /// - Parameters:
  ///   - size: from 1 to `mostFaces`.
  ///   - first: not empty.
  ///   - visit: gets the positions of the faces, increasing.
  /// - Throws: `Interruption`, what `visit` throws.
  package func search(
    size: Int, first: Range<Int>, control: Control, _ visit: (_ positions: [Int]) throws -> Void
  ) throws {
    begin(size: size, first: first)
    while let (group, signs) = next() {
      try control.check()
      let signs = possibleSigns(group, signs)
      if signs == 0 { continue }
      guard let position = mostUrgent(group) else {
        try visit(group.map(\.cell.positions.lowerBound))
        continue
      }
      cut(group, at: position, signs)
    }
  }

  /// Follows one random path down the tree of groups. The means of both numbers over many paths are those of the groups
  /// and of the sets that `search` would visit (Knuth, *Estimating the efficiency of backtrack programs*, Math. Comp. 29,
  /// 1975, doi:10.1090/S0025-5718-1975-0373371-6).
  ///
  /// - Returns: also the set at the end of the path, if there is one.
  package func probe(
    size: Int, first: Range<Int>, using generator: inout SeededGenerator
  ) -> (groups: Double, sets: Double, positions: [Int]?) {
    begin(size: size, first: first)
    var (groups, weight) = (0.0, 1.0)
    while !stack.isEmpty {
      weight *= Double(stack.count)
      let chosen = Int.random(in: 0..<stack.count, using: &generator)
      while stack.count > chosen + 1 { _ = next() }
      guard let (group, before) = next() else { break }
      parts.removeAll(keepingCapacity: true)
      stack.removeAll(keepingCapacity: true)
      groups += weight
      let signs = possibleSigns(group, before)
      if signs == 0 { break }
      guard let position = mostUrgent(group) else {
        return (groups, weight, group.map(\.cell.positions.lowerBound))
      }
      cut(group, at: position, signs)
    }
    return (groups, 0, nil)
  }

  /// Starts with the groups of all sets.
  private func begin(size: Int, first: Range<Int>) {
    precondition((1...Self.mostFaces).contains(size) && !first.isEmpty)
    parts.removeAll(keepingCapacity: true)
    stack.removeAll(keepingCapacity: true)
    let rest = first.upperBound..<cells.faceCount
    for count in 1...min(size, first.count) where size - count <= rest.count {
      parts.append(Part(cell: cells.cell(first), count: count))
      if size > count { parts.append(Part(cell: cells.cell(rest), count: size - count)) }
      stack.append((size > count ? 2 : 1, Self.allSigns(size)))
    }
  }

  private func next() -> (group: [Part], signs: UInt64)? {
    guard let (count, signs) = stack.popLast() else { return nil }
    let group = Array(parts[(parts.count - count)...])
    parts.removeLast(count)
    return (group, signs)
  }

  /// Cuts a part of a group in two: a group for each way to share its faces.
  private func cut(_ group: [Part], at position: Int, _ signs: UInt64) {
    let part = group[position]
    let cut = cells.cut(part.cell)
    let (left, right) = (part.cell.positions.lowerBound..<cut, cut..<part.cell.positions.upperBound)
    let (low, high) = (cells.cell(left), cells.cell(right))
    for count in 0...part.count where count <= left.count && part.count - count <= right.count {
      let before = parts.count
      parts.append(contentsOf: group[..<position])
      if count > 0 { parts.append(Part(cell: low, count: count)) }
      if count < part.count { parts.append(Part(cell: high, count: part.count - count)) }
      parts.append(contentsOf: group[(position + 1)...])
      stack.append((parts.count - before, signs))
    }
  }

  private static func allSigns(_ size: Int) -> UInt64 { size == 6 ? .max : (1 << (1 << UInt64(size))) - 1 }

  /// The part that is to be cut; `nil` if all are single faces.
  private func mostUrgent(_ group: [Part]) -> Int? {
    var best: Int?
    for (position, part) in group.enumerated() where part.cell.positions.count > 1 {
      if let other = best, !(urgency[position] > urgency[other]) { continue }
      best = position
    }
    return best
  }

  // MARK: - Tests

  /// Of combinations of output signs, those that are not excluded in a group of consecutive faces. For tests.
  ///
  /// - Parameter parts: disjoint, in order, each with a number of faces.
  /// - Returns: a bit for each combination, which is a number with a bit for each face in order, 1 for a negative sign.
  package func possibleSigns(_ parts: [(positions: Range<Int>, count: Int)]) -> UInt64 {
    let group = parts.map { Part(cell: cells.cell($0.positions), count: $0.count) }
    return possibleSigns(group, Self.allSigns(group.reduce(0) { $0 + $1.count }))
  }

  /// Which parts have units of positive sign, and of negative sign: a bit for each part.
  private struct Sides {
    var positive: UInt64 = 0
    var negative: UInt64 = 0

    init(_ group: [Part], _ signs: Int, isSingle: Bool) {
      if isSingle {
        negative = UInt64(signs)
        positive = ~negative & ((1 << UInt64(group.count)) - 1)
        return
      }
      var position = 0
      for (index, part) in group.enumerated() {
        let bits = signs >> position & ((1 << part.count) - 1)
        if bits != 0 { negative |= 1 << UInt64(index) }
        if bits != (1 << part.count) - 1 { positive |= 1 << UInt64(index) }
        position += part.count
      }
    }

    var both: UInt64 { positive & negative }
    /// The parts that have a unit whose sign is opposite to that of one in the next part.
    var opposedToNext: UInt64 { positive & (negative >> 1) | negative & (positive >> 1) }
  }

  private func possibleSigns(_ group: [Part], _ before: UInt64) -> UInt64 {
    groups += 1
    var size = 0
    for part in group { size += part.count }
    let isSingle = size == group.count
    urgency.removeAll(keepingCapacity: true)
    for _ in group { urgency.append(0) }
    // Units of one part are alike: it counts how many of them are negative.
    var open: UInt64 = 0
    let opposed = opposedParts(group)
    var areParted = false
    for signs in 0..<(1 << size)
    where before >> UInt64(signs) & 1 == 1 && (isSingle || Self.sorted(signs, group) == signs) {
      let sides = Sides(group, signs, isSingle: isSingle)
      if sides.both & opposed.within != 0 || sides.opposedToNext & opposed.toNext != 0 { continue }
      open |= 1 << UInt64(signs)
      if sides.both == 0 { areParted = true }
      for index in group.indices where sides.both >> UInt64(index) & 1 == 1 { urgency[index] = .infinity }
    }
    guard open != 0 else { return 0 }
    if areParted { open = possibleParts(group, open, isSingle: isSingle) }
    for signs in 0..<(1 << size) where open >> UInt64(signs) & 1 == 1 {
      if isExcludedThick(group, Sides(group, signs, isSingle: isSingle)) { open &= ~(1 << UInt64(signs)) }
    }
    guard open != 0 else { return 0 }
    if isSingle { return open }
    var after = open
    for signs in 0..<(1 << size) where before >> UInt64(signs) & 1 == 1 {
      if open >> UInt64(Self.sorted(signs, group)) & 1 == 1 { after |= 1 << UInt64(signs) }
    }
    return after
  }

  /// The least combination with as many negative signs in each part: the first ones.
  private static func sorted(_ signs: Int, _ group: [Part]) -> Int {
    var (result, position) = (0, 0)
    for part in group {
      let bits = signs >> position & ((1 << part.count) - 1)
      result |= ((1 << bits.nonzeroBitCount) - 1) << position
      position += part.count
    }
    return result
  }

  /// The parts in which there are no units of both signs, and those whose next part cannot have a unit of the other
  /// sign.
  private func opposedParts(_ group: [Part]) -> (within: UInt64, toNext: UInt64) {
    var (within, toNext): (UInt64, UInt64) = (0, 0)
    for index in group.indices {
      if group[index].count > 1, test.isOpposed(group[index].cell) { within |= 1 << UInt64(index) }
      guard index + 1 < group.count else { continue }
      let both =
        group[index].cell.positions.lowerBound..<group[index + 1].cell.positions.upperBound
      if test.isOpposed(cells.cell(both)) { toNext |= 1 << UInt64(index) }
    }
    return (within, toNext)
  }

  /// Of these combinations those that are not excluded if each part is one unit.
  private func possibleParts(_ group: [Part], _ before: UInt64, isSingle: Bool) -> UInt64 {
    test.begin()
    for part in group { test.add(part.cell) }
    let preparation = test.prepare()
    if preparation == .excluded { return 0 }
    var open = before
    var isUnknown = preparation == .unknown
    if !isUnknown {
      for signs in 0..<64 where before >> UInt64(signs) & 1 == 1 {
        let sides = Sides(group, signs, isSingle: isSingle)
        guard sides.both == 0 else { continue }
        switch test.outcome({ sides.negative >> UInt64($0) & 1 == 1 }) {
        case .excluded: open &= ~(1 << UInt64(signs))
        case .open: for index in group.indices { urgency[index] += test.contributions[index] }
        case .unknown: isUnknown = true
        }
      }
    }
    if isUnknown {
      for index in group.indices {
        let cell = group[index].cell
        urgency[index] += cell.isNarrow ? min(cell.spread, 1e3) * 1e3 : 1e9
      }
    }
    return open
  }

  /// Whether the units are excluded if those of one sign in cells that touch are one thick unit; false if there are none
  /// such.
  private func isExcludedThick(_ group: [Part], _ sides: Sides) -> Bool {
    let touches = group.indices.dropLast().contains { index in
      group[index].cell.positions.upperBound == group[index + 1].cell.positions.lowerBound
        && (sides.positive & (sides.positive >> 1) | sides.negative & (sides.negative >> 1)) >> UInt64(index)
          & 1 == 1
    }
    guard touches else { return false }
    test.begin()
    var positives = 0
    for isNegative in [false, true] {
      if isNegative { positives = test.count }
      let members = isNegative ? sides.negative : sides.positive
      var index = 0
      while index < group.count {
        defer { index += 1 }
        guard members >> UInt64(index) & 1 == 1 else { continue }
        let start = index
        while index + 1 < group.count, members >> UInt64(index + 1) & 1 == 1,
          group[index].cell.positions.upperBound == group[index + 1].cell.positions.lowerBound
        {
          index += 1
        }
        let positions = group[start].cell.positions.lowerBound..<group[index].cell.positions.upperBound
        test.add(start == index ? group[index].cell : cells.cell(positions))
      }
    }
    switch test.prepare() {
    case .excluded: return true
    case .unknown: return false
    case .ready: return test.outcome { $0 >= positives } == .excluded
    }
  }
}
