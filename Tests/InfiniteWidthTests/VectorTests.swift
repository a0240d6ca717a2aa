import FlintEngine
import Foundation
import InfiniteWidth
import LandscapeModel
import Testing

/// The optima of problems that independent programs solved.
@Suite("Trusted optima")
struct VectorTests {
  struct Vector: Decodable, Sendable {
    struct Extreme: Decodable, Sendable {
      struct Tau: Decodable, Sendable {
        var i: Int
        var tau: String
      }

      var face: [Int]
      var sign: Int
      var location: [String]
      var face_dim: Int
      var tau: [Tau]?
      var strict: Bool?

      var pattern: String { face.map { $0 < 0 ? "-" : $0 > 0 ? "+" : "0" }.joined() }
    }

    var name: String
    var X: [[String]]
    var y: [String]
    var kappa: String
    var finite_width_ridge_minimum: String
    var residual: [String]
    var extremal_set: [Extreme]?
    var solution_vertices_amplitudes: [[String]]?
    var unique: Bool
    var function_unique: Bool?
    var every_extreme_in_some_support: Bool?
    var min_support_size: Int
    var kappa_max: String?
    var next_largest_eta_over_kappa: String?
    var total_mass: String?
  }

  private struct File: Decodable {
    var vectors: [Vector]
  }

  static func vectors() throws -> [Vector] {
    let url = try #require(
      Bundle.module.url(forResource: "infinite-width", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).vectors
  }

  @Test func allVectors() throws {
    for vector in try Self.vectors() {
      let result = try MeasureProblem(x: vector.X, y: vector.y, ridge: vector.kappa)
        .optimum(FlintEngine.self)
      #expect(result.complete, "\(vector.name): \(result.undecided ?? [])")
      Self.compare(result.loss, vector.finite_width_ridge_minimum, vector.name)
      Self.compare(result.totalMass, vector.total_mass, vector.name)
      Self.compare(result.ridgeMaximum, vector.kappa_max, vector.name)
      Self.compare(result.certificate?.nextLargest, vector.next_largest_eta_over_kappa, vector.name)
      for (found, wanted) in zip(result.residual ?? [], vector.residual) {
        Self.compare(found, wanted, vector.name)
      }
      let solutions = try #require(result.solutions)
      #expect(solutions.unique == vector.unique)
      #expect(solutions.leastAtoms == vector.min_support_size)
      if let unique = vector.function_unique { #expect(solutions.functionUnique == unique) }
      if let used = vector.every_extreme_in_some_support { #expect(solutions.allExtremesUsed == used) }
      if let extremal = vector.extremal_set { try Self.compare(result, extremal, vector) }
    }
  }

  private static func compare(_ found: DecimalEnclosure?, _ wanted: String?, _ name: String) {
    guard let wanted = wanted.flatMap(Double.init) else { return }
    let value = found?.middle ?? .nan
    #expect(abs(value - wanted) <= 1e-13 * max(1, abs(wanted)), "\(name)")
  }

  private static func compare(
    _ result: InfiniteWidthResult, _ wanted: [Vector.Extreme], _ vector: Vector
  ) throws {
    let found = try #require(result.extremal)
    #expect(Set(found.map(\.pattern)) == Set(wanted.map(\.pattern)), "\(vector.name)")
    var order: [Int] = []
    for extreme in wanted {
      let index = try #require(found.firstIndex { $0.pattern == extreme.pattern })
      order.append(index)
      #expect(found[index].sign == extreme.sign)
      #expect(found[index].dimension == extreme.face_dim)
      for (value, text) in zip(found[index].direction, extreme.location) { compare(value, text, vector.name) }
      if let strict = extreme.strict { #expect(found[index].strict == strict, "\(vector.name)") }
      let shares = Dictionary(
        uniqueKeysWithValues: (found[index].kinks ?? []).map { ($0.row - 1, $0.tau.middle) })
      for tau in extreme.tau ?? [] {
        let share = shares[tau.i] ?? .nan
        #expect(abs(share - (Double(tau.tau) ?? 0)) < 1e-9, "\(vector.name)")
      }
      #expect(shares.count == (extreme.tau ?? []).count)
    }
    // The vertices are a set.
    let vertices = (result.solutions?.vertices ?? []).map { vertex in order.map { vertex[$0].middle } }
    let expected = (vector.solution_vertices_amplitudes ?? []).map { $0.map { Double($0) ?? .nan } }
    #expect(vertices.count == expected.count)
    for vertex in expected {
      #expect(vertices.contains { zip($0, vertex).allSatisfy { abs($0 - $1) < 1e-11 } }, "\(vector.name)")
    }
  }
}
