import Algebra

/// A table's columns, told apart into inputs and the target.
public struct Observations<Rational: ExactRational>: Sendable {
  /// One row for each observation, all of the same length, at least 1.
  public let inputs: [[Rational]]
  /// As many as there are rows of inputs.
  public let targets: [Rational]
  /// As long as a row of inputs; `nil` if the table has no column names.
  public let inputNames: [String]?
  public let targetName: String?
}

extension DataTable {
  /// Takes one column as the target and all others, in order, as inputs.
  ///
  /// - Parameter target: the name of the target's column; the last column if `nil`.
  /// - Throws: `TargetError`.
  public func observations(target: String? = nil) throws(TargetError) -> Observations<Rational> {
    let column = try targetColumn(target)
    func withoutTarget<Element>(_ row: [Element]) -> [Element] {
      Array(row[..<column] + row[(column + 1)...])
    }
    return Observations(
      inputs: rows.map(withoutTarget), targets: rows.map { $0[column] },
      inputNames: columnNames.map(withoutTarget), targetName: columnNames?[column])
  }

  private func targetColumn(_ target: String?) throws(TargetError) -> Int {
    guard let target else { return rows[0].count - 1 }
    guard let columnNames else { throw .noNames(target: target) }
    guard let column = columnNames.firstIndex(of: target), !target.isEmpty else {
      throw .unknown(target: target, names: columnNames)
    }
    return column
  }
}

/// Why a column cannot be the target.
public enum TargetError: Error, Hashable, Sendable {
  case noNames(target: String)
  case unknown(target: String, names: [String])
}

extension TargetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noNames(let target):
      return "there is no column '\(Excerpt.printable(target))': the data have no column names"
    case .unknown(let target, let names):
      let shown = names.prefix(20).map { "'\(Excerpt.of(Array($0.utf8)))'" }.joined(separator: ", ")
      let rest = names.count > 20 ? " and \(names.count - 20) more" : ""
      return "there is no column '\(Excerpt.printable(target))'; the columns are \(shown)\(rest)"
    }
  }
}
