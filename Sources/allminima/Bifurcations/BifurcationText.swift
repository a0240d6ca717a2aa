import Algebra
import Bifurcations
import LandscapeModel
import RealSolving

/// The result of `bifurcate` for people to read.
struct BifurcationText {
  let result: BifurcationResult
  let digits: Int

  /// - Throws: never for a result of ours: its enclosures are numbers.
  var lines: [String] {
    get throws {
      let sections = try [
        heading, isotypic, criticalValues, indices, halfBranches, spectrum, found, branches, singularPoints,
        subgroups, degrees, undecided,
      ]
      return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
    }
  }

  var parameter: String { result.family == .homotopy ? "λ" : "α" }

  func number(_ enclosure: DecimalEnclosure) throws -> String {
    enclosure.lower == enclosure.upper
      ? enclosure.lower.description : enclosure.rounded(toDigits: digits).description
  }

  func table(_ title: String, _ header: [String], _ rows: [[String]], flushRight: Set<Int>)
    -> [String]
  {
    guard !rows.isEmpty else { return [] }
    let lines = TextTable([header] + rows, flushRight: flushRight).lines
    return [title] + lines.map(Self.indented)
  }

  /// Without spaces at the end.
  private static func indented(_ line: String) -> String {
    "  " + String(line.reversed().drop { $0 == " " }.reversed())
  }

  private var heading: [String] {
    let parameter =
      switch result.family {
      case .homotopy: "homotopy λ: 0 linear, 1 ReLU, 2 absolute value; no activation beyond [0, 2]"
      case .slope: "slope α: -1 absolute value, 0 ReLU, 1 linear"
      }
    return [
      "A student of \(result.units) units and \(result.units) Gaussian inputs around its teacher W = I; \(parameter)."
    ]
  }

  private var isotypic: [String] {
    let rows = result.isotypic.flatMap { component in
      component.closedForms.enumerated().map { position, form in
        position > 0
          ? ["", "", "", form]
          : [component.type, "\(component.dimension)", "\(component.multiplicity)", form]
      }
    }
    return table(
      "The Hessian at W = I on the isotypic components of S\(result.units):",
      ["component", "dimension", "copies", "eigenvalues"], rows, flushRight: [1, 2])
      + ["  with P = \(result.weights.P), Q = \(result.weights.Q), k = \(result.units)"]
  }

  private var criticalValues: [String] {
    get throws {
      let rows = try result.criticalValues.enumerated().map { position, value in
        let kernel = value.kernel.map { ($0.multiplicity == 1 ? "" : "\($0.multiplicity)") + $0.type }
        return [
          "\(position + 1)", try number(value.value), value.closedForm, value.crossing ? "yes" : "no",
          "\(value.nullity)", kernel.joined(separator: " + "),
        ]
      }
      let notes = try result.criticalValues.compactMap { value in
        try value.verticalFamily.map { "  For \(parameter) = \(try number(value.value)), \($0)." }
      }
      return table(
        "Critical values:", ["#", parameter, "closed form", "index changes", "nullity", "kernel"], rows,
        flushRight: [4]) + notes
    }
  }

  private var indices: [String] {
    get throws {
      let rows = try result.morseIndex.map { interval in
        let from = try interval.from.map { try number($0) + " < " } ?? ""
        let to = try interval.to.map { " < " + (try number($0)) } ?? ""
        return ["\(interval.index)", "for \(from)\(parameter)\(to)"]
      }
      return ["Index of W = I (proved):"] + TextTable(rows, flushRight: [0]).lines.map(Self.indented)
    }
  }

  private var halfBranches: [String] {
    get throws {
      let rows = try result.criticalValues.enumerated().flatMap { position, value in
        try value.branches.map { branch in
          [
            "\(position + 1)", branch.isotropy, branch.direction.rawValue, branch.side.rawValue,
            try number(branch.slope), try number(branch.cubic),
          ]
        }
      }
      return table(
        "Branches that leave W = I, up to symmetry, as W = I + sV:",
        ["from", "isotropy", "side", "exists", "d|s|/d\(parameter)", "L/|s|³"], rows, flushRight: [])
    }
  }

  private var spectrum: [String] {
    get throws {
      guard let spectrum = result.spectrum, let at = result.at else { return [] }
      let rows = try spectrum.flatMap { part in
        try part.eigenvalues.enumerated().map { position, eigenvalue in
          [position == 0 ? part.type : "", try number(eigenvalue), "\(part.dimension)"]
        }
      }
      let beyond = result.atIsActivation == false ? ", where no activation has this loss" : ""
      return table(
        "Spectrum of the Hessian at W = I for \(parameter) = \(at)\(beyond):",
        ["component", "eigenvalue", "multiplicity"], rows, flushRight: [2])
    }
  }
}
