import Algebra
import LandscapeModel
import RealSolving

/// Proves critical points and writes them down in canonical decimals.
struct CriticalPointProver<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Rational = Engine.Rational

  let system: HomotopySystem
  let digits: Int

  /// What is proved of a point at a given value of λ.
  struct Point {
    let matrix: [[DecimalEnclosure]]
    let loss: DecimalEnclosure
    /// The number of negative eigenvalues on each isotypic component of the Young subgroup.
    let negativeCounts: [Int]
    /// The number of negative eigenvalues of the whole Hessian.
    let index: Int
    /// The permutations of blocks that fix the point, the identity among them: where each block goes.
    let blockSymmetries: [[Int]]
  }

  /// The precisions that are tried, in bits.
  private var precisions: [Int] { [1, 2, 4].map { $0 * max(128, digits * 10 / 3 + 72) } }

  /// The critical point at an exact value of λ near the unknowns; `nil` if it cannot be proved.
  ///
  /// - Parameter lossScale: by which the loss is multiplied.
  func point(near unknowns: [Double], at lambda: Rational, lossScale: Rational = 1) -> Point? {
    let newton = CurveNewton(system: system, held: system.parameter)
    for precision in precisions {
      var start = unknowns.map { Ball($0, precision: precision) }
      start[system.parameter] = Ball(lambda, precision: precision)
      let lambdaBall = start[system.parameter]
      var refined = newton.refined(start)
      refined[system.parameter] = lambdaBall
      guard let piece = newton.proved(refined, radius: Self.powerOfTwo(-precision * 3 / 5)) else { continue }
      let scalars = piece.enclosure.map(BallScalar.init)
      guard let counts = system.negativeCounts(scalars),
        let loss = enclosure(system.loss(scalars).ball * Ball(lossScale, precision: precision), precision),
        let matrix = matrix(piece, precision),
        let symmetries = blockSymmetries(piece)
      else { continue }
      return Point(
        matrix: matrix, loss: loss, negativeCounts: counts,
        index: zip(counts, system.space.components).reduce(0) { $0 + $1.0 * $1.1.dimension },
        blockSymmetries: symmetries)
    }
    return nil
  }

  /// The permutations of blocks of the same size that fix the point; `nil` if that is not known.
  ///
  /// The image of a critical point is another one that the Young subgroup fixes. If it lies in the box that contains no
  /// other, it is the same.
  private func blockSymmetries(_ piece: CurveBox<Ball>) -> [[Int]]? {
    var symmetries: [[Int]] = []
    for permutation in system.coordinates.subgroup.blockPermutations {
      let images = system.coordinates.images(permutation)
      let pairs = images.enumerated().map { ($0, $1) }
      if pairs.contains(where: { !piece.enclosure[$0].overlaps(piece.enclosure[$1]) }) { continue }
      guard
        pairs.allSatisfy({ piece.box[$0].containsInInterior(piece.enclosure[$1]) || $0 == $1 })
      else { return nil }
      symmetries.append(permutation)
    }
    return symmetries
  }

  func matrix(_ piece: CurveBox<Ball>, _ precision: Int) -> [[DecimalEnclosure]]? {
    var entries: [DecimalEnclosure] = []
    for ball in piece.enclosure.dropLast() {
      guard let entry = enclosure(ball, precision) else { return nil }
      entries.append(entry)
    }
    return system.coordinates.matrix(entries)
  }

  func enclosure(_ ball: Ball, _ precision: Int) -> DecimalEnclosure? {
    guard let (lower, upper) = try? ball.bounds() else { return nil }
    return DecimalEnclosure(
      lower: lower, upper: upper, digits: digits, decidesTies: precision == precisions.last)
  }

  static func powerOfTwo(_ exponent: Int) -> Rational {
    guard let power = try? Rational(2).power(exponent) else { preconditionFailure("two is not zero") }
    return power
  }
}
