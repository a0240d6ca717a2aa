import Algebra
import InfiniteWidth
import Interchange
import LandscapeModel
import Strata

/// An optimum with infinitely many units, for people to read.
struct InfiniteWidthText {
  private static let mostDigits = 10
  private static let mostAtomsShown = 60

  let result: InfiniteWidthResult
  let source: String
  let pattern: PatternText
  /// Why the run ended early, if it did.
  let limit: String?

  /// - Throws: `AlgebraError` if a bound of the result is not a number.
  func text() throws -> String {
    var lines = [heading, ""]
    if let loss = result.loss, let mass = result.totalMass, let solutions = result.solutions {
      lines += try summary(loss, mass, solutions) + [""]
    } else if let loss = result.loss {
      lines += ["Loss \(short(loss))."]
    }
    if let extremal = result.extremal, !extremal.isEmpty { lines += try table(extremal) + [""] }
    lines += try certificate() + uniqueness() + stability() + exact()
    for reason in result.undecided ?? [] { lines.append("Undecided: \(reason).") }
    if let limit { lines.append("Incomplete: \(limit).") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    var parts = [result.problem.heading]
    if let ridge = result.problem.ridge {
      parts.append("ridge \(ridge)" + (result.problem.penalty.map { " on \($0.rawValue)" } ?? ""))
    }
    return "\(source.split(separator: "/").last ?? "data"): \(parts.joined(separator: ", "))."
  }

  private func summary(
    _ loss: DecimalEnclosure, _ mass: DecimalEnclosure, _ solutions: InfiniteWidthResult.Solutions
  ) throws -> [String] {
    var lines = ["Least loss of all widths: \(short(loss)). Total mass: \(short(mass))."]
    switch solutions.leastAtoms {
    case 0: lines.append("The zero network is optimal.")
    case let atoms:
      lines.append("A network with \(Readable.count(atoms, "unit")) reaches it, and none with fewer.")
    }
    return lines
  }

  private func table(_ extremal: [InfiniteWidthResult.Extreme]) throws -> [String] {
    let kinks = result.problem.inputs == 1 && result.problem.bias
    var rows = [["sign", kinks ? "kink" : "direction", "mass", "strict", "active"]]
    for extreme in extremal.prefix(Self.mostAtomsShown) {
      rows.append([
        extreme.sign > 0 ? "+" : "-", kinks ? try kink(extreme) : direction(extreme),
        range(extreme.mass), extreme.strict ? "yes" : "no", pattern(try Face(text: extreme.pattern)),
      ])
    }
    var lines = TextTable(rows, flushRight: [1, 2]).lines.map(Self.trimmed)
    if extremal.count > Self.mostAtomsShown {
      lines.append("… and \(Readable.count(extremal.count - Self.mostAtomsShown)) more (see --format json)")
    }
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Where the argument vanishes.
  private func kink(_ extreme: InfiniteWidthResult.Extreme) throws -> String {
    let values = try extreme.direction.map(number)
    guard values[0] != 0 else { return "none" }
    return DecimalNumber(rounding: try (-values[1]).divided(by: values[0]), toDigits: 7).description
  }

  private func direction(_ extreme: InfiniteWidthResult.Extreme) -> String {
    "(" + extreme.direction.map { $0.rounded(toDigits: 5).description }.joined(separator: ", ") + ")"
  }

  private func range(_ mass: DecimalEnclosure) -> String {
    let (lower, upper) = (DecimalEnclosure(exact: mass.lower), DecimalEnclosure(exact: mass.upper))
    let (low, high) = (short(lower), short(upper))
    return low == high ? low : "\(low) – \(high)"
  }

  private func certificate() throws -> [String] {
    guard let certificate = result.certificate else { return [] }
    var lines: [String] = []
    if let next = certificate.nextLargest {
      lines.append(
        "Everywhere else the certificate stays below the ridge; its next largest value is "
          + "\(short(next)) of it.")
    } else if result.solutions?.leastAtoms == 0 {
      lines.append("The certificate reaches \(short(certificate.ratio)) of the ridge.")
    }
    return lines
  }

  private func uniqueness() -> [String] {
    guard let solutions = result.solutions else { return [] }
    if solutions.unique { return ["The measure is unique, and so is the network's function."] }
    let polytope =
      "The measure is not unique: the solutions are a polytope of dimension \(solutions.dimension) with "
      + "\(Readable.count(solutions.vertexCount, "vertex", "vertices"))"
    return [
      polytope + (solutions.functionUnique ? "; the network's function is unique." : "; nor is the function.")
    ]
  }

  private func stability() throws -> [String] {
    switch result.stability?.persists {
    case .yes?: ["For small noise and a small ridge the atoms keep their number and their faces."]
    case .no?:
      if let ratio = result.stability?.preCertificateRatio {
        [
          "Not stable: with a small ridge further atoms appear (the certificate of least norm reaches "
            + "\(short(ratio)))."
        ]
      } else {
        ["Not stable: with a small ridge an atom leaves its face or further atoms appear."]
      }
    case .undecided?: ["Whether the atoms keep their number for a small ridge is undecided."]
    case nil: []
    }
  }

  private func exact() -> [String] {
    guard let exact = result.exact else { return [] }
    return ["The loss is a root of \(exact.loss.minimalPolynomial)."]
  }

  private func short(_ enclosure: DecimalEnclosure) -> String {
    enclosure.rounded(toDigits: Self.mostDigits).description
  }

  private func number(_ enclosure: DecimalEnclosure) throws -> TextNumber {
    let (lower, upper) = try (
      TextNumber(exactly: enclosure.lower.description), TextNumber(exactly: enclosure.upper.description)
    )
    return try (lower + upper).divided(by: 2)
  }
}
