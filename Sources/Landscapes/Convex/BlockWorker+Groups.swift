import Algebra
import ConvexMethod
import LandscapeModel
import Strata

extension BlockWorker {
  /// Strata that groups have left open are kept until there are so many.
  private var mostOpen: Int { 1 << 14 }

  /// Decides the strata of a piece. They have no order, so that a piece is decided as a whole or not at all.
  ///
  /// - Throws: `Interruption`; the record is then as before.
  func decide(
    _ piece: GroupedStrata.Piece, of block: Int, in grouped: GroupedStrata, into record: inout BlockRecord
  ) throws {
    let (size, first): (Int, Range<Int>)
    switch piece {
    case .numbers(let numbers):
      try decide(numbers, into: &record)
      return
    case .sets(let count, let positions): (size, first) = (count, positions)
    }
    var own = BlockRecord(block: block)
    let search = GroupSearch(cells: grouped.cells, tables: enumeration.tables)
    var open: [[Int]] = []
    try search.search(size: size, first: first, control: enumeration.control) { positions in
      open.append(positions.map(grouped.cells.face(at:)).sorted())
      if open.count == mostOpen {
        try decide(open, &own)
        open.removeAll(keepingCapacity: true)
      }
    }
    try decide(open, &own)
    own.excludedInGroups(
      grouped.blocks.strata(in: block).count - own.count, testing: search.groups)
    own.minima.sort { $0.faces.lexicographicallyPrecedes($1.faces) }
    record = own
  }

  /// Decides these strata, those that differ in the last face together.
  func decide(_ sets: [[Int]], _ record: inout BlockRecord) throws {
    let sets = sets.sorted { $0.lexicographicallyPrecedes($1) }
    var start = 0
    while start < sets.count {
      let prefix = Array(sets[start].dropLast())
      var end = start + 1
      while end < sets.count, sets[end].dropLast() == prefix[...] { end += 1 }
      let lasts = sets[start..<end].compactMap(\.last)
      try enumeration.control.check()
      filter.begin(prefix: prefix, only: enumeration.tables.view.gram == nil ? lasts : nil)
      for last in lasts { try decideByItself(prefix, last, &record) }
      start = end
    }
  }
}
