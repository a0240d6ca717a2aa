import LandscapeModel

/// A polynomial system and its real solutions, as `solve` writes them.
public struct SolvedSystem: Decodable, Sendable {
  public struct Run: Decodable, Sendable {
    public let seconds: Double
    public let limit: String?
  }

  public static let currentSchema = "allminima/solve/1"

  public let schema: String
  /// `finite`, `empty`, `positiveDimensional` or `undecided`.
  public let answer: String
  public let complete: Bool
  public let variables: [String]
  /// The polynomials; absent in results of older versions.
  public let system: [String]?
  public let dimension: Int?
  /// The number of complex solutions with multiplicities.
  public let degree: Int?
  public let multiplicities: [Int]?
  public let realSolutions: [[DecimalEnclosure]]?
  public let reason: String?
  public let run: Run?
}

extension ReportPart {
  /// A report of the real solutions of a polynomial system.
  ///
  /// - Parameters:
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - source: the name of the system.
  public init(_ result: SolvedSystem, json: String, source: String) {
    let report = SystemReport(result: result)
    self.init(title: "Real solutions: \(source)", blocks: report.blocks, json: json)
  }
}

/// The words of a report of solutions.
private struct SystemReport {
  let result: SolvedSystem

  private static let mostRows = 60
  private static let mostPolynomials = 20

  var blocks: [ReportPart.Block] {
    var blocks: [ReportPart.Block] = [.claim(claim, isComplete: result.complete)]
    if let system = result.system {
      blocks.append(.paragraph("In \(result.variables.joined(separator: ", ")):"))
      blocks.append(
        .list(
          system.prefix(Self.mostPolynomials).map { SVGText.fitted("\($0) = 0", to: 2000, size: 10) }
            + (system.count > Self.mostPolynomials
              ? ["… and \(system.count - Self.mostPolynomials) more"] : [])))
    }
    let solutions = result.realSolutions ?? []
    if !solutions.isEmpty { blocks += [.heading("Real solutions"), .table(table(solutions))] }
    var notes: [String] = []
    if result.variables.count == 2, let system = result.system,
      let figure = SolutionFigure(result, system)?.figure()
    {
      blocks.append(.figure(figure))
    } else {
      notes.append("Curves are drawn for two variables.")
    }
    return blocks
      + ResultNotes.ending(
        leftOut: notes, undecided: result.reason.map { [$0] } ?? [], seconds: result.run?.seconds)
  }

  private var claim: String {
    let real = result.realSolutions?.count ?? 0
    guard result.complete else { return ResultNotes.incomplete(limit: result.run?.limit) }
    switch result.answer {
    case "empty": return "There are no solutions, not even complex ones."
    case "finite":
      return
        "\(ResultNotes.count(real, "real solution")), of \(ResultNotes.count(result.degree ?? real, "complex solution")) "
        + "with multiplicities. That none is missing is probable: it rests on many random primes."
    default:
      return "There are infinitely many complex solutions: the dimension is \(result.dimension ?? 0)."
        + (real == 0 ? "" : " Isolated real solutions are listed.")
    }
  }

  private func table(_ solutions: [[DecimalEnclosure]]) -> PageTable {
    let shown = solutions.prefix(Self.mostRows)
    let multiplicities = (result.multiplicities ?? []).contains { $0 > 1 } ? result.multiplicities : nil
    return PageTable(
      caption: "Proved enclosures, rounded."
        + (shown.count == solutions.count
          ? "" : " \(solutions.count - shown.count) more are in the embedded result."),
      columns: [.init(name: "solution")] + (multiplicities == nil ? [] : [.init(name: "multiplicity")])
        + result.variables.map { .init(name: $0) },
      rows: shown.enumerated().map { index, point in
        ["\(index + 1)"] + (multiplicities.map { ["\($0[index])"] } ?? [])
          + point.map { Rounded.text($0.doubleValue, digits: 10) }
      })
  }
}
