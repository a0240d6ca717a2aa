import Algebra
import LandscapeModel
import RealSolving

/// All critical forms of bounded rank for any metric, by Gröbner bases and certified real solving.
struct AlgebraicCriticalForms<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational

  let problem: TeacherProblem<Engine>
  let options: TeacherOptions
  let control: Control

  private var basis: MonomialBasis { problem.teacher.basis }
  private var isQuadratic: Bool { basis.degree == 2 }

  /// - Parameter report: called before each rank with what has been found.
  func list(report: (CriticalList) throws -> Void) throws -> CriticalList {
    var list = CriticalList()
    list.points.append(try zero())
    let inverse = try problem.metric.gram.inverse()
    for rank in 1...problem.width {
      let known = list
      var partial = list
      partial.undecided.append("critical forms of rank \(rank) and more are not known yet")
      partial.knowsDiscriminant = false
      try report(partial)
      do {
        try control.check()
        try add(rank, inverse, to: &list)
      } catch let interruption as Interruption {
        list = known
        list.undecided.append("critical forms of rank \(rank) and more: \(interruption.reason)")
        list.knowsDiscriminant = false
        return list
      } catch AlgebraError.tooLarge(let what) {
        list = known
        list.undecided.append("critical forms of rank \(rank): \(AlgebraError.tooLarge(what))")
        list.knowsDiscriminant = false
      }
    }
    if basis.inputs == 2 { list.discriminant.value = try binaryDiscriminant() }
    return list
  }

  /// That of the binary form whose zeros are the critical directions.
  private func binaryDiscriminant() throws -> String {
    let ring = try Engine.PolynomialRing(variables: ["u"], order: .degreeReverseLexicographic)
    let gram = problem.metric.gram
    let found = try BinaryDiscriminant<Engine>(
      teacher: problem.teacher.coefficients.map(ring.constant),
      gram: basis.exponents.indices.map { row in
        basis.exponents.indices.map { ring.constant(gram[row, $0]) }
      }, degree: basis.degree, ring: ring, control: control)
    return found.degenerate.description
  }

  private func add(_ rank: Int, _ inverse: Engine.RationalMatrix, to list: inout CriticalList) throws {
    if isQuadratic, rank > basis.inputs {
      list.counts.append(TeacherResult.Count(rank: rank, count: 0))
      return
    }
    if isQuadratic, rank == basis.inputs { return try addTeacher(to: &list) }
    let parameters = rank * basis.inputs
    guard
      isQuadratic
        || WidthRegime.dimension(
          inputs: basis.inputs, degree: basis.degree, width: rank) == parameters
    else {
      list.undecided.append(
        "forms of rank \(rank) have infinitely many parameters each; their critical points are not listed")
      list.knowsDiscriminant = false
      return
    }
    let outcome = try RankSolver(problem: problem, rank: rank, inverseGram: inverse, control: control).solve()
    list.counts.append(TeacherResult.Count(rank: rank, count: outcome.count))
    list.undecided += outcome.undecided
    if outcome.isDegenerate { list.discriminant.degenerate = true }
    if let drops = outcome.dropsRank {
      if drops { list.discriminant.rankDrop = true }
    } else {
      list.knowsDiscriminant = false
    }
    for (coordinates, multiplicity) in outcome.points {
      list.points.append(try point(coordinates, multiplicity, rank, outcome.hessian))
    }
    for (dimension, sample) in outcome.families {
      var family = TeacherResult.Family(rank: rank, dimension: dimension)
      if let sample {
        let description = try describe(sample, outcome.hessian)
        family.loss = description.loss
        family.form = description.form
        family.signature = try signatures(sample, outcome.hessian, isSimple: false).function
      }
      list.families.append(family)
    }
  }

  /// X = 0, the only form of rank zero.
  private func zero() throws -> TeacherResult.CriticalPoint {
    let arithmetic = RationalArithmetic<Rational>()
    let teacher = problem.teacher
    let image = teacher.coefficients.indices.map { row in
      teacher.coefficients.indices.reduce(Rational(0)) {
        $0 + problem.metric.gram[row, $1] * teacher.coefficients[$1]
      }
    }
    let norm = zip(image, teacher.coefficients).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
    let loss = try norm.divided(by: 2)
    let none = TeacherResult.Signature(positive: 0, negative: 0, zero: 0)
    var parameters: [TeacherResult.Parameters]
    if isQuadratic {
      let gradient = (0..<basis.inputs).map { i in
        (0..<basis.inputs).map { -image[basis.place(i, $0)] }
      }
      guard let inertia = try arithmetic.inertia(gradient) else {
        preconditionFailure("exact numbers have known signs")
      }
      parameters = ParameterSignatures(
        function: none, form: none, gradient: inertia, isTeacher: norm == 0, inputs: basis.inputs
      ).all(width: problem.width)
    } else {
      // A unit (a, w) = (0, 0) changes the loss by −a ⟨T, w^m⟩, which has both signs.
      parameters = [
        TeacherResult.Parameters(
          positiveUnits: 0, negativeUnits: 0,
          signature: TeacherResult.Signature(
            positive: 0, negative: 0, zero: problem.width * (basis.inputs + 1)),
          kind: norm == 0 ? .minimum : .saddle)
      ]
    }
    let coefficients = [Rational](repeating: 0, count: basis.count)
    return TeacherResult.CriticalPoint(
      rank: 0, form: try formEnclosure(coefficients), loss: enclosures.exact(loss),
      multiplicity: 1, kind: .minimum, signature: none, parameter: parameters,
      exact: options.describesExactly ? try exact(coefficients, loss) : nil)
  }

  /// The teacher itself, the only critical form of full rank if it has that.
  private func addTeacher(to list: inout CriticalList) throws {
    let n = basis.inputs
    let arithmetic = RationalArithmetic<Rational>()
    guard let inertia = try arithmetic.inertia(problem.teacher.matrix) else {
      preconditionFailure("exact numbers have known signs")
    }
    list.counts.append(TeacherResult.Count(rank: n, count: inertia.zero == 0 ? 1 : 0))
    guard inertia.zero == 0 else {
      list.discriminant.rankDrop = true
      return
    }
    let signature = TeacherResult.Signature(positive: basis.count, negative: 0, zero: 0)
    let coefficients = problem.teacher.coefficients
    list.points.append(
      TeacherResult.CriticalPoint(
        rank: n, form: try formEnclosure(coefficients), loss: enclosures.exact(Rational(0)),
        multiplicity: 1, kind: .minimum, signature: signature,
        parameter: ParameterSignatures(
          function: signature, form: inertia,
          gradient: TeacherResult.Signature(positive: 0, negative: 0, zero: 0), isTeacher: true, inputs: n
        ).all(width: problem.width),
        exact: options.describesExactly ? try exact(coefficients, Rational(0)) : nil))
  }

  private func point(
    _ coordinates: CriticalCoordinates<Engine>, _ multiplicity: Int, _ rank: Int,
    _ hessian: CriticalHessian<Engine>
  ) throws -> TeacherResult.CriticalPoint {
    let signatures = try signatures(coordinates, hessian, isSimple: multiplicity == 1)
    let description = try describe(coordinates, hessian)
    return TeacherResult.CriticalPoint(
      rank: rank, form: description.form, loss: description.loss, multiplicity: multiplicity,
      kind: signatures.function.kind, signature: signatures.function,
      parameter: parameters(signatures, multiplicity, rank: rank), exact: description.exact)
  }

  /// By balls, and exactly where these do not tell.
  private func signatures(
    _ coordinates: CriticalCoordinates<Engine>, _ hessian: CriticalHessian<Engine>, isSimple: Bool
  ) throws -> CriticalHessian<Engine>.Signatures {
    if let values = coordinates.rational {
      if let found = try hessian.signatures(at: values, RationalArithmetic<Rational>()) { return found }
    }
    if isSimple {
      for precision in [128, 512] {
        try control.check()
        let arithmetic = BallArithmetic<Engine.Ball>(precision: precision + 64)
        let point = try coordinates.balls(precision: precision, control: control)
        if let found = try hessian.signatures(at: point, arithmetic) { return found }
      }
    }
    let (arithmetic, point) = try coordinates.exact(control: control)
    guard let found = try hessian.signatures(at: point, arithmetic) else {
      preconditionFailure("exact numbers have known signs")
    }
    return found
  }

  private func parameters(
    _ signatures: CriticalHessian<Engine>.Signatures, _ multiplicity: Int, rank: Int
  ) -> [TeacherResult.Parameters] {
    ParameterSignatures(
      function: signatures.function, form: signatures.form, gradient: signatures.gradient,
      isTeacher: signatures.isTeacher, multiplicity: multiplicity, inputs: basis.inputs
    ).all(width: problem.width, degree: basis.degree, rank: rank)
  }

  private struct Description {
    var form: FormEnclosure
    var loss: DecimalEnclosure
    var exact: TeacherResult.ExactDescription?
  }

  private var enclosures: Enclosures { Enclosures(digits: options.digits) }

  private func describe(
    _ coordinates: CriticalCoordinates<Engine>, _ hessian: CriticalHessian<Engine>
  ) throws -> Description {
    if let values = coordinates.rational {
      let (form, loss) = try hessian.formAndLoss(at: values, RationalArithmetic<Rational>())
      return Description(
        form: try formEnclosure(form), loss: enclosures.exact(loss),
        exact: options.describesExactly ? try exact(form, loss) : nil)
    }
    let all = try enclosures.all(control: control) { (precision: Int) -> [Engine.Ball]? in
      let arithmetic = BallArithmetic<Engine.Ball>(precision: precision + 64)
      let point = try coordinates.balls(precision: precision, control: control)
      let (form, loss) = try hessian.formAndLoss(at: point, arithmetic)
      let half = try Rational(2).inverse()
      // Matrices have half the coefficients off the diagonal.
      return [loss]
        + zip(form, basis.exponents).map { value, exponents in
          isQuadratic && !exponents.contains(2) ? value * arithmetic.constant(half) : value
        }
    }
    var exact: TeacherResult.ExactDescription?
    if options.describesExactly {
      let (arithmetic, point) = try coordinates.exact(control: control)
      let loss = try hessian.formAndLoss(at: point, arithmetic).loss
      let root = try arithmetic.field.root(loss, control: control)
      exact = TeacherResult.ExactDescription(
        loss: try AlgebraicText<Engine>(digits: options.digits, control: control)
          .number(root.polynomial, root.interval))
    }
    return Description(
      form: shaped(Array(all.dropFirst())), loss: all[0], exact: exact)
  }

  private func exact(
    _ coefficients: [Rational], _ loss: Rational
  ) throws -> TeacherResult.ExactDescription {
    let text = AlgebraicText<Engine>(digits: options.digits, control: control)
    let form: ExactForm
    if isQuadratic {
      let matrix = Form(basis: basis, coefficients: coefficients, names: problem.teacher.names).matrix
      form = .matrix(matrix.map { $0.map(\.description) })
    } else {
      form = .coefficients(
        Dictionary(
          uniqueKeysWithValues: coefficients.enumerated().map {
            (basis.text($0, names: problem.teacher.names), $1.description)
          }))
    }
    return TeacherResult.ExactDescription(loss: try text.number(loss), form: form)
  }

  private func formEnclosure(_ coefficients: [Rational]) throws -> FormEnclosure {
    shaped(
      try zip(coefficients, basis.exponents).map { value, exponents in
        enclosures.exact(isQuadratic && !exponents.contains(2) ? try value.divided(by: 2) : value)
      })
  }

  /// - Parameter values: entries of the matrix by monomial, or coefficients.
  private func shaped(_ values: [DecimalEnclosure]) -> FormEnclosure {
    if isQuadratic {
      return .matrix(
        (0..<basis.inputs).map { i in (0..<basis.inputs).map { values[basis.place(i, $0)] } })
    }
    return .coefficients(
      Dictionary(
        uniqueKeysWithValues: values.enumerated().map {
          (basis.text($0, names: problem.teacher.names), $1)
        }))
  }
}
