import Algebra
import LandscapeModel
import Strata
import Synchronization

/// Proves away strata in groups: for every set `S` of fewer than `L` faces, the faces `x` for which the group
/// lasso of `S` alone proves that the stratum `S ∪ {x}` holds no local minimum. A stratum of `m` faces is
/// rejected unseen if this is so for one of its `m` subsets of `m − 1` faces.
///
/// **Theorem.** Let `r` be any vector, `h` any choice of hidden weights for the faces of `S` with
/// `r = y − Σ_{l∈S} M_l h_l`, and `0 < τ ≤ 1` with `τ |g_l(r)| ≤ λ` for all `l ∈ S`, `g_l(r) = P_l M_lᵀ r`.
/// Then for every set of faces `X` with `τ |g_x(r)| ≤ λ` for all `x ∈ X`, the residual of the stratum `S ∪ X`
/// lies in the safe ball (see `SafeBall`) that `h` and `τ` give for `S`.
///
/// *Proof.* `h`, continued by zeros on `X`, is a primal point of `S ∪ X` with the same objective and the same
/// residual `r`. `τ r` is feasible for its dual problem: the constraints of `S` hold by the choice of `τ`, those
/// of `X` by assumption. The ball depends on the primal point and the dual point alone. ∎
///
/// Two consequences are used (with `h` nearly the minimiser for `S`); `x` is then called *covered* by `S`:
/// * If `|g_x| < λ` on the ball of `S` itself, the residual of `S` is that of `S ∪ {x}`, too, and the unit on
///   `x` is dead there.
/// * If for some `τ < 1` the ball of `S` proves that a unit of `S` is dead, or that two walls of its face
///   contradict each other about the sign of its output weight, then so it is in every stratum `S ∪ {x}` with
///   `|g_x(r)| ≤ λ / τ`.
///
/// If `S` covers all of `X`, then `S ∪ X'` covers the rest of `X` for every `X' ⊂ X`: either all are dead beside
/// `S`, and its residual is that of `S ∪ X`; or the contradiction is carried along, as `τ |g_x(r)| ≤ λ` for all of
/// them (for one that is dead, because the centre of its ball is a greater multiple of `r`). So most sets need no
/// group lasso of their own.
///
/// This is safe screening as for the lasso (El Ghaoui, Viallon, Rabbani, arXiv 1009.4219; Ndiaye, Fercoq,
/// Gramfort, Salmon, arXiv 1611.05780), by subsets instead of along a path of ridges. Rounding is accounted for
/// as in `SafeBall`: the computed `g_x` is off by at most `ε ν_x S`.
///
/// Cost: at most a group lasso, and the products with all faces' columns, for every set of fewer than `L` faces,
/// which is about `L/F` of the whole enumeration; a bit for every pair of such a set and a face.
package final class ScreeningTable: @unchecked Sendable {
  private let faceCount: Int
  /// The number of words for a bit per face.
  private let words: Int
  private let ranking: SetRanking
  /// For every size from 1 on: for each set in order a row of bits, those of the covered faces.
  private var levels: [UnsafeMutablePointer<UInt64>] = []

  /// Greater levels are left out.
  private static let mostBytes = 96 << 20
  /// The number of sets in a piece of work, which takes some hundredths of a second.
  private let pieceSize: Int

  /// Fills the table, in pieces that are counted as progress.
  ///
  /// - Parameters:
  ///   - known: pieces that were made before; the others are made.
  ///   - onFinish: called for every piece that was made, from any thread.
  /// - Throws: `Interruption`, what `onFinish` throws.
  package init(
    tables: FilterTables, maximumFaces: Int, control: Control, known: [ScreeningPiece] = [],
    prepareThread: @Sendable () -> Void, onFinish: @Sendable (ScreeningPiece) throws -> Void = { _ in }
  ) throws {
    faceCount = tables.view.faceCount
    words = (faceCount + 63) / 64
    pieceSize = max(1, min(256, (1 << 17) / max(1, faceCount)))
    ranking = Self.ranking(faceCount: faceCount, maximumFaces: maximumFaces)
    let sizes = Self.sizes(faceCount: faceCount, maximumFaces: maximumFaces)
    let total = sizes.reduce(0, +)
    var before = 0
    for (level, sets) in sizes.enumerated() {
      let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: sets * words)
      bits.initialize(repeating: 0, count: sets * words)
      levels.append(bits)
      let pieces = known.filter { $0.size == level + 1 }
      try fill(pieces, tables, control, prepareThread) { [before] piece, finished in
        try onFinish(piece)
        control.progress?(Progress(stage: "screening", done: before + finished, total: total))
      }
      before += sets
    }
  }

  /// The numbers of sets of one face, two faces and so on for which there are rows.
  package static func sizes(faceCount: Int, maximumFaces: Int) -> [Int] {
    let ranking = ranking(faceCount: faceCount, maximumFaces: maximumFaces)
    let words = (faceCount + 63) / 64
    var sizes: [Int] = []
    while let sets = ranking.sets(ofSize: sizes.count + 1), sets * words <= mostBytes / 8 {
      sizes.append(sets)
    }
    return sizes
  }

  private static func ranking(faceCount: Int, maximumFaces: Int) -> SetRanking {
    // As many sets as would fit, even if a row were one word: beyond it nothing has to be counted.
    SetRanking(
      count: faceCount, maximumSize: max(0, min(maximumFaces, faceCount) - 1), mostSets: mostBytes / 8)
  }

  /// The greatest size of sets in the table.
  package var greatestSize: Int { levels.count }

  deinit { for level in levels { level.deallocate() } }

  private func row(_ set: [Int]) -> UnsafeMutablePointer<UInt64> {
    levels[set.count - 1] + ranking.rank(of: set) * words
  }

  private static func isMarked(_ row: UnsafeMutablePointer<UInt64>, _ face: Int) -> Bool {
    row[face >> 6] >> UInt64(face & 63) & 1 == 1
  }

  /// Marks those of the faces `lasts` for which a subset of `prefix ∪ {last}` covers the rest.
  ///
  /// - Returns: false, and marks nothing, if the table has no sets of this size.
  package func mark(prefix: [Int], _ lasts: Range<Int>, into covered: UnsafeMutablePointer<UInt64>) -> Bool {
    guard !prefix.isEmpty, prefix.count <= levels.count, !lasts.isEmpty else { return false }
    let own = row(prefix)
    for word in 0..<words { covered[word] = own[word] }
    for position in prefix.indices {
      var set = prefix
      let face = set.remove(at: position)
      set.append(lasts.lowerBound)
      // Sets that differ in the last face follow each other.
      var other = row(set)
      for last in lasts {
        if Self.isMarked(other, face) { covered[last >> 6] |= 1 << UInt64(last & 63) }
        other += words
      }
    }
    return true
  }

  /// Fills the level that was added last.
  ///
  /// - Parameters:
  ///   - known: its pieces that need not be made; those that do not fit are made again.
  ///   - onFinish: called for every other piece, with the number of sets that are done.
  private func fill(
    _ known: [ScreeningPiece], _ tables: FilterTables, _ control: Control,
    _ prepareThread: @Sendable () -> Void,
    onFinish: @Sendable (ScreeningPiece, _ finished: Int) throws -> Void
  ) throws {
    let size = levels.count
    guard let count = ranking.sets(ofSize: size),
      let strata = StratumIndex(count: faceCount, maximumSize: size)
    else { return }
    let pieces = (count + pieceSize - 1) / pieceSize
    @Sendable func sets(of piece: Int) -> Range<Int> {
      let first = piece * pieceSize
      return first..<(first + min(pieceSize, count - first))
    }
    var open = Set(0..<pieces)
    for piece in known where open.contains(piece.number) {
      let range = sets(of: piece.number)
      guard piece.words.count == range.count * words else { continue }
      (levels[size - 1] + range.lowerBound * words).update(from: piece.words, count: piece.words.count)
      open.remove(piece.number)
    }
    let order = open.sorted()
    let finished = Atomic(count - order.reduce(0) { $0 + sets(of: $1).count })
    try concurrently(count: order.count, threads: control.threads) { (next: () -> Int?) throws(any Error) in
      prepareThread()
      let filter = StratumFilter(tables: tables, maximumFaces: size)
      while let position = next() {
        let range = sets(of: order[position])
        let piece = try fill(range, ofSize: size, strata, filter, control)
        try onFinish(
          ScreeningPiece(size: size, number: order[position], words: piece),
          finished.add(range.count, ordering: .relaxed).newValue)
      }
    }
  }

  /// Fills the rows of sets with these numbers.
  private func fill(
    _ sets: Range<Int>, ofSize size: Int, _ strata: StratumIndex, _ filter: StratumFilter, _ control: Control
  ) throws -> [UInt64] {
    let start = strata.start(ofSize: size)
    try strata.forEachRun(in: start + sets.lowerBound..<start + sets.upperBound) { prefix, lasts in
      for last in lasts ?? 0..<0 {
        try control.check()
        let set = prefix + [last]
        let row = row(set)
        if inherit(set, into: row) { continue }
        filter.begin(prefix: set)
        filter.markCovered(into: row)
      }
    }
    return Array(
      UnsafeBufferPointer(start: levels[size - 1] + sets.lowerBound * words, count: sets.count * words))
  }

  /// Takes over what a subset covers that covers the rest of the set; false if there is none. From one subset
  /// only: then every row belongs to a single group lasso, which covers all of its faces together. (What two
  /// subsets cover need not be covered by both, and could not be taken over again.)
  private func inherit(_ set: [Int], into row: UnsafeMutablePointer<UInt64>) -> Bool {
    guard set.count > 1 else { return false }
    for position in set.indices {
      var subset = set
      let face = subset.remove(at: position)
      let other = self.row(subset)
      guard Self.isMarked(other, face) else { continue }
      for word in 0..<words { row[word] = other[word] }
      return true
    }
    return false
  }
}

