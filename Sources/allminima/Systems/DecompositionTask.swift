import Algebra
import Ideals

/// The work of `decompose`.
struct DecompositionTask: SystemTask {
  static let schema = "allminima/decompose/1"

  let options: DecompositionOptions

  var fieldsWithoutAnswer: [String: String] { ["kind": options.kind.rawValue] }

  func check(_ system: PolynomialSystem) throws { try requireRationalNumbers(system, "decompose") }

  func answer<Engine: AlgebraEngine>(
    _ system: PolynomialSystem, engine: Engine.Type, control: Control
  ) throws -> Decomposition {
    try Decomposition(of: system, options: options, engine: engine, control: control)
  }

  func text(_ answer: Decomposition, variables: [String]) -> [String] {
    var lines = [title(answer), ""]
    for (number, component) in answer.components.enumerated() {
      lines += Self.text(component, number: number + 1) + [""]
    }
    guard let check = answer.check else {
      return lines + ["The decomposition is probable; --check proves of it what can be proved."]
    }
    lines.append(answer.proved ? "Checked; all of this is proved:" : "Checked:")
    lines += check.items.map { item in
      "  \(item.status.rawValue): \(item.statement) (\(item.method))"
    }
    return lines
  }

  private func title(_ answer: Decomposition) -> String {
    let count = answer.components.count
    guard count > 0 else { return "The ideal is the whole ring: there are no components." }
    return switch answer.kind {
    case .minimal: "\(Readable.count(count, "minimal prime")):"
    case .primary: "\(Readable.count(count, "primary component")):"
    case .radical: "The radical:"
    case .equidimensional: "\(Readable.count(count, "equidimensional component")):"
    }
  }

  private static func text(_ component: Decomposition.Component, number: Int) -> [String] {
    var facts = ["dimension \(component.dimension)", "degree \(component.degree)"]
    if let embedded = component.embedded { facts.append(embedded ? "embedded" : "isolated") }
    var lines = ["\(number)  \(facts.joined(separator: ", "))"]
    lines += list(component.generators)
    if let prime = component.associatedPrime {
      lines += prime == component.generators ? ["   is prime"] : ["   associated prime:"] + list(prime)
    }
    return lines
  }

  private static func list(_ polynomials: [String]) -> [String] {
    polynomials.isEmpty ? ["     0"] : polynomials.map { "     " + $0 }
  }
}
