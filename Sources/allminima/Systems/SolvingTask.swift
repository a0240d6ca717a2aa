import Algebra
import LandscapeModel
import RealSolving
import Synchronization

/// The work of `solve`.
struct SolvingTask: SystemTask {
  static let schema = "allminima/solve/1"
  static let tellsSystem = true
  /// A table with longer lines becomes a list.
  private static let width = 100

  let digits: Int
  private let size = KnownSize()

  init(digits: Int) { self.digits = digits }

  /// Dimension and degree, once they are known.
  private final class KnownSize: Sendable {
    private let value = Mutex<(dimension: Int, degree: Int)?>(nil)

    var current: (dimension: Int, degree: Int)? { value.withLock { $0 } }
    func set(_ dimension: Int, _ degree: Int) { value.withLock { $0 = (dimension, degree) } }
  }

  var fieldsWithoutAnswer: [String: String] {
    let answer: SolutionReport.Answer =
      switch size.current?.dimension {
      case nil: .undecided
      case 0: .finite
      default: .positiveDimensional
      }
    return ["answer": answer.rawValue]
  }

  var findings: Findings? {
    guard let (dimension, degree) = size.current else { return nil }
    let line =
      dimension == 0
      ? "There are probably \(Readable.count(degree, "complex solution")), counted with multiplicities."
      : "There are probably infinitely many complex solutions: the dimension is \(dimension), the degree"
        + " \(degree)."
    return Findings(figures: ["dimension": dimension, "degree": degree], lines: [line])
  }

  func check(_ system: PolynomialSystem) throws { try requireRationalNumbers(system, "solve") }

  func answer<Engine: AlgebraEngine>(
    _ system: PolynomialSystem, engine: Engine.Type, control: Control
  ) throws -> SolutionReport {
    var following = control
    following.progress = { [size] progress in
      var progress = progress
      if let (dimension, degree) = size.current {
        progress.stage = "dimension \(dimension), degree \(degree); \(progress.stage)"
      }
      control.progress?(progress)
    }
    let report = try SolutionReport(
      of: system, options: SolveOptions(digits: digits), engine: engine, control: following
    ) { [size] dimension, degree in
      size.set(dimension, degree)
      control.log?("dimension \(dimension), degree \(degree)")
      control.progress?(
        Progress(stage: "dimension \(dimension), degree \(degree)", done: 0, total: 0))
    }
    guard report.answer != .undecided else {
      if let reason = control.cancellation.reason { throw Interruption(reason) }
      throw UndecidedAnswer(reason: report.reason ?? "the dimension is not known")
    }
    return report
  }

  func text(_ answer: SolutionReport, variables: [String]) throws -> [String] {
    let solutions = answer.realSolutions ?? []
    switch answer.answer {
    case .empty:
      return [
        answer.proved == true
          ? "There are no solutions, not even complex ones."
          : "There are probably no solutions, not even complex ones: 1 is a combination of the polynomials"
            + " modulo many primes."
      ]
    case .undecided: return ["Undecided."]
    case .finite:
      let degree = Readable.count(answer.degree ?? 0, "complex solution")
      return [
        "\(degree), counted with multiplicities; real and different: \(Readable.count(solutions.count))."
      ]
        + (try table(solutions, multiplicities: answer.multiplicities, variables)) + Self.probable
    case .positiveDimensional:
      let components = answer.components ?? []
      var lines = ["There are infinitely many complex solutions: the dimension is \(answer.dimension ?? 0)."]
      lines.append("\(Readable.count(components.count, "component")):")
      lines += components.map { "  dimension \($0.dimension), degree \($0.degree)" }
      if components.contains(where: { $0.dimension == 0 }) {
        lines += ["", "\(Readable.count(solutions.count, "real solution")) on components of dimension 0."]
        lines += try table(solutions, multiplicities: nil, variables)
      }
      return lines + Self.probable
    }
  }

  private static let probable = [
    "", "That the list is complete is probable: it rests on many random primes.",
  ]

  private func table(
    _ solutions: [[DecimalEnclosure]], multiplicities: [Int]?, _ variables: [String]
  ) throws -> [String] {
    guard !solutions.isEmpty else { return [] }
    var columns: [[String]] = [["#"] + solutions.indices.map { "\($0 + 1)" }]
    if let multiplicities, multiplicities.contains(where: { $0 > 1 }) {
      columns.append(["multiplicity"] + multiplicities.map(String.init))
    }
    let leading = columns.count
    for (index, name) in variables.enumerated() {
      let values = solutions.map {
        $0[index].rounded(toDigits: digits).description
      }
      columns.append([name] + DecimalColumn(values.map { $0.hasPrefix("-") ? $0 : " " + $0 }).aligned)
    }
    let widths = columns.map { column in column.map(\.count).max() ?? 0 }
    let note = ["", "The numbers are right up to one unit in the last of \(digits) significant digits."]
    if widths.reduce(0, +) + 2 * widths.count > Self.width {
      return [""] + list(columns, leading: leading) + note
    }
    let rows = (0...solutions.count).map { row in
      var line = ""
      for (column, width) in zip(columns, widths) {
        let cell = column[row]
        let isName = row == 0 || line.isEmpty
        let padding = String(repeating: " ", count: width - cell.count)
        line += (isName && row > 0 ? padding + cell : cell + padding) + "  "
      }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    return [""] + rows + note
  }

  /// One coordinate on each line.
  private func list(_ columns: [[String]], leading: Int) -> [String] {
    let nameWidth = columns.map { $0[0].count }.max() ?? 0
    var lines: [String] = []
    for row in 1..<(columns.first?.count ?? 1) {
      if row > 1 { lines.append("") }
      for (index, column) in columns.enumerated() {
        let name = column[0] + String(repeating: " ", count: nameWidth - column[0].count)
        let value = column[row].split(separator: " ").joined()
        let sign = index >= leading && !value.hasPrefix("-") ? " " : ""
        lines.append("\(name)  \(sign)\(value)")
      }
    }
    return lines
  }
}
