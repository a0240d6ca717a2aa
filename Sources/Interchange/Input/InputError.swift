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
    /// One column, with spaces inside.
    case separatedBySpaces
    /// A first line `sep=…` with something that cannot separate cells.
    case unknownSeparator(String)
    /// A first line `sep=…` that contradicts the chosen separator.
    case otherSeparator(TableFormat.Separator, chosen: TableFormat.Separator)
    case raggedRow(expected: Int, found: Int)
    /// The first row has cells that are numbers, the first of them this one, and cells that are not.
    case mixedFirstRow(text: String, number: String, numberColumn: Int)
    /// After the names, a row without any number, such as one of units.
    case secondHeader(String)
    case emptyCell
    /// All cells of a row are empty, and there are more rows.
    case emptyRow
    case notANumber(String)
    case missingValue(String)
    case percentage(String)
    case decimalComma(String)
    case decimalPoint(String)
    /// A number of thousands, or one with three decimals.
    case thousandsOrDecimalComma(String)
    case thousandsOrDecimalPoint(String)
    /// A cell with something inside that usually separates cells.
    case uncutCell(String, TableFormat.Separator)
    case zeroDenominator(String)
    case hugeNumber(String)
    case duplicateName(String, firstColumn: Int)
    case invalidUTF8(String)
    case nulByte
    /// A file of another kind, this one.
    case notText(String)
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
    case .separatedBySpaces: "the cells seem to be separated by spaces"
    case .unknownSeparator(let text):
      "the separator '\(text)' is not known; cells are separated by ',', ';', tabs or spaces"
    case .otherSeparator(let separator, let chosen):
      "the file names the separator \(separator.rawValue), the options name \(chosen.rawValue)"
    case .raggedRow(let expected, let found):
      "found \(found) \(found == 1 ? "cell" : "cells"), where the first row has \(expected)"
    case .mixedFirstRow(let text, let number, let numberColumn):
      (text.isEmpty ? "the cell is empty" : "'\(text)' is not a number")
        + ", but '\(number)' in column \(numberColumn) is: the first row must be all names or all numbers"
    case .secondHeader(let text):
      "'\(text)' is not a number, nor is any cell of this row: a second line of names or of units "
        + "must begin with '#'"
    case .emptyCell: "the cell is empty"
    case .emptyRow: "all cells of the row are empty"
    case .notANumber(let text): "'\(text)' is not a number"
    case .missingValue(let text): "'\(text)' is no value: rows with missing values must be left out"
    case .percentage(let text): "'\(text)' is a percentage: write it without the percent sign, in one unit"
    case .decimalComma(let text): "'\(text)' is not a number unless the comma is a decimal mark"
    case .decimalPoint(let text): "'\(text)' has a decimal point, where a decimal comma is expected"
    case .thousandsOrDecimalComma(let text):
      "'\(text)' may be a number of thousands or one with a decimal comma: write it without the comma"
    case .thousandsOrDecimalPoint(let text):
      "'\(text)' may be a number of thousands or one with a decimal point: write it without the point"
    case .uncutCell(let text, let separator):
      "'\(text)' is not a number; perhaps cells are separated by \(separator.plural)"
    case .zeroDenominator(let text): "'\(text)' has the denominator zero"
    case .hugeNumber(let text): "'\(text)' has too many digits"
    case .duplicateName(let name, let firstColumn):
      "the name '\(name)' already belongs to column \(firstColumn)"
    case .invalidUTF8(let text): "'\(text)' is not valid UTF-8"
    case .nulByte:
      "there is a NUL byte; text in UTF-8, or in UTF-16 with a byte order mark, is expected"
    case .notText(let kind): "the file is \(kind), not text: save it as text with separated cells (CSV)"
    case .unterminatedQuote: "the quotation mark is never closed"
    case .textAfterQuote: "there is text after the closing quotation mark"
    }
  }
}

extension TableFormat.Separator {
  fileprivate var plural: String {
    switch self {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .space: "spaces"
    }
  }
}