/// Numbers the sets of one size in lexicographic order, fast.
package struct SetRanking: Sendable {
  private let count: Int
  /// `below[j][e]` is the number of sets of size `j + 1` whose first element is less than `e`.
  private let below: [[Int]]

  /// - Parameter mostSets: sizes of which there are more sets are left out, with all greater ones.
  package init(count: Int, maximumSize: Int, mostSets: Int) {
    self.count = count
    var below: [[Int]] = []
    for size in 1..<(max(0, maximumSize) + 1) {
      guard let sets = StratumIndex.binomial(count, size), sets <= mostSets else { break }
      var sums = [0]
      for first in 0..<count {
        guard let further = StratumIndex.binomial(count - first - 1, size - 1) else {
          preconditionFailure("fewer than all sets")
        }
        sums.append(sums[first] + further)
      }
      below.append(sums)
    }
    self.below = below
  }

  /// `nil` if there are more than `mostSets`.
  package func sets(ofSize size: Int) -> Int? { size <= below.count ? below[size - 1][count] : nil }

  /// - Parameter set: increasing, not empty.
  package func rank(of set: [Int]) -> Int {
    var rank = 0
    var next = 0
    for (position, element) in set.enumerated() {
      let sums = below[set.count - position - 1]
      rank += sums[element] - sums[next]
      next = element + 1
    }
    return rank
  }
}
