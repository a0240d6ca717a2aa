import Algebra

/// The residues of some coefficients modulo eight primes.
struct ResidueBatch: Sendable {
  /// Eight words for each coefficient.
  var words: [UInt32]
  var lanes: FieldLanes
  /// The lanes that count.
  var good: [Int]
}

extension ResidueBatch {
  /// The residues of `termCount` terms modulo the next eight primes for each thread, found prime by prime.
  ///
  /// - Parameter residues: those modulo one prime, or `nil` if it is unfit; called from several threads.
  static func next(
    from supply: inout PrimeSupply, termCount: Int, control: Control,
    residues: @Sendable (PrimeField) throws -> [UInt32]?
  ) throws -> [ResidueBatch] {
    let fields = (0..<control.threads * FieldLanes.count).map { _ in supply.next() }
    let results = concurrentMap(count: fields.count, threads: control.threads) { item in
      Result { try residues(fields[item]) }
    }
    return try stride(from: 0, to: fields.count, by: FieldLanes.count).map { first in
      var words = [UInt32](repeating: 0, count: FieldLanes.count * termCount)
      var good: [Int] = []
      for lane in 0..<FieldLanes.count {
        guard let residues = try results[first + lane].get() else { continue }
        good.append(lane)
        for (term, value) in residues.enumerated() { words[FieldLanes.count * term + lane] = value }
      }
      return ResidueBatch(
        words: words, lanes: FieldLanes(Array(fields[first..<first + FieldLanes.count])), good: good)
    }
  }
}
