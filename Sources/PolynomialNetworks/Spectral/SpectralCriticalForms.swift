import Algebra
import LandscapeModel

/// All critical forms of bounded rank for an inner product `α tr(SASB) + β tr(SA) tr(SB)`, by the theorem of Eckart and
/// Young: they take over eigendirections of the teacher.
///
/// Guarantee: proved; every sign is exact. Cost: that of the eigenvalues, and for each subset of them some products
/// of small matrices.
struct SpectralCriticalForms<Engine: AlgebraEngine> {
  let teacher: Engine.RationalMatrix
  let signs: SpectralSigns<Engine>
  let width: Int
  let options: TeacherOptions
  let control: Control
  private let frames: SpectralFrames<Engine>
  private var spectrum: Spectrum<Engine> { signs.spectrum }
  private var product: SpectralInnerProduct<Engine> { signs.product }
  private var inputs: Int { teacher.rows }

  init(
    _ problem: TeacherProblem<Engine>, _ product: SpectralInnerProduct<Engine>, options: TeacherOptions,
    control: Control
  ) throws {
    let n = problem.teacher.inputs
    teacher = try Engine.RationalMatrix(
      rows: n, columns: n, entries: problem.teacher.matrix.flatMap { $0 })
    let matrix = try teacher.multiplied(by: product.covariance)
    let spectrum = try Spectrum<Engine>(matrix, control: control)
    frames = try SpectralFrames(spectrum, matrix: matrix, covariance: product.covariance, control: control)
    signs = SpectralSigns(spectrum: spectrum, product: product, frames: frames, control: control)
    width = problem.width
    self.options = options
    self.control = control
  }

  func list() throws -> CriticalList {
    var list = CriticalList()
    for rank in 0...min(width, inputs) {
      var count = 0
      for selection in SpectralSelection.all(rank: rank, multiplicities: spectrum.multiplicities) {
        try control.check()
        let signs = try signs.signs(selection)
        if selection.chosen.contains(where: { signs[$0] == 0 }) {
          list.discriminant.rankDrop = true
        } else if selection.dimension > 0 {
          list.families.append(try family(selection, signs))
        } else {
          count += 1
          list.points.append(try point(selection, signs))
        }
      }
      if rank > 0 { list.counts.append(TeacherResult.Count(rank: rank, count: count)) }
    }
    if width > inputs {
      list.counts += ((inputs + 1)...width).map { TeacherResult.Count(rank: $0, count: 0) }
    }
    list.discriminant.degenerate = !list.families.isEmpty
    if inputs > 1 { list.discriminant.value = try discriminant().description }
    return list
  }

  /// That of the characteristic polynomial of `T S`, from the power sums of its roots.
  private func discriminant() throws -> Engine.Rational {
    let matrix = try teacher.multiplied(by: product.covariance)
    var power = Engine.RationalMatrix.identity(inputs)
    var sums: [Engine.Rational] = []
    for _ in 0...(2 * inputs - 2) {
      sums.append((0..<inputs).reduce(0) { $0 + power[$1, $1] })
      power = try power.multiplied(by: matrix)
    }
    return try Engine.RationalMatrix(
      rows: inputs, columns: inputs,
      entries: (0..<inputs).flatMap { i in (0..<inputs).map { sums[i + $0] } }
    ).determinant()
  }

  /// In function space. A direction from `u_i` towards `u_j` has the sign of `(t_i − t_j)/(t_i − τ)`.
  private func signature(_ selection: SpectralSelection, _ signs: [Int]) -> TeacherResult.Signature {
    let rank = selection.rank
    var negative = 0
    for i in selection.chosen {
      for j in selection.left where j != i {
        let order = i < j ? 1 : -1
        if order * signs[i] < 0 {
          negative += selection.counts[i] * (selection.multiplicities[j] - selection.counts[j])
        }
      }
    }
    let total = rank * inputs - rank * (rank - 1) / 2
    return TeacherResult.Signature(
      positive: total - negative - selection.dimension, negative: negative, zero: selection.dimension)
  }

  private func point(
    _ selection: SpectralSelection, _ signs: [Int]
  ) throws -> TeacherResult.CriticalPoint {
    func total(_ places: [Int], _ sign: Int, _ count: (Int) -> Int) -> Int {
      places.reduce(0) { signs[$1] == sign ? $0 + count($1) : $0 }
    }
    let (counts, multiplicities) = (selection.counts, selection.multiplicities)
    func inertia(_ places: [Int], sign: Int, _ count: (Int) -> Int) -> TeacherResult.Signature {
      TeacherResult.Signature(
        positive: total(places, sign, count), negative: total(places, -sign, count),
        zero: total(places, 0, count))
    }
    let function = signature(selection, signs)
    // The gradient has the eigenvalues α (τ − t_j) off the image.
    let gradient = inertia(selection.left, sign: -1) { multiplicities[$0] - counts[$0] }
    let description = try describe(selection)
    return TeacherResult.CriticalPoint(
      rank: selection.rank, form: description.form, loss: description.loss, multiplicity: 1,
      kind: function.kind, signature: function,
      parameter: ParameterSignatures(
        function: function, form: inertia(selection.chosen, sign: 1) { counts[$0] }, gradient: gradient,
        isTeacher: gradient.positive + gradient.negative == 0, inputs: inputs
      ).all(width: width),
      exact: description.exact)
  }

