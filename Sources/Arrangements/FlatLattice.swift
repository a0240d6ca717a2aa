import Algebra
import LandscapeModel

/// The combinatorial part of an arrangement's flats: which hyperplanes belong to them, which flats cover which,
/// and the signs along every covering.
///
/// A flat is the set of the hyperplanes whose vectors lie in a subspace that vectors of the arrangement span;
/// its rank is the dimension of that subspace. Flats are numbered by rank, then lexicographically by their
/// ascending members.
struct FlatLattice {
  struct Flat {
    let rank: Int
    /// One bit for each hyperplane, the first in the highest bit of the first word.
    let members: [UInt64]
    /// Independent hyperplanes whose vectors span the subspace.
    let generators: [Int]

    static func bit(of hyperplane: Int) -> UInt64 { (1 << 63) >> UInt64(hyperplane & 63) }

    func contains(_ hyperplane: Int) -> Bool {
      members[hyperplane >> 6] & Self.bit(of: hyperplane) != 0
    }

    /// Ascending.
    var hyperplanes: [Int] {
      members.indices.flatMap { word in
        (64 * word..<64 * word + 64).filter { members[word] & Self.bit(of: $0) != 0 }
      }
    }
  }

  /// A pair of flats with nothing between them.
  struct Covering {
    let lower: Int
    let upper: Int
    /// The first row of the arrangement that is in the upper flat but not in the lower.
    let row: Int
    /// Packed signs of the rows: zero outside of upper minus lower, and + at `row`. There they are the signs
    /// of the proportionality factors of the vectors modulo the lower flat's subspace.
    let signs: [UInt64]
  }

  private(set) var flats: [Flat]
  /// Ordered by the lower flat.
  private(set) var coverings: [Covering] = []
  /// For every flat the indices of the coverings of which it is the upper flat, ordered by the lower one.
  private(set) var coveringsBelow: [[Int]]
}

extension FlatLattice {
  /// Builds the lattice from the bottom: reduce all vectors outside a flat modulo its subspace; those with
  /// parallel residuals lie in one covering flat together.
  ///
  /// Cost: for every flat one reduction (rank · corank products) of every vector.
  ///
  /// - Parameters:
  ///   - vectors: one nonzero vector of `rank` entries for each hyperplane, one after the other; together
  ///     they span the space.
  ///   - hyperplanes: the rows of the arrangement for each of them.
  ///   - rank: the dimension of the space.
  ///   - rowCount: the number of rows of the arrangement.
  /// - Throws: `ScalarOverflow`, `Interruption`, `AlgebraError.tooLarge`.
  init<Scalar: ExactScalar>(
    vectors: [Scalar], hyperplanes: [Hyperplane], rank: Int, rowCount: Int, control: Control
  ) throws {
    let width = (hyperplanes.count + 63) >> 6
    flats = [Flat(rank: 0, members: Array(repeating: 0, count: width), generators: [])]
    coveringsBelow = [[]]
    var level = flats.indices
    for nextRank in 0..<rank {
      var found = KeyTable(width: width)
      var generators: [[Int]] = []
      var steps: [Covering] = []
      for lower in level {
        let flat = flats[lower]
        let groups = try Self.covers(of: flat, vectors: vectors, rank: rank, control: control)
        for group in groups {
          var members = flat.members
          for element in group {
            members[element.hyperplane >> 6] |= Flat.bit(of: element.hyperplane)
          }
          let (number, isNew) = try found.number(of: members)
          if isNew { generators.append(flat.generators + [group[0].hyperplane]) }
          steps.append(
            Covering(
              lower: lower, upper: number, row: hyperplanes[group[0].hyperplane].representative,
              signs: Self.packedSigns(of: group, hyperplanes: hyperplanes, rowCount: rowCount)))
        }
      }
      level = appendLevel(found, generators: generators, rank: nextRank + 1, steps: steps)
    }
  }

