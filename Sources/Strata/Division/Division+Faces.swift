import Algebra
import Arrangements
import LandscapeModel

extension Division {
  /// Only some faces, made without a list of all others. Sign vectors that no face has, and faces with `K = 0`, are
  /// left out.
  ///
  /// - Parameter patterns: sign vectors, none of them twice; for the absolute value at most one of a pair `± f`.
  /// - Throws: `AlgebraError`, `Interruption`.
  package convenience init(_ problem: ScaledProblem<Engine>, faces patterns: [SignVector], control: Control)
    throws
  {
    let slope = problem.activation.slope
    let active = patterns.filter { signs in
      !signs.positiveIndices.isEmpty || (slope != 0 && !signs.negativeIndices.isEmpty)
    }.sorted()
    var numbers: [[Int]: Int] = [:]
    var spans: [[Int]] = []
    for signs in active {
      let rows = signs.zeroIndices
      if numbers.updateValue(numbers[rows] ?? spans.count, forKey: rows) == nil { spans.append(rows) }
    }
    let arrangement = try Arrangement<Engine>(
      vectors: problem.vectors, dimension: problem.weightDimension, spans: spans, control: control)
    var faces: [UnitFace<Engine>] = []
    for signs in active {
      let flat = numbers[signs.zeroIndices] ?? 0
      // Where rows with a sign depend on those without there is no such face.
      guard arrangement.flats[flat].rows == signs.zeroIndices else { continue }
      faces.append(UnitFace(index: faces.count, signs: signs, flat: flat, of: arrangement))
    }
    try self.init(problem, arrangement: arrangement, faces: faces)
  }
}

extension UnitFace {
  /// A face whose neighbours are not known: every hyperplane that it does not lie on counts as a wall.
  fileprivate init(index: Int, signs: SignVector, flat number: Int, of arrangement: Arrangement<Engine>) {
    let flat = arrangement.flats[number]
    self.init(
      index: index, signs: signs, flat: number, dimension: arrangement.rank - flat.rank,
      walls: arrangement.hyperplanes.map(\.representative).filter { signs[$0] != 0 }.map {
        Wall(row: $0, sign: signs[$0])
      },
      kinkRays: flat.kinkRays, in: arrangement)
  }
}
