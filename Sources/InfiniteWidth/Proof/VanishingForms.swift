import Algebra
import ConvexMethod
import Strata

/// The linear forms in the residual that are known to vanish, by rational linear algebra alone.
///
/// The residual is `W y` minus a combination of the columns of the support's images `W X_f`, so that a form orthogonal
/// to these and to `W y` vanishes. An atom on a ray with primitive direction `p` fixes the value of a form with
/// rational coefficients, `Σ_i σ(⟨p, z_i⟩) r_i = ± λ |p|`; rays whose `|p|²` differ by the square of a rational number
/// give values with rational ratios, hence forms that vanish (square roots from different classes are
/// linearly independent over Q). This is how `Σ_i r_i z_i = 0` comes to light where atoms are antipodal.
struct VanishingForms<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational
  typealias Matrix = Engine.RationalMatrix

  /// A ray that carries mass: a form with value `√c`, for the class `c` of its `|p|²`.
  private struct RayClass {
    /// `|p|²` of its first ray.
    let square: Rational
    /// `± φ(p)`, with value `λ |p|`.
    let form: [Rational]
  }

  private let system: StratumSystem<Engine>
  private let support: [Int]
  /// The columns of the support's images, and `W y`, as rows.
  private let images: Matrix
  private let classes: [RayClass]
  /// Images of a basis of the forms that vanish because of rays, as rows in reduced form.
  private let basis: Matrix
  private let pivots: [Int]

  init(_ system: StratumSystem<Engine>, at point: CriticalPoint<Engine>) throws {
    self.system = system
    support = point.support
    let count = system.rowCount
    var rows: [Rational] = []
    for position in point.support {
      rows += try system.image(position).transposed.entries
    }
    rows += try system.targets().entries
    images = try Matrix(rows: rows.count / count, columns: count, entries: rows)
    var classes: [RayClass] = []
    var differences: [Rational] = []
    for position in point.support {
      guard let ray = try RayForm(system.faces[position], of: system.division) else { continue }
      let sign: Rational = point.value(of: ray.form).sign == .negative ? -1 : 1
      let form = ray.form.map { $0 * sign }
      if let (known, ratio) = try Self.member(of: classes, ray.square) {
        differences += zip(form, known.form).map { $0 - ratio * $1 }
      } else {
        classes.append(RayClass(square: ray.square, form: form))
      }
    }
    self.classes = classes
    let vanishing = try Matrix(rows: differences.count / count, columns: count, entries: differences)
    let (form, pivots) = try vanishing.multiplied(by: images.transposed).reducedRowEchelonForm()
    basis = form.selectingRows(0..<pivots.count)
    self.pivots = pivots
  }

  /// The class of a ray with this `|p|²`, and `|p|` over that of the class.
  private static func member(
    of classes: [RayClass], _ square: Rational
  ) throws -> (RayClass, ratio: Rational)? {
    for known in classes {
      if let ratio = try (square.divided(by: known.square)).rationalSquareRoot { return (known, ratio) }
    }
    return nil
  }

  /// How many different square roots the values on rays need.
  var rayClassCount: Int { classes.count }

  /// Whether a form is known to vanish. Cost: a product with all designs of the support.
  func contains(_ form: [Rational]) throws -> Bool {
    let row = try Matrix(rows: 1, columns: form.count, entries: form)
    var image = try row.multiplied(by: images.transposed).entries
    for (index, pivot) in pivots.enumerated() where image[pivot] != 0 {
      let factor = image[pivot]
      for column in image.indices where basis[index, column] != 0 {
        image[column] -= factor * basis[index, column]
      }
    }
    return image.allSatisfy { $0 == 0 }
  }

  /// Whether `|q_f| = λ` is known.
  func attains(_ position: Int) throws -> Bool {
    if support.contains(position) { return true }
    let face = system.faces[position]
    if let ray = try RayForm(face, of: system.division) {
      guard let (known, ratio) = try Self.member(of: classes, ray.square) else { return false }
      return try [Rational(1), -1].contains { sign in
        try contains(zip(ray.form, known.form).map { $0 * sign - ratio * $1 })
      }
    }
    return try support.contains { other in
      try system.faces[other].dimension == face.dimension && opposition(position, other) != nil
    }
  }

  /// 1 or −1 if `q_f` is known to be this times `q_g`.
  func opposition(_ position: Int, _ other: Int) throws -> Int? {
    let (own, theirs) = try (system.design(position).transposed, system.design(other).transposed)
    return try [1, -1].first { sign in
      let difference = try own.subtracting(theirs.scaled(by: Rational(sign)))
      return try (0..<difference.rows).allSatisfy { row in
        try contains((0..<difference.columns).map { difference[row, $0] })
      }
    }
  }
}

/// The form of a face that is a ray.
struct RayForm<Engine: AlgebraEngine> {
  /// `p`, in the face.
  let direction: [Engine.Rational]
  /// `σ(⟨p, z_i⟩)`.
  let form: [Engine.Rational]
  /// `|p|²`.
  let square: Engine.Rational

  /// - Returns: `nil` if the face has another dimension.
  init?(_ face: UnitFace<Engine>, of division: Division<Engine>) throws {
    guard face.dimension == 1, let wall = face.walls.first else { return nil }
    let projector = division.arrangement.flats[face.flat].projector
    guard
      let column = (0..<projector.columns).first(where: { column in
        (0..<projector.rows).contains { projector[$0, column] != 0 }
      })
    else { return nil }
    var direction = (0..<projector.rows).map { projector[$0, column] }
    func products(_ vector: [Engine.Rational]) throws -> [Engine.Rational] {
      try division.vectors.multiplied(
        by: Engine.RationalMatrix(rows: vector.count, columns: 1, entries: vector)
      ).entries
    }
    var values = try products(direction)
    if values[wall.row].signum() != wall.sign {
      direction = direction.map { -$0 }
      values = values.map { -$0 }
    }
    let slope = division.problem.activation.slope
    form = values.map { $0 < 0 ? slope * $0 : $0 }
    square = direction.reduce(0) { $0 + $1 * $1 }
    self.direction = direction
  }
}

extension ExactRational {
  /// The square root, if it is rational.
  var rationalSquareRoot: Self? {
    get throws {
      guard self >= 0 else { return nil }
      let (top, bottom) = try (numerator.squareRoot(), denominator.squareRoot())
      return top.isExact && bottom.isExact ? try Self(numerator: top.root, denominator: bottom.root) : nil
    }
  }
}
