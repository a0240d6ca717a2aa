import Algebra

/// A hyperplane `{w : ⟨w, z_i⟩ = 0}` of an arrangement, with all rows `i` that define it.
public struct Hyperplane: Hashable, Sendable {
  /// The rows that are nonzero multiples of one another, ascending. The first one represents them.
  public let rows: [Int]
  /// For each of the rows, 1 if it is a positive multiple of the representative and −1 if a negative one.
  public let orientations: [Int]

  /// The row that orients the hyperplane: its first.
  public var representative: Int { rows[0] }
}

/// Vectors sorted by the lines they span.
struct ParallelClasses<Integer: ExactInteger> {
  /// Ordered by their representatives.
  let hyperplanes: [Hyperplane]
  /// For each hyperplane the primitive integer vector in the direction of its representative.
  let directions: [[Integer]]
  /// The rows of the zero vectors, ascending.
  let zeroRows: [Int]

  /// Cost: one pass, a hash of every vector.
  init<Rational: ExactRational>(_ vectors: [[Rational]], control: Control) throws
  where Rational.Integer == Integer {
    var classes: [[Integer]: Int] = [:]
    var rows: [[Int]] = []
    var signs: [[Int]] = []
    var directions: [[Integer]] = []
    var zeroRows: [Int] = []
    for (row, vector) in vectors.enumerated() {
      try control.check()
      let direction = primitiveIntegers(vector)
      // The first nonzero entry tells the two directions of a line apart.
      let sign = direction.lazy.map { $0.signum() }.first { $0 != 0 } ?? 0
      guard sign != 0 else {
        zeroRows.append(row)
        continue
      }
      let line = sign > 0 ? direction : direction.map { -$0 }
      if let index = classes[line] {
        rows[index].append(row)
        signs[index].append(sign)
      } else {
        classes[line] = rows.count
        rows.append([row])
        signs.append([sign])
        directions.append(direction)
      }
    }
    hyperplanes = zip(rows, signs).map { rows, signs in
      Hyperplane(rows: rows, orientations: signs.map { $0 * signs[0] })
    }
    self.directions = directions
    self.zeroRows = zeroRows
  }
}

/// The integer vector without a common factor that is a positive multiple of the given one; zero for zero.
func primitiveIntegers<Rational: ExactRational>(_ vector: [Rational]) -> [Rational.Integer] {
  var denominator: Rational.Integer = 1
  for entry in vector {
    let own = entry.denominator
    denominator *= own.exactQuotient(by: denominator.greatestCommonDivisor(with: own))
  }
  var divisor: Rational.Integer = 0
  var integers: [Rational.Integer] = []
  integers.reserveCapacity(vector.count)
  for entry in vector {
    let integer = entry.numerator * denominator.exactQuotient(by: entry.denominator)
    divisor = divisor.greatestCommonDivisor(with: integer)
    integers.append(integer)
  }
  if divisor == 0 || divisor == 1 { return integers }
  return integers.map { $0.exactQuotient(by: divisor) }
}