  private func family(_ selection: SpectralSelection, _ signs: [Int]) throws -> TeacherResult.Family {
    let function = signature(selection, signs)
    let description = try describe(selection)
    return TeacherResult.Family(
      rank: selection.rank, dimension: selection.dimension, loss: description.loss, form: description.form,
      signature: function,
      // The kernel of the Hessian is tangent to the family.
      kind: function.negative == 0 ? .minimum : function.positive == 0 ? .maximum : .saddle)
  }

  private struct Description {
    var form: FormEnclosure
    var loss: DecimalEnclosure
    var exact: TeacherResult.ExactDescription?
  }

  private func describe(_ selection: SpectralSelection) throws -> Description {
    let enclosures = Enclosures(digits: options.digits)
    let point = SpectralPoint(signs: signs, selection: selection)
    if let (form, loss) = try rationalFormAndLoss(selection, point) {
      var exact: TeacherResult.ExactDescription?
      if options.describesExactly {
        exact = TeacherResult.ExactDescription(
          loss: try AlgebraicText<Engine>(digits: options.digits, control: control).number(loss),
          form: .matrix(form.map { $0.map(\.description) }), eigenvalues: try eigenvalues(selection))
      }
      return Description(
        form: .matrix(form.map { $0.map(enclosures.exact) }), loss: enclosures.exact(loss), exact: exact)
    }
    let all: [DecimalEnclosure] = try enclosures.all(control: control) { (precision: Int) -> [Engine.Ball]? in
      let arithmetic = BallArithmetic<Engine.Ball>(precision: precision + 64)
      guard let frame = try frames.frame(precision: precision + 64),
        let form = try point.form(frame, arithmetic)
      else { return nil }
      let loss = try point.loss(frame.values, arithmetic)
      return [loss] + form.enumerated().flatMap { i, row in row[...i] }
    }
    let places = (0..<inputs).map { i in
      (0..<inputs).map { j in (max(i, j) * (max(i, j) + 1)) / 2 + min(i, j) + 1 }
    }
    return Description(
      form: .matrix(places.map { $0.map { all[$0] } }), loss: all[0],
      exact: options.describesExactly
        ? TeacherResult.ExactDescription(eigenvalues: try eigenvalues(selection)) : nil)
  }

  /// The form and its loss where they are rational: all eigenvalues are, or those chosen are all zeros of some
  /// irreducible factors.
  private func rationalFormAndLoss(
    _ selection: SpectralSelection, _ point: SpectralPoint<Engine>
  ) throws -> (form: [[Engine.Rational]], loss: Engine.Rational)? {
    let arithmetic = RationalArithmetic<Engine.Rational>()
    if let frame = try frames.exact() {
      guard let form = try point.form(frame, arithmetic) else {
        preconditionFailure("exact numbers have known signs")
      }
      return (form, try point.loss(frame.values, arithmetic))
    }
    let chosen = selection.chosen
    guard selection.dimension == 0 else { return nil }
    let factors = Set(chosen.map { spectrum.values[$0].minimalPolynomial })
    let isStable = factors.allSatisfy { factor in
      chosen.filter { spectrum.values[$0].minimalPolynomial == factor }.count == factor.degree
    }
    guard isStable else { return nil }
    // On the sum of the eigenspaces, with a basis K, the form is (T S − τ) K (Kᵀ S K)⁻¹ Kᵀ.
    let covariance = product.covariance
    let matrix = try teacher.multiplied(by: covariance)
    var value = Engine.RationalMatrix.identity(inputs)
    for factor in factors { value = try value.multiplied(by: polynomial(factor, at: matrix)) }
    let basis = value.kernelBasis()
    let gram = try basis.transposed.multiplied(by: covariance).multiplied(by: basis)
    let projector = try basis.multiplied(by: gram.solve(basis.transposed))
    let inside = try matrix.multiplied(by: projector).multiplied(by: covariance)
    func trace(_ matrix: Engine.RationalMatrix) -> Engine.Rational {
      (0..<inputs).reduce(0) { $0 + matrix[$1, $1] }
    }
    let rest = trace(matrix) - trace(inside)
    let weight = product.squareWeight + product.traceWeight * Engine.Rational(selection.rank)
    let threshold = try -(product.traceWeight * rest).divided(by: weight)
    let form = try matrix.multiplied(by: projector).subtracting(projector.scaled(by: threshold))
    let difference = try form.subtracting(teacher).multiplied(by: covariance)
    let total = trace(difference)
    let loss = try
      (product.squareWeight * trace(difference.multiplied(by: difference))
      + product.traceWeight * total * total).divided(by: 2)
    return ((0..<inputs).map { i in (0..<inputs).map { form[i, $0] } }, loss)
  }

  /// Horner's rule.
  private func polynomial(
    _ polynomial: Engine.UnivariatePolynomial, at matrix: Engine.RationalMatrix
  ) throws -> Engine.RationalMatrix {
    var result = Engine.RationalMatrix.zero(rows: inputs, columns: inputs)
    for coefficient in polynomial.coefficients.reversed() {
      result = try result.multiplied(by: matrix)
        .adding(Engine.RationalMatrix.identity(inputs).scaled(by: Engine.Rational(coefficient)))
    }
    return result
  }

  private func eigenvalues(_ selection: SpectralSelection) throws -> [TeacherResult.AlgebraicNumber] {
    let text = AlgebraicText<Engine>(digits: options.digits, control: control)
    return try selection.chosen.flatMap { e in
      Array(repeating: try text.number(spectrum.values[e]), count: selection.counts[e])
    }
  }
}
