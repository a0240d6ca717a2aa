import Algebra

/// The JSON of an answer: its own keys, those of every system, and `run`.
struct SystemDocument<Answer: Encodable>: Encodable {
  private enum Key: String, CodingKey {
    case complete
    case characteristic
    case variables
    case system
    case run
  }

  let system: PolynomialSystem
  let tellsSystem: Bool
  let isComplete: Bool
  let answer: Answer
  let run: SystemRun?

  func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(isComplete, forKey: .complete)
    try container.encode(system.characteristic, forKey: .characteristic)
    try container.encode(system.variables, forKey: .variables)
    if tellsSystem {
      try container.encode(
        system.polynomials.map { $0.text(variables: system.variables) }, forKey: .system)
    }
    try container.encodeIfPresent(run, forKey: .run)
  }
}

/// What may differ between equal runs.
struct SystemRun: Encodable {
  var engine: [String: String]
  var threads: Int
  var seed: UInt64
  var seconds: Double
  /// Why the run ended early.
  var limit: String?
  /// How far it had come by then.
  var state: State?

  struct State: Encodable {
    let stage: String
    let figures: [String: Int]

    init(_ progress: Progress) {
      stage = progress.stage
      figures = progress.figures
    }
  }
}

/// The JSON of what is known where there is no answer.
struct PartialAnswer: Encodable {
  let texts: [String: String]
  let figures: [String: Int]

  func encode(to encoder: any Encoder) throws {
    try texts.encode(to: encoder)
    try figures.encode(to: encoder)
  }
}
