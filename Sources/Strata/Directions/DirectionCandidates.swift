import LandscapeModel

/// A face that may hold an extreme value of a function on the sphere of directions, with bounds for `|q_f|`, its
/// extreme value there.
package struct DirectionCandidate: Sendable {
  package let signs: SignVector
  package let lower: Double
  package let upper: Double
  /// Whether `q_f` or `−q_f` lies in the face; `nil` if doubles do not tell.
  package let isFeasible: Bool?
  /// Near `q_f`.
  package let gradient: [Double]

  /// The same for the opposite face, if the function is even.
  var negated: DirectionCandidate {
    DirectionCandidate(
      signs: signs.negated, lower: lower, upper: upper, isFeasible: isFeasible, gradient: gradient.map { -$0 }
    )
  }
}

/// What a search over the sphere of directions brought.
package struct DirectionSearchResult: Sendable {
  /// Every face whose extreme value may be at least the floor is among these; sorted by sign vectors.
  package var candidates: [DirectionCandidate]
  /// The number of cells (for `D = 2`: arcs and their ends) that were looked at.
  package var cells: Int
}

/// How far down a search goes.
package enum SearchFloor: Sendable {
  /// All faces with extreme values of at least this size.
  case fixed(Double)
  /// All with at least this size, and at least the fraction of the greatest that is certainly attained by a face
  /// that is not skipped and does not exceed `below`.
  case rising(from: Double, fraction: Double, below: Double)
}

/// Collects candidates and raises the floor.
struct CandidateCollector {
  private(set) var floor: Double
  private let fraction: Double
  private let below: Double
  private let rises: Bool
  /// Whether `η(−w) = η(w)`: then a face stands for its negative, too, as in a `Division`.
  private let isEven: Bool
  private let skipped: Set<SignVector>
  private var found: [SignVector: DirectionCandidate] = [:]
  var cells = 0

  init(_ floor: SearchFloor, isEven: Bool, skipping skipped: Set<SignVector>) {
    self.isEven = isEven
    switch floor {
    case .fixed(let value):
      (self.floor, fraction, below, rises) = (value, 1, .infinity, false)
    case .rising(let value, let fraction, let below):
      (self.floor, self.fraction, self.below, rises) = (value, fraction, below, true)
    }
    self.skipped = skipped
  }

  mutating func add(_ found: DirectionCandidate) {
    insert(isEven && found.signs < found.signs.negated ? found.negated : found)
  }

  private mutating func insert(_ candidate: DirectionCandidate) {
    guard !(candidate.upper < floor), !skipped.contains(candidate.signs) else { return }
    found[candidate.signs] = candidate
    if rises, candidate.isFeasible == true, candidate.upper <= below {
      floor = max(floor, candidate.lower * fraction)
    }
  }

  var result: DirectionSearchResult {
    DirectionSearchResult(
      candidates: found.values.filter { !($0.upper < floor) }.sorted { $0.signs < $1.signs }, cells: cells)
  }
}
