import Algebra
import ConvexMethod
import LandscapeModel
import Strata
import Synchronization

/// Decides strata on one thread: screening, filter, certifier.
final class BlockWorker<Engine: AlgebraEngine> {
  let enumeration: Enumeration<Engine>
  private let screening: ScreeningTable?
  let filter: StratumFilter
  private let decider: OpenStratumDecider<Engine>
  /// One bit for every face.
  private var covered: [UInt64]

  init(_ enumeration: Enumeration<Engine>, _ screening: ScreeningTable?) {
    self.enumeration = enumeration
    self.screening = screening
    filter = StratumFilter(tables: enumeration.tables, maximumFaces: enumeration.problem.units)
    decider = OpenStratumDecider(enumeration, after: filter)
    covered = Array(repeating: 0, count: (enumeration.facesPerUnit + 63) / 64)
  }

  /// Decides the strata with these numbers, in order, but for the first ones that the record contains already.
  ///
  /// - Throws: `Interruption`; the record contains what was decided until then.
  func decide(_ numbers: Range<Int>, into record: inout BlockRecord) throws {
    try enumeration.strata.forEachRun(in: numbers.dropFirst(record.count)) { prefix, lasts in
      try enumeration.control.check()
      guard let lasts else {
        try self.record(enumeration.certifier.decide([], start: []), of: [], &record)
        return
      }
      try decide(prefix, lasts, &record)
    }
  }

  private func decide(_ prefix: [Int], _ lasts: Range<Int>, _ record: inout BlockRecord) throws {
    let isScreened = screen(prefix, lasts)
    if isScreened, lasts.allSatisfy(isCovered) {
      record.pruned(lasts.count)
      return
    }
    filter.begin(prefix: prefix)
    if screening != nil, !isScreened {
      covered.withUnsafeMutableBufferPointer { buffer in
        if let bits = buffer.baseAddress { filter.markCovered(into: bits) }
      }
    }
    for last in lasts {
      if isCovered(last) {
        record.pruned(1)
        continue
      }
      try decideByItself(prefix, last, &record)
    }
  }

  /// Decides the stratum of a prefix, with which the filter has begun, and one more face.
  func decideByItself(_ prefix: [Int], _ last: Int, _ record: inout BlockRecord) throws {
    let isRejected = filter.rejects(last: last)
    if isRejected, enumeration.options.usesFilter {
      record.rejectedByFilter()
      return
    }
    try enumeration.control.check()
    let faces = prefix + [last]
    if try decider.rejects(faces) {
      record.rejectedByFilter()
      return
    }
    try self.record(decider.decide(faces), of: faces, &record)
  }

  private func record(
    _ decision: StratumDecision<Engine>, of faces: [Int], _ record: inout BlockRecord
  ) throws {
    try record.add(decision, faces: faces.map { enumeration.division.faces[$0] })
    if case .localMinimum(let minimum, _) = decision, let entry = record.minima.last {
      enumeration.proved.keep(minimum, as: entry)
    }
  }

  /// Marks what the table knows; false if it does not have the prefix.
  private func screen(_ prefix: [Int], _ lasts: Range<Int>) -> Bool {
    guard let screening else { return false }
    return covered.withUnsafeMutableBufferPointer { buffer in
      guard let bits = buffer.baseAddress else { return false }
      for word in buffer.indices { bits[word] = 0 }
      return screening.mark(prefix: prefix, lasts, into: bits)
    }
  }

  private func isCovered(_ face: Int) -> Bool { covered[face >> 6] >> UInt64(face & 63) & 1 == 1 }
}

/// A value that is made when it is first asked for; the others wait meanwhile.
final class LazyValue<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  func value(_ make: () throws -> Value) rethrows -> Value {
    try stored.withLock { stored in
      if let value = stored { return value }
      let value = try make()
      stored = value
      return value
    }
  }
}
