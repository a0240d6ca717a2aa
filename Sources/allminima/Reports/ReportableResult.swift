import Interchange
import LandscapeModel
import Reports

/// A result of any subcommand that there are pictures for.
enum ReportableResult {
  case landscape(EnumerationResult)
  case optimum(InfiniteWidthResult)
  case path(InfiniteWidthPathResult)
  case bifurcations(BifurcationResult, RunRecord?)
  case teacher(TeacherResult)
  case discriminant(DiscriminantResult)
  case solutions(SolvedSystem)

  /// What is told about the run beside the result.
  struct RunRecord: Decodable {
    let seconds: Double
    let limit: String?
  }

  /// The data that a result is about.
  struct Origin {
    let dataSHA256: String?
    let rows: Int
    let inputs: Int
    let isWeighted: Bool
  }

  private struct Heading: Decodable {
    let schema: String
    let run: RunRecord?
  }

  /// - Parameters:
  ///   - text: JSON that a subcommand has written.
  ///   - name: of its file.
  /// - Throws: `UnsuitableResult`.
  init(_ text: String, named name: String) throws {
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      do {
        return try JSONText.decode(type, from: text)
      } catch {
        throw UnsuitableResult(
          source: name, reason: "is no result that a subcommand has written with --format json")
      }
    }
    let heading = try decode(Heading.self)
    switch heading.schema {
    case EnumerationResult.currentSchema: self = .landscape(try decode(EnumerationResult.self))
    case InfiniteWidthResult.currentSchema: self = .optimum(try decode(InfiniteWidthResult.self))
    case InfiniteWidthPathResult.currentSchema: self = .path(try decode(InfiniteWidthPathResult.self))
    case BifurcationResult.currentSchema:
      self = .bifurcations(try decode(BifurcationResult.self), heading.run)
    case TeacherResult.currentSchema: self = .teacher(try decode(TeacherResult.self))
    case DiscriminantResult.currentSchema: self = .discriminant(try decode(DiscriminantResult.self))
    case SolvedSystem.currentSchema: self = .solutions(try decode(SolvedSystem.self))
    default:
      throw UnsuitableResult(
        source: name, reason: "has the schema '\(heading.schema)', for which there are no pictures")
    }
  }

  /// `nil` for results without data.
  var origin: Origin? {
    switch self {
    case .landscape(let result):
      let problem = result.problem
      return Origin(
        dataSHA256: problem.dataSHA256, rows: problem.rows, inputs: problem.inputs,
        isWeighted: problem.observationWeights == true)
    case .optimum(let result): return Self.origin(result.problem)
    case .path(let result): return Self.origin(result.problem)
    case .bifurcations, .teacher, .discriminant, .solutions: return nil
    }
  }

  private static func origin(_ problem: InfiniteWidthResult.ProblemSummary) -> Origin {
    Origin(
      dataSHA256: problem.dataSHA256, rows: problem.rows, inputs: problem.inputs,
      isWeighted: problem.observationWeights == true)
  }

  /// The column of weights, if the data have one.
  var weights: String? {
    switch self {
    case .landscape(let result): result.problem.columns?.observationWeights
    case .optimum(let result): result.problem.columns?.observationWeights
    case .path(let result): result.problem.columns?.observationWeights
    case .bifurcations, .teacher, .discriminant, .solutions: nil
    }
  }

  /// - Parameters:
  ///   - json: the text that the result was read from.
  ///   - source: the name of what the result is about.
  func part(json: String, source: String, data: TrainingData? = nil) -> ReportPart {
    switch self {
    case .landscape(let result): ReportPart(result, json: json, source: source, data: data)
    case .optimum(let result): ReportPart(result, json: json, source: source, data: data)
    case .path(let result): ReportPart(result, json: json, source: source, data: data)
    case .bifurcations(let result, let run):
      ReportPart(result, json: json, seconds: run?.seconds, limit: run?.limit)
    case .teacher(let result): ReportPart(result, json: json, source: source)
    case .discriminant(let result): ReportPart(result, json: json, source: source)
    case .solutions(let result): ReportPart(result, json: json, source: source)
    }
  }
}
