import ArgumentParser
import Interchange

/// The options that say how the data are written, and which column is what.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column to be predicted, by name or number (default: the last one).", valueName: "column"))
  var target: String?

  @Option(
    name: .customLong("ignore"), parsing: .singleValue,
    help: ArgumentHelp("A column to be left out, by name or number; may be repeated.", valueName: "column"))
  var ignored: [String] = []

  @Option(
    help: ArgumentHelp(
      "What separates cells (default: the first of comma, semicolon and tab that occurs).",
      valueName: "comma|semicolon|tab|space"))
  var separator: TableFormat.Separator?

  @Flag(help: "Numbers have a decimal comma, such as 1,5.")
  var decimalComma = false

  var format: TableFormat {
    TableFormat(separator: separator, hasDecimalComma: decimalComma, ignoredColumns: ignored)
  }

  func validate() throws {
    if decimalComma && separator == .comma {
      throw ValidationError("--decimal-comma and --separator comma exclude each other.")
    }
  }
}

extension TableFormat.Separator: Choice {}

extension TableRemedy {
  /// What the options can do, as the end of a message.
  var sentence: String {
    switch self {
    case .ignore(let column): "--ignore \(column) leaves it out"
    case .separator(let separator): "--separator \(separator.rawValue) reads them"
    case .decimalComma: "--decimal-comma reads it as one"
    }
  }
}
