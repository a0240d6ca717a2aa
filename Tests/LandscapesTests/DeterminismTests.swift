import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Testing

/// The same bytes for every number of threads and every seed.
@Suite("Determinism")
struct DeterminismTests {
  @Test(arguments: [0, 1, 2])
  func bytesDoNotDependOnThreadsOrSeed(index: Int) throws {
    // The first two are cut into several shards.
    let problem =
      switch index {
      case 0:
        try SmallProblem(
          x: [["-2"], ["-1"], ["0"], ["1"], ["2"], ["3"], ["4"]], y: ["1", "-2", "3", "0", "-1", "2", "1/2"],
          units: 3, ridge: "2")
      case 1:
        try SmallProblem(
          x: [["1", "2"], ["-1", "1"], ["2", "-1"], ["0", "-1"], ["-2", "-1"]],
          y: ["1", "-2", "3", "0", "2"],
          units: 2, slope: "-1", ridge: "1/2")
      default:
        try SmallProblem(x: [["2", "1"], ["-1", "-2"]], y: ["3", "3"], units: 3, ridge: "1/2")
      }
    let expected = try problem.enumerated().json()
    for threads in [1, 2, 3] {
      for seed: UInt64 in [1, 12345] {
        let result = try problem.enumerated(control: Control(threads: threads, seed: seed))
        #expect(try result.json() == expected, "\(threads) threads, seed \(seed)")
      }
    }
  }

  /// Running twice in one process, and decoding what was encoded.
  @Test func resultsSurviveEncoding() throws {
    let problem = try SmallProblem(x: [["0"], ["1"], ["2"]], y: ["1", "-1", "1"], units: 2, ridge: "1/10")
    let enumeration = try problem.enumeration()
    let result = try enumeration.run()
    #expect(try enumeration.run() == result)
    #expect(try JSONDecoder().decode(EnumerationResult.self, from: result.json()) == result)
  }
}
