import Algebra
import ArgumentParser
import Interchange
import PolynomialNetworks

/// Reads teachers and metrics from files.
struct TeacherFiles<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational

  let control: Control
  /// Tells what is odd about a table.
  let warn: (TableWarning) -> Void

  func problem(_ arguments: TeacherArguments) throws -> TeacherProblem<Engine> {
    let teacher = try teacher(arguments.source)
    let metric = try metric(arguments, for: teacher)
    return try TeacherProblem(teacher: teacher, metric: metric, width: arguments.width)
  }

  /// The problem with the unknown entries that a file names.
  func parametric(
    _ problem: TeacherProblem<Engine>, _ file: String
  ) throws -> ParametricProblem<Engine> {
    let source = InputSource.file(file)
    let entries = try NamedValues.parse(source.text(control), file: source.name, as: Rational.self)
    var values: [(name: String, value: Rational?)] = []
    var bounds: [String: (lower: Rational, upper: Rational)] = [:]
    for entry in entries {
      let name = entry.words[0]
      if entry.words.count == 1 {
        values.append((name, entry.value))
        continue
      }
      // A name, a question mark, and two bounds.
      guard entry.words.count == 3, entry.words[1] == "?", let upper = entry.value,
        let lower = try? Rational(exactly: entry.words[2])
      else {
        throw UnsuitableTeacher(
          "\(source.name), line \(entry.line): expected a name and a value, or a name, '?' and two bounds")
      }
      values.append((name, nil))
      bounds[name] = (lower, upper)
    }
    return try naming(source) {
      try ParametricProblem(problem, entries: values, bounds: bounds, control: control)
    }
  }

  /// A polynomial if the first line begins with the name of a variable, else a matrix.
  func teacher(_ source: InputSource) throws -> Form<Rational> {
    let text = try source.text(control)
    let start = text.split(whereSeparator: \.isNewline).lazy
      .compactMap { line in line.prefix { $0 != "#" }.first { !$0.isWhitespace && $0 != "\u{FEFF}" } }.first
    guard let start, start.isLetter || start == "_" else {
      return try naming(source) { try Form(symmetric: matrix(text, source)) }
    }
    let (variables, terms) = try SystemParser<Engine>.polynomial(text, file: source.name)
    return try naming(source) {
      try Form(terms: terms.map { ($0.exponents, $0.coefficient) }, names: variables)
    }
  }

  func metric(
    _ arguments: TeacherArguments, for teacher: Form<Rational>
  ) throws -> FormMetric<Engine> {
    let (inputs, degree) = (teacher.inputs, teacher.degree)
    switch arguments.metric {
    case .gaussian:
      let source = arguments.covariance.map(InputSource.file)
      return try naming(source) {
        let covariance = try source.map { try matrix($0.text(control), $0) }
        return try .gaussian(inputs: inputs, degree: degree, covariance: covariance, control: control)
      }
    case .frobenius: return .frobenius(inputs: inputs, degree: degree)
    case .independent(let kurtosis):
      return try naming(nil) {
        try .independent(
          inputs: inputs, degree: degree, kurtosis: Rational(converting: kurtosis), control: control)
      }
    case .moments(let file):
      let source = InputSource.file(file)
      let moments = try moments(source, inputs: inputs, degree: 2 * degree)
      return try naming(source) { try FormMetric(moments: moments, control: control) }
    case .data(let file):
      let source = InputSource.file(file)
      return try naming(source) {
        let table = try DataTable<Rational>(csv: source, control: control)
        table.warnings.forEach(warn)
        let rows = table.rows
        guard rows[0].count == inputs else {
          throw TeacherError.sizes(what: "the table", expected: inputs, found: rows[0].count)
        }
        let moments = try MomentTable(rows: rows, degree: 2 * degree, control: control)
        return try FormMetric(moments: moments, name: "data", control: control)
      }
    }
  }

  /// Lines of exponents and a value.
  func moments(_ source: InputSource, inputs: Int, degree: Int) throws -> MomentTable<Rational> {
    let entries = try NamedValues.parse(source.text(control), file: source.name, as: Rational.self)
    let moments = try entries.map { entry -> (exponents: [Int], value: Rational) in
      let exponents = entry.words.compactMap { UInt16($0) }.map(Int.init)
      guard let value = entry.value, exponents.count == entry.words.count else {
        throw UnsuitableTeacher(
          "\(source.name), line \(entry.line): expected the exponents of \(inputs) inputs and a number")
      }
      return (exponents, value)
    }
    return try naming(source) { try MomentTable(inputs: inputs, degree: degree, entries: moments) }
  }

  private func matrix(_ text: String, _ source: InputSource) throws -> [[Rational]] {
    let table = try DataTable<Rational>(csv: Array(text.utf8), named: source.name)
    guard table.columnNames == nil else {
      throw UnsuitableTeacher("\(source.name): a matrix has no line of names")
    }
    return table.rows
  }

  /// Says where what is wrong was read.
  private func naming<Value>(_ source: InputSource?, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as TeacherError {
      throw UnsuitableTeacher((source.map { "\($0.name): " } ?? "") + "\(error)")
    } catch let error as DiscriminantError {
      throw UnsuitableTeacher((source.map { "\($0.name): " } ?? "") + "\(error)")
    }
  }
}

/// Files that are no teacher or no metric.
struct UnsuitableTeacher: EndingError, CustomStringConvertible {
  let description: String
  var exitCode: ExitCode { .invalidData }

  init(_ description: String) { self.description = description }
}
