import Algebra
import FlintEngine
import Foundation
import InfiniteWidth
import LandscapeModel
import Strata
import SwiftEngine
import TestSupport
import Testing

/// Paths in the ridge.
@Suite("Paths")
struct PathTests {
  /// An integer or text.
  private struct Number: Decodable, Sendable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Int.self) {
        text = "\(value)"
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  private struct Vector: Decodable, Sendable {
    struct Event: Decodable, Sendable {
      var kappa: String
      var kind: String
      var atoms_below: Int?
      var added: [[Int]]
      var removed: [[Int]]
      var minpoly_guess: String?
    }

    var X: [[Number]]
    var y: [Number]
    var events: [Event]
  }

  private struct File: Decodable {
    var paths: [String: Vector]
  }

  private static func patterns(_ faces: [[Int]]) -> [String] {
    faces.map { $0.map { $0 < 0 ? "-" : $0 > 0 ? "+" : "0" }.joined() }.sorted()
  }

  /// Events that an independent program found, with minimal polynomials.
  @Test func trustedPaths() throws {
    let url = try #require(
      Bundle.module.url(forResource: "infinite-width", withExtension: "json", subdirectory: "Resources"))
    let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    #expect(file.paths.count >= 2)
    for (name, vector) in file.paths {
      let problem = MeasureProblem(
        x: vector.X.map { $0.map(\.text) }, y: vector.y.map(\.text), ridge: "1")
      let path = try problem.path(FlintEngine.self, to: "1/100", exact: true)
      #expect(path.complete, "\(name): \(path.undecided ?? [])")
      try #require(path.events.count == vector.events.count, "\(name)")
      for (found, wanted) in zip(path.events, vector.events) {
        #expect(
          abs(found.ridge.middle - (Double(wanted.kappa) ?? .nan)) < 1e-13 * found.ridge.middle, "\(name)")
        if let count = wanted.atoms_below { #expect(found.atomsBelow == count, "\(name)") }
        if let polynomial = wanted.minpoly_guess {
          #expect(
            found.exact?.minimalPolynomial.replacingOccurrences(of: " ", with: "")
              == polynomial.replacingOccurrences(of: " ", with: ""), "\(name)")
        }
        guard found.kind != .appear else { continue }
        #expect(found.added.sorted() == Self.patterns(wanted.added), "\(name)")
        #expect(found.removed.sorted() == Self.patterns(wanted.removed), "\(name)")
        switch wanted.kind.prefix(4) {
        case "ente": #expect(found.kind == .enter)
        case "gamm": #expect(found.kind == .leave)
        default: #expect(found.kind == .wall)
        }
      }
    }
  }

  /// Optima that are solved anew between the events have the atoms and the losses of the path.
  @Test func freshOptimaAgree() throws { try compare(seed: 3, count: 3, samples: 2) }

  @Test(.tags(.long), .onlyInLongRuns, arguments: 200..<210)
  func freshOptimaAgreeOnMany(seed: UInt64) throws { try compare(seed: seed, count: 5, samples: 20) }

  private func compare(seed: UInt64, count: Int, samples: Int) throws {
    var problems = RandomMeasureProblems(seed: seed)
    var pieces = 0
    for _ in 0..<count {
      var problem = problems.next()
      let path = try problem.path(FlintEngine.self, to: "1/10")
      let ends = path.pieces.map { ($0.from.middle, $0.to.middle) }
      if path.complete {
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.1 == $1.0 }, "\(problem)")
        #expect(path.pieces.isEmpty || path.pieces.last?.to.middle == 0.1, "\(problem)")
      }
      for sample in path.pieces.flatMap({ piece in piece.samples.map { (piece, $0) } }).prefix(samples) {
        problem.ridge = sample.1.ridge.lower.description
        let fresh = try problem.optimum(FlintEngine.self)
        guard let extremal = fresh.extremal else { continue }
        pieces += 1
        #expect(
          extremal.map { [$0.pattern, "\($0.sign)"] } == sample.0.atoms.map { [$0.pattern, "\($0.sign)"] },
          "\(problem)")
        #expect(fresh.loss == sample.1.loss, "\(problem)")
        if let masses = sample.1.masses { #expect(masses == extremal.map(\.mass), "\(problem)") }
        #expect(extremal.map(\.direction) == sample.1.directions, "\(problem)")
      }
    }
    #expect(pieces > 0)
  }

  /// The engines write the same bytes.
  @Test func enginesAgree() throws {
    let problem = MeasureProblem(x: [["-4/3"], ["0"], ["4/3"]], y: ["2", "-1", "5/2"], ridge: "1")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let flint = try encoder.encode(problem.path(FlintEngine.self, to: "2"))
    let swift = try encoder.encode(problem.path(SwiftEngine.self, to: "2"))
    #expect(flint == swift)
  }

  /// Two atoms with nearly the same direction made this path stop at 28.97: all equations lose digits there.
  @Test func nearlyDependentAtoms() throws {
    let path = try MeasureProblem.cars.path(FlintEngine.self, to: "25")
    #expect(path.complete, "\(path.undecided ?? [])")
    #expect(path.pieces.last?.atoms.count == 3)
  }

  /// The best linear coefficients do not depend on the ridge: the path is that of another metric.
  @Test func pathsWithLinearTerms() throws {
    var problem = MeasureProblem(
      x: [["-2"], ["-1"], ["0"], ["1"], ["3"]], y: ["1", "-1/2", "3/2", "0", "2"], ridge: "1", bias: false,
      outputBias: true, weights: ["1", "2", "1", "1/2", "3"], penalty: .weights)
    let path = try problem.path(FlintEngine.self, to: "1/10")
    #expect(path.complete && path.events.count >= 2, "\(path.undecided ?? [])")
    for (piece, sample) in path.pieces.flatMap({ piece in piece.samples.map { (piece, $0) } }) {
      problem.ridge = sample.ridge.lower.description
      let fresh = try problem.optimum(FlintEngine.self)
      #expect(fresh.extremal?.map(\.pattern) == piece.atoms.map(\.pattern))
      #expect(fresh.loss == sample.loss && fresh.extremal?.map(\.mass) == sample.masses)
    }
    problem.penalty = .all
    #expect(throws: InfiniteWidthError.penalisedLinearTerms) {
      try problem.path(FlintEngine.self, to: "1/10")
    }
  }

  /// No atoms where the path ends above the greatest ridge, or all targets vanish.
  @Test func emptyPaths() throws {
    for y in [["0", "0"], ["1", "-1"]] {
      let path = try MeasureProblem(x: [["0"], ["1"]], y: y, ridge: "1").path(FlintEngine.self, to: "100")
      #expect(path.complete && path.events.isEmpty && path.pieces.isEmpty)
    }
  }
}

extension MeasureProblem {
  func path<Engine: AlgebraEngine>(
    _ engine: Engine.Type, to target: String, exact: Bool = false
  ) throws -> InfiniteWidthPathResult {
    try InfiniteWidthTraining(problem(engine), options: .init(describesExactly: exact))
      .path(to: Engine.Rational(exactly: target))
  }
}

extension MeasureProblem {
  /// Speeds and braking distances of 50 cars.
  static let cars = MeasureProblem(
    x: zip(
      [4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25],
      [2, 2, 1, 1, 3, 2, 4, 4, 4, 3, 2, 3, 4, 3, 5, 1, 1, 4, 1]
    ).flatMap { speed, count in Array(repeating: ["\(speed)"], count: count) },
    y: """
      2 10 4 22 16 10 18 26 34 17 28 14 20 24 28 26 34 34 46 26 36 60 80 20 26 54 32 40 32 40 50
      42 56 76 84 36 46 68 32 48 52 56 64 66 54 70 92 93 120 85
      """.split(whereSeparator: \.isWhitespace).map(String.init), ridge: "1")
}
