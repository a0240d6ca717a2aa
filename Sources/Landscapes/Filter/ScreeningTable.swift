import Algebra
import Dispatch
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
/// Two consequences are used, both for a single `x` (and `h` nearly the minimiser for `S`):
/// * If `|g_x| < λ` on the ball of `S` itself, the residual of `S` is that of `S ∪ {x}`, too, and the unit on
///   `x` is dead there.
/// * If for some `τ < 1` the ball of `S` proves that a unit of `S` is dead, or that two walls of its face
///   contradict each other about the sign of its output weight, then so it is in every stratum `S ∪ {x}` with
///   `|g_x(r)| ≤ λ / τ`.
///
/// This is safe screening as for the lasso (El Ghaoui, Viallon, Rabbani, arXiv 1009.4219; Ndiaye, Fercoq,
/// Gramfort, Salmon, arXiv 1611.05780), by subsets instead of along a path of ridges. Rounding is accounted for
/// as in `SafeBall`: the computed `g_x` is off by at most `ε ν_x S`.
///
/// Cost: a group lasso and the products with all faces' columns for every set of fewer than `L` faces, that is
/// about `L/F` of the whole enumeration; a bit for every pair of such a set and a face.
final class ScreeningTable: @unchecked Sendable {
  private let faceCount: Int
  private let words: Int
  /// By the size of the sets `S = U ∪ {last}`, `last > max U`, from size 1 on: for each `U` in order and each
  /// face `x`, one bit for every `last`.
  private var levels: [Level] = []

  private struct Level: @unchecked Sendable {
    let prefixes: StratumIndex
    let bits: UnsafeMutablePointer<UInt64>
  }

  /// Larger levels are left out: their strata are only compared with their own prefix.
  private static let mostBytes = 96 << 20

  /// - Throws: `LimitReached`.
  init(tables: FilterTables, maximumFaces: Int, control: Control, prepareThread: @Sendable () -> Void) throws {
    faceCount = tables.faceCount
    words = (faceCount + 63) / 64
    for size in 1..<max(1, min(maximumFaces, faceCount)) {
      guard let prefixes = StratumIndex(count: faceCount, maximumSize: size - 1) else { return }
      let sets = prefixes.total - prefixes.start(ofSize: size - 1)
      let (rows, overflow) = sets.multipliedReportingOverflow(by: faceCount * words)
      guard !overflow, rows <= Self.mostBytes / 8 else { return }
      let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: rows)
      bits.initialize(repeating: 0, count: rows)
      let level = Level(prefixes: prefixes, bits: bits)
      levels.append(level)
      try fill(level, size: size, sets: sets, tables, control, prepareThread)
    }
  }

  deinit { for level in levels { level.bits.deallocate() } }

  /// Where the bits of a prefix `U` of this level and a face start.
  private func row(_ prefix: [Int], _ face: Int, in level: Level) -> UnsafeMutablePointer<UInt64> {
    let number = level.prefixes.number(of: prefix) - level.prefixes.start(ofSize: prefix.count)
    return level.bits + (number * faceCount + face) * words
  }

  /// Marks the faces `last` for which a subset of `prefix ∪ {last}` that contains `last` rejects the stratum.
  func mark(prefix: [Int], into covered: UnsafeMutablePointer<UInt64>) {
    guard !prefix.isEmpty, prefix.count <= levels.count else { return }
    let level = levels[prefix.count - 1]
    for position in prefix.indices {
      var rest = prefix
      let face = rest.remove(at: position)
      let bits = row(rest, face, in: level)
      for word in 0..<words { covered[word] |= bits[word] }
    }
  }

  /// One piece of work is one `U` and the 64 values of `last` that share a word.
  private func fill(
    _ level: Level, size: Int, sets: Int, _ tables: FilterTables, _ control: Control,
    _ prepareThread: @Sendable () -> Void
  ) throws {
    let pieces = sets * words
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(control.threads, pieces)) { _ in
      prepareThread()
      let filter = StratumFilter(tables: tables, maximumFaces: size + 1)
      let covered = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
      defer { covered.deallocate() }
      while control.cancellation.reason == nil {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        let (set, word) = piece.quotientAndRemainder(dividingBy: words)
        let prefix = level.prefixes[level.prefixes.start(ofSize: size - 1) + set]
        let first = max(word * 64, (prefix.last ?? -1) + 1)
        for last in first..<max(first, min(word * 64 + 64, faceCount)) {
          filter.begin(prefix: prefix + [last])
          for index in 0..<words { covered[index] = 0 }
          filter.markCovered(into: covered)
          for index in 0..<words {
            var rest = covered[index]
            while rest != 0 {
              let face = index * 64 + rest.trailingZeroBitCount
              rest &= rest - 1
              level.bits[(set * faceCount + face) * words + word] |= 1 << UInt64(last % 64)
            }
          }
        }
      }
    }
    try control.check()
  }
}
