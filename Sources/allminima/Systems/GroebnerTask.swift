import Algebra
import GroebnerBases

/// The work of `groebner`.
struct GroebnerTask: SystemTask {
  struct Answer: Encodable {
    let schema = GroebnerTask.schema
    let order: String
    let basis: [String]
    /// The basis of the elimination ideal, where the order eliminates.
    let eliminationIdeal: [String]?
    /// −1 for the unit ideal. Absent if its computation would be too large, as the degree.
    let dimension: Int?
    let degree: Int?
    let proved: Bool
    /// Whether the field is Q; not part of the JSON.
    let isRational: Bool

    private enum CodingKeys: String, CodingKey {
      case schema, order, basis, eliminationIdeal, dimension, degree, proved
    }
  }

  static let schema = "allminima/groebner/1"

  let order: MonomialOrder
  let proves: Bool

  var heading: String? { "order \(order.name)" }
  var fieldsWithoutAnswer: [String: String] { ["order": order.name] }

  func check(_ system: PolynomialSystem) throws {
    if case .elimination(let count) = order, count > system.variables.count {
      throw RefusedRun("--order \(order.name): there are only \(system.variables.count) variables.")
    }
  }

  func answer<Engine: AlgebraEngine>(
    _ system: PolynomialSystem, engine: Engine.Type, control: Control
  ) throws -> Answer {
    try control.repeatingFailedProofs { try answerOnce(system, engine: engine, control: $0) }
  }

  private func answerOnce<Engine: AlgebraEngine>(
    _ system: PolynomialSystem, engine: Engine.Type, control: Control
  ) throws -> Answer {
    // The degree of the ideal cannot be seen from a basis in an order that does not refine the degree.
    let graded = try proved(
      GroebnerBasis(
        of: system, order: order.refinesDegree ? order : .degreeReverseLexicographic,
        options: GroebnerOptions(guarantee: proves && system.characteristic != 0 ? .proved : .probable),
        control: control
      ).provedIfUnit(generators: system.polynomials, engine: engine, control: control),
      from: system.polynomials, engine: engine, control)
    let basis =
      try graded.isUnit && graded.guarantee == .proved
      ? graded
      : proved(
        graded.converted(to: order, control: control), from: graded.polynomials, engine: engine, control)
    var eliminationIdeal: [String]?
    if case .elimination(let count) = order {
      eliminationIdeal = basis.elements(withoutFirst: count).map { $0.text(variables: system.variables) }
    }
    let series = try Self.hilbertSeries(graded, control)
    return Answer(
      order: order.name, basis: basis.text(variables: system.variables, threads: control.threads),
      eliminationIdeal: eliminationIdeal,
      dimension: series?.dimension, degree: series?.degree, proved: basis.guarantee == .proved,
      isRational: system.characteristic == 0)
  }

  /// The basis with a proof, if that is wanted and not there yet.
  private func proved<Engine: AlgebraEngine>(
    _ basis: GroebnerBasis, from generators: [SparsePolynomial<WideInteger>], engine: Engine.Type,
    _ control: Control
  ) throws -> GroebnerBasis {
    guard proves, basis.guarantee != .proved else { return basis }
    control.log?("proving that the basis of \(basis.count) elements is right")
    return try basis.proved(generators: generators, engine: engine, control: control)
  }

  private static func hilbertSeries(_ basis: GroebnerBasis, _ control: Control) throws -> HilbertSeries? {
    do {
      return try basis.hilbertSeries(control: control)
    } catch AlgebraError.tooLarge {
      return nil
    }
  }

  func isUndecided(_ answer: Answer) -> Bool { answer.dimension == nil }

  func text(_ answer: Answer, variables: [String]) -> [String] {
    var lines = Self.list("Reduced Gröbner basis", answer.basis)
    if let elements = answer.eliminationIdeal {
      lines += [""] + Self.list("Elimination ideal", elements)
    }
    lines.append("")
    switch (answer.dimension, answer.degree) {
    case (-1, _):
      lines.append(
        "The ideal is \(answer.proved || !answer.isRational ? "" : "probably ")the whole ring: there are no solutions."
      )
    case (let dimension?, let degree?): lines.append("Dimension \(dimension), degree \(degree).")
    default: lines.append("Dimension and degree are undecided: the exponents are too large.")
    }
    lines.append(Self.guarantee(answer))
    return lines
  }

  private static func guarantee(_ answer: Answer) -> String {
    if answer.proved { return "The basis is proved." }
    return answer.isRational
      ? "The basis is probable; --proved proves it."
      : "Its linear algebra has used random combinations, which miss a row once in 10^18; --proved uses none."
  }

  private static func list(_ title: String, _ elements: [String]) -> [String] {
    guard !elements.isEmpty else { return ["\(title): no elements, the ideal is zero."] }
    return ["\(title), \(Readable.count(elements.count, "element")):"] + elements.map { "  " + $0 }
  }
}
