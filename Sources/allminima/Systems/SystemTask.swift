import Algebra
import ArgumentParser

/// What a subcommand computes from a polynomial system.
protocol SystemTask: Sendable {
  associatedtype Answer: Encodable

  /// The `schema` of the JSON.
  static var schema: String { get }
  /// Whether the JSON repeats the system.
  static var tellsSystem: Bool { get }
  /// What the text says after the system's size, such as the monomial order.
  var heading: String? { get }
  /// What JSON says besides where there is no answer.
  var fieldsWithoutAnswer: [String: String] { get }
  /// What is known although there is no answer.
  var findings: Findings? { get }

  /// - Throws: `RefusedRun` if the options do not fit the system, `UnsuitableSystem` if it has no answer.
  func check(_ system: PolynomialSystem) throws

  /// - Throws: `UndecidedAnswer`, `Interruption`, `AlgebraError`.
  func answer<Engine: AlgebraEngine>(
    _ system: PolynomialSystem, engine: Engine.Type, control: Control
  ) throws -> Answer

  /// The answer for people to read, line by line.
  func text(_ answer: Answer, variables: [String]) throws -> [String]
  func isUndecided(_ answer: Answer) -> Bool
}

extension SystemTask {
  static var tellsSystem: Bool { false }
  var heading: String? { nil }
  var fieldsWithoutAnswer: [String: String] { [:] }
  var findings: Findings? { nil }
  func isUndecided(_ answer: Answer) -> Bool { false }

  /// - Throws: `UnsuitableSystem` over a prime field.
  func requireRationalNumbers(_ system: PolynomialSystem, _ name: String) throws {
    guard system.characteristic == 0 else {
      throw UnsuitableSystem("\(name) works in characteristic 0 only, not \(system.characteristic)")
    }
  }
}

/// A system that a subcommand is not made for.
struct UnsuitableSystem: EndingError, CustomStringConvertible {
  let description: String

  var exitCode: ExitCode { .invalidData }

  init(_ description: String) { self.description = description }
}

/// What a computation has found before its answer is complete.
struct Findings: Sendable {
  /// For the JSON.
  let figures: [String: Int]
  /// For people to read.
  let lines: [String]
}

/// There is no answer, for another reason than a limit.
struct UndecidedAnswer: Error, Sendable {
  let reason: String
}

extension MonomialOrder {
  /// Its name on the command line.
  var name: String {
    switch self {
    case .degreeReverseLexicographic: "degrevlex"
    case .lexicographic: "lex"
    case .degreeLexicographic: "deglex"
    case .elimination(let count): "elim:\(count)"
    case .weighted(let weights): "weights:" + weights.map(String.init).joined(separator: ",")
    }
  }
}
