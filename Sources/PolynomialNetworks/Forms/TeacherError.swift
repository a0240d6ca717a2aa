import Algebra

/// What is wrong with a teacher, a metric, or a width.
public enum TeacherError: Error, Hashable, Sendable {
  case zeroTeacher
  case notHomogeneous([Int])
  case degree(Int)
  case inputs(Int)
  case width(Int)
  case notSquare(what: String, rows: Int, columns: Int)
  case notSymmetric(what: String, row: Int, column: Int)
  case sizes(what: String, expected: Int, found: Int)
  case covarianceNotPositiveDefinite
  /// The name of a form that has no positive norm, or why.
  case metricNotPositiveDefinite(metric: String)
  case missingMoment([Int])
  case repeatedMoment([Int])
  case momentDegree([Int], expected: Int)
  case kurtosisDegree(Int)
  case noRows
}

extension TeacherError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .zeroTeacher: "the teacher is zero, so that its degree is not known"
    case .notHomogeneous(let degrees):
      "the teacher is not homogeneous: it has terms of degrees "
        + degrees.map(String.init).joined(separator: ", ")
    case .degree(let degree):
      "the teacher has degree \(degree); degrees 2 to \(Self.mostDegree) are supported"
    case .inputs(let count): "there are \(count) inputs; at most \(Self.mostInputs) are supported"
    case .width(let width): "the width must be from 1 to \(Self.mostWidth), not \(width)"
    case .notSquare(let what, let rows, let columns):
      "\(what) is no square matrix: it has \(rows) rows and \(columns) columns"
    case .notSymmetric(let what, let row, let column):
      "\(what) is not symmetric: the entries in row \(row), column \(column) and in row \(column), "
        + "column \(row) differ"
    case .sizes(let what, let expected, let found):
      "\(what) has \(found) columns, where the teacher has \(expected) inputs"
    case .covarianceNotPositiveDefinite: "the covariance matrix is not positive definite"
    case .metricNotPositiveDefinite(let metric):
      "the metric '\(metric)' is not positive definite: some form that is not zero has norm zero or less"
    case .missingMoment(let exponents): "the moment \(Self.text(exponents)) is missing"
    case .repeatedMoment(let exponents): "the moment \(Self.text(exponents)) is given twice"
    case .momentDegree(let exponents, let expected):
      "the moment \(Self.text(exponents)) has degree \(exponents.reduce(0, +)), where \(expected) is needed"
    case .kurtosisDegree(let degree):
      "a kurtosis determines the moments for degree 2 only, not for \(degree): use moments"
    case .noRows: "there are no data"
    }
  }

  /// Limits that keep the forms' spaces small.
  public static let mostInputs = 6
  public static let mostDegree = 6
  public static let mostWidth = 64

  private static func text(_ exponents: [Int]) -> String {
    exponents.map(String.init).joined(separator: " ")
  }

  static func check(inputs: Int, degree: Int) throws(TeacherError) {
    guard (1...mostInputs).contains(inputs) else { throw .inputs(inputs) }
    guard (2...mostDegree).contains(degree) else { throw .degree(degree) }
  }

  static func checkSymmetric<Rational: ExactRational>(
    _ matrix: [[Rational]], _ what: String
  ) throws(TeacherError) {
    let n = matrix.count
    for row in matrix where row.count != n {
      throw .notSquare(what: what, rows: n, columns: row.count)
    }
    guard (1...mostInputs).contains(n) else { throw .inputs(n) }
    for i in 0..<n {
      for j in 0..<i where matrix[i][j] != matrix[j][i] {
        throw .notSymmetric(what: what, row: i + 1, column: j + 1)
      }
    }
  }
}