  /// The lattice in 128-bit integers; nil if they overflow.
  ///
  /// The compiler specialises the generic initialiser only where every generic parameter in sight is known:
  /// here, not in a type that is generic over the engine.
  init?(
    ifNoOverflow vectors: [Int128], hyperplanes: [Hyperplane], rank: Int, rowCount: Int, control: Control
  ) throws {
    do {
      try self.init(
        vectors: vectors, hyperplanes: hyperplanes, rank: rank, rowCount: rowCount, control: control)
    } catch is ScalarOverflow {
      return nil
    }
  }

  /// Numbers the flats found in one rank and appends them and their coverings.
  private mutating func appendLevel(
    _ found: KeyTable, generators: [[Int]], rank: Int, steps: [Covering]
  ) -> Range<Int> {
    // The list of members is lexicographically smaller where the first differing bit is set.
    let order = (0..<found.count).sorted { found[$1].lexicographicallyPrecedes(found[$0]) }
    let first = flats.count
    var numbers = Array(repeating: 0, count: order.count)
    for (position, index) in order.enumerated() {
      numbers[index] = first + position
      flats.append(Flat(rank: rank, members: Array(found[index]), generators: generators[index]))
      coveringsBelow.append([])
    }
    for step in steps {
      coveringsBelow[numbers[step.upper]].append(coverings.count)
      coverings.append(
        Covering(lower: step.lower, upper: numbers[step.upper], row: step.row, signs: step.signs))
    }
    return first..<flats.count
  }
}

extension FlatLattice {
  /// A hyperplane of a covering flat and the sign of its residual relative to that of the first one.
  private struct Element {
    let hyperplane: Int
    let sign: Int
  }

  /// The hyperplanes outside of a flat, grouped by the covering flat they lie in.
  private static func covers<Scalar: ExactScalar>(
    of flat: Flat, vectors: [Scalar], rank: Int, control: Control
  ) throws -> [[Element]] {
    var basis = EchelonBasis<Scalar>(columns: rank)
    var residual: [Scalar] = []
    for generator in flat.generators {
      try basis.reduce(vectors, at: generator * rank, into: &residual)
      try basis.insert(residual)
    }
    // In a quotient of dimension 1 all residuals are parallel: their signs suffice.
    let isLine = basis.corank == 1
    var groups: [[Element]] = []
    var leadSigns: [Int] = []
    var numbers: [[Scalar]: Int] = [:]
    for hyperplane in 0..<vectors.count / rank where !flat.contains(hyperplane) {
      try control.check()
      try basis.reduce(vectors, at: hyperplane * rank, into: &residual)
      let sign = isLine ? residual[0].sign : try normalize(&residual)
      let known = isLine ? groups.indices.first : numbers[residual]
      if let known {
        groups[known].append(Element(hyperplane: hyperplane, sign: sign * leadSigns[known]))
      } else {
        if !isLine { numbers[residual] = groups.count }
        groups.append([Element(hyperplane: hyperplane, sign: 1)])
        leadSigns.append(sign)
      }
    }
    return groups
  }

  /// Replaces a nonzero vector by the primitive vector on its line whose first nonzero entry is positive.
  ///
  /// - Returns: the sign of the factor.
  private static func normalize<Scalar: ExactScalar>(
    _ vector: inout [Scalar]
  ) throws(ScalarOverflow) -> Int {
    var sign = 0
    var divisor = Scalar.zero
    for entry in vector {
      if sign == 0 { sign = entry.sign }
      if divisor != .one { divisor = try divisor.commonDivisor(with: entry) }
    }
    precondition(sign != 0, "a vector outside of a subspace has a nonzero residual")
    for index in vector.indices {
      if divisor != .one { vector[index] = vector[index].quotient(by: divisor) }
      if sign < 0 { vector[index] = try vector[index].negated() }
    }
    return sign
  }

  private static func packedSigns(
    of group: [Element], hyperplanes: [Hyperplane], rowCount: Int
  ) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: PackedSigns.wordCount(for: rowCount))
    for element in group {
      let hyperplane = hyperplanes[element.hyperplane]
      for (row, orientation) in zip(hyperplane.rows, hyperplane.orientations) {
        words[row >> 5] |=
          PackedSigns.code(of: element.sign * orientation) << PackedSigns.shift(of: row)
      }
    }
    return words
  }
}
