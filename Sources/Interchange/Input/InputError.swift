/// What is wrong with a file of data, and where.
///
/// The description is one line: the file, the line and the cell's column (both counted from 1) as far as they
/// apply, then what is wrong.
public struct InputError: Error, Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    /// The system's reason why it cannot be opened or read.
    case unreadable(String)
    case tooLarge(limit: String)
    /// Neither names nor numbers.
    case empty
    /// Names, but no numbers.
    case noRows
    case tooFewColumns(found: Int)
    case raggedRow(expected: Int, found: Int)
    /// The first row has cells that are numbers, the first of them this one, and cells that are not.
    case mixedFirstRow(text: String, number: String, numberColumn: Int)
    case emptyCell
    case notANumber(String)
    case zeroDenominator(String)
    case hugeNumber(String)
    case duplicateName(String, firstColumn: Int)
    case invalidUTF8(String)
    case nulByte
    case unterminatedQuote
    /// Something between a closing quote and the end of its cell.
    case textAfterQuote
  }

  public let source: String
  public let line: Int?
  public let column: Int?
  public let problem: Problem

  init(source: String, line: Int? = nil, column: Int? = nil, problem: Problem) {
    self.source = source
    self.line = line
    self.column = column
    self.problem = problem
  }
}

extension InputError: CustomStringConvertible {
  public var description: String {
    var place = source
    if let line { place += ", line \(line)" }
    if let column { place += ", column \(column)" }
    return "\(place): \(problem)"
  }
}

extension InputError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .tooLarge(let limit): "too large: at most \(limit) are read"
    case .empty: "there are no data"
    case .noRows: "there are column names, but no rows of numbers"
    case .tooFewColumns(let found):
      "at least two columns are needed, found \(found); cells are separated by ',', ';' or tabs"
    case .raggedRow(let expected, let found):
      "found \(found) \(found == 1 ? "cell" : "cells"), where the first row has \(expected)"
    case .mixedFirstRow(let text, let number, let numberColumn):
      (text.isEmpty ? "the cell is empty" : "'\(text)' is not a number")
        + ", but '\(number)' in column \(numberColumn) is: the first row must be all names or all numbers"
    case .emptyCell: "the cell is empty"
    case .notANumber(let text): "'\(text)' is not a number"
    case .zeroDenominator(let text): "'\(text)' has the denominator zero"
    case .hugeNumber(let text): "'\(text)' has too many digits"
    case .duplicateName(let name, let firstColumn):
      "the name '\(name)' already belongs to column \(firstColumn)"
    case .invalidUTF8(let text): "'\(text)' is not valid UTF-8"
    case .nulByte: "there is a NUL byte; text in UTF-8 is expected (not UTF-16, not a binary file)"
    case .unterminatedQuote: "the quotation mark is never closed"
    case .textAfterQuote: "there is text after the closing quotation mark"
    }
  }
}
