import Components
import Algebra
import Arrangements
import ConvexMethod
import GroebnerBases
import Ideals
import LandscapeModel
import RealSolving
import Strata

/// Describes a component exactly: its numbers in a number field, and the ideals of its pieces if it is a family.
struct ExactDescriber<Engine: AlgebraEngine> {
  typealias Element = NumberField<Engine>.Element

  let scaling: Scaling<Engine>
  let division: Division<Engine>
  let exact: ExactDecision<Engine>
  let digits: Int
  let control: Control

  private var problem: ScaledProblem<Engine> { division.problem }

  /// A description, or why there is none.
  func describe(_ draft: ComponentDraft<LocalMinimum<Engine>>) throws -> Result<ExactDescription, Undescribed>
  {
    do {
      try control.check()
      return .success(try description(of: draft))
    } catch let interruption as Interruption {
      return .failure(Undescribed(reason: interruption.reason.description))
    } catch AlgebraError.tooLarge(let what) {
      return .failure(Undescribed(reason: AlgebraError.tooLarge(what).description))
    }
  }

  struct Undescribed: Error {
    let reason: String
  }

  private func description(of draft: ComponentDraft<LocalMinimum<Engine>>) throws -> ExactDescription {
    let representative = draft.representative
    let system = try StratumSystem(division, faces: representative.faces)
    let point = representative.point
    let ties = system.faces.indices.filter { !point.support.contains($0) }
    let block = try exact.description(
      of: system, at: point, suspects: ties.map { .attains(system.faces[$0]) })
    let field = block.field
    let text = ExactText<Engine>(field: field, digits: digits, control: control)
    let polytope = try block.polytope(
      ofImages: draft.faces.map { try block.image(of: $0.face, in: division) }, division: division,
      control: control)
    guard let vertex = polytope.vertices.first else {
      preconditionFailure("the shares of a minimum exist")
    }
    let units = try draft.faces.indices.map { index in
      ExactDescription.Units(
        pattern: .pattern(draft.faces[index].pattern),
        g: try gradient(draft.faces[index].face, block).map(text.text),
        total: polytope.vertices.count == 1 ? try text.text(unscaled(vertex[index], field)) : nil)
    }
    var description = ExactDescription(
      field: try text.generator(), loss: try text.number(loss(vertex, block)), units: units)
    if polytope.vertices.count > 1 {
      description.vertices = try polytope.vertices.map { vertex in
        try vertex.map { try text.text(unscaled($0, field)) }
      }
    }
    if draft.dimension == 0 {
      description.point = try self.point(of: draft, vertex, block, text)
    } else {
      description.pieces = try pieces(of: draft, block)
    }
    return description
  }

  /// All ways of sharing the units. Units at rest are limits of those where every unit is alive.
  private func pieces(
    of draft: ComponentDraft<LocalMinimum<Engine>>, _ block: ExactResidual<Engine>.Block
  ) throws -> [ExactDescription.Piece] {
    var pieces: [ExactDescription.Piece] = []
    for member in draft.members {
      let sharings =
        draft.isClosed
        ? UnitSharing.compositions(of: problem.units, into: member.faces.count)
        : [draft.counts]
      let faces = try member.faces.indices.map { position in
        try ComponentIdeal<Engine>.Face(
          gradient: gradient(member.faces[position], block),
          image: block.image(of: member.faces[position], in: division),
          products: division.moments.products(member.faces[position]),
          outputSign: member.outputSigns[position])
      }
      for counts in sharings {
        let ideal = ComponentIdeal(
          scaling: scaling, division: division, block: block, faces: faces, counts: counts,
          allowsBothSigns: problem.activation.symmetry == .oddInUnit, control: control)
        let patterns = zip(member.patterns, counts).flatMap { pattern, count in
          Array(repeating: Face.pattern(pattern), count: count)
        }
        pieces.append(ExactDescription.Piece(patterns: patterns, ideal: try ideal.generators()))
      }
    }
    return pieces
  }

  // MARK: - Numbers, in the units of the original problem

  /// `g = P Mᵀ r`.
  private func gradient(_ face: UnitFace<Engine>, _ block: ExactResidual<Engine>.Block) throws -> [Element] {
    let factor = try Engine.Rational(2).power(scaling.ridgeExponent)
    return block.gradient(try division.design(of: face)).map { block.field.scale($0, by: factor) }
  }

  private func unscaled(_ share: Element, _ field: NumberField<Engine>) throws -> Element {
    field.scale(share, by: try Engine.Rational(2).power(scaling.shareExponent))
  }

  /// `ℓ = ⟨y, r⟩ + λ Σ s`.
  private func loss(_ shares: [Element], _ block: ExactResidual<Engine>.Block) throws -> Element {
    let field = block.field
    let total = shares.reduce(field.zero) { field.add($0, $1) }
    let loss = field.add(block.value(of: problem.targets), field.scale(total, by: problem.ridge))
    return field.scale(loss, by: try Engine.Rational(2).power(scaling.lossExponent))
  }

  /// `c = N⁻¹VᵀΩ(y − Σ_f (s_f/λ) X_f q_f)`; `nil` without features.
  private func coefficients(
    of draft: ComponentDraft<LocalMinimum<Engine>>, _ shares: [Element], _ block: ExactResidual<Engine>.Block
  ) throws -> [Element]? {
    guard let targets = division.moments.targetProducts else { return nil }
    let field = block.field
    let metric = problem.metric
    let ridge = try problem.ridge.inverse()
    var sum = block.product(try metric.coefficients(ofProducts: targets), [field.constant(1)])
    for (index, entry) in draft.faces.enumerated() {
      guard let products = try division.moments.products(entry.face) else { continue }
      let factor = field.scale(shares[index], by: ridge)
      let weight = block.gradient(try division.design(of: entry.face)).map { field.multiply(factor, $0) }
      sum = zip(sum, block.product(try metric.coefficients(ofProducts: products), weight)).map(field.subtract)
    }
    let scale = try Engine.Rational(2).power(scaling.lossExponent / 2)
    return sum.map { field.scale($0, by: scale) }
  }

  private func point(
    of draft: ComponentDraft<LocalMinimum<Engine>>, _ shares: [Element], _ block: ExactResidual<Engine>.Block,
    _ text: ExactText<Engine>
  ) throws -> ExactDescription.Point {
    let field = block.field
    let zero = ExactDescription.Number(minimalPolynomial: "x", lower: "0", upper: "0")
    var point = ExactDescription.Point(a: [], w: [])
    for (index, entry) in draft.faces.enumerated() {
      let share = try unscaled(shares[index], field)
      point.a.append(try text.number(field.squareRoot(of: share, sign: entry.outputSign, control: control)))
      // w = a g / λ, the direction g / λ being free of units.
      let ridge = try Engine.Rational(2).power(scaling.ridgeExponent) * problem.ridge
      point.w.append(
        try gradient(entry.face, block).map { coordinate in
          let sign = try field.sign(coordinate)
          guard sign != 0 else { return zero }
          let square = field.multiply(share, field.multiply(coordinate, coordinate))
          return try text.number(
            field.squareRoot(
              of: field.scale(square, by: try (ridge * ridge).inverse()), sign: sign * entry.outputSign,
              control: control))
        })
    }
    while point.a.count < problem.units {
      point.a.append(zero)
      point.w.append(Array(repeating: zero, count: problem.weightDimension))
    }
    point.c = try coefficients(of: draft, shares, block)?.map { try text.number($0) }
    return point
  }
}
