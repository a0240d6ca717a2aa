import Algebra
import Arrangements
import FlintEngine
import LandscapeModel
import Strata
import Testing

/// The search over directions, against the list of all faces.
@Suite("Search over directions")
struct DirectionSearchTests {
  typealias Rational = FlintEngine.Rational

  @Test(arguments: 1...4)
  func findsTheGreatestFace(dimension: Int) throws {
    var generator = SeededGenerator(seed: UInt64(dimension))
    for trial in 0..<12 {
      let rows = Int.random(in: 1...(dimension < 4 ? 8 : 6), using: &generator)
      let range = trial.isMultiple(of: 2) ? -2...2 : -50...50
      let vectors = (0..<rows).map { _ in
        (0..<dimension).map { _ in Rational(Int.random(in: range, using: &generator)) }
      }
      let weights = (0..<rows).map { _ in Int.random(in: -9...9, using: &generator) }
      let slope: Rational = [0, -1, 2][Int.random(in: 0..<3, using: &generator)]
      let search = DirectionSearch<FlintEngine>(vectors: vectors, dimension: dimension, slope: slope)
      let function = SphereFunction(search.rows, weights: weights.map(Double.init), uncertainty: 0)
      let found = try search.candidates(
        function, .rising(from: 0, fraction: 1, below: .infinity), control: Control())
      let best = try greatest(vectors, weights, slope, dimension)
      let bound = found.candidates.map(\.upper).max() ?? 0
      let attained = found.candidates.filter { $0.isFeasible == true }.map(\.lower).max() ?? 0
      #expect(bound >= best * (1 - 1e-12), "\(vectors) \(weights)")
      #expect(attained <= best * (1 + 1e-12), "\(vectors) \(weights)")
      #expect(attained >= best - 1e-9, "\(vectors) \(weights)")
      // A floor below the greatest value keeps all faces above it.
      let wide = try search.candidates(function, .fixed(best * 0.7), control: Control())
      #expect(Set(wide.candidates.map(\.signs)).isSuperset(of: found.candidates.map(\.signs)))
    }
  }

  /// The greatest `|q_f|` with `± q_f` in the face, over all faces.
  private func greatest(
    _ vectors: [[Rational]], _ weights: [Int], _ slope: Rational, _ dimension: Int
  ) throws -> Double {
    let arrangement = try Arrangement<FlintEngine>(vectors: vectors, dimension: dimension, control: Control())
    var best: Rational = 0
    for face in arrangement.faces {
      var gradient = FlintEngine.RationalMatrix.zero(rows: dimension, columns: 1)
      for row in vectors.indices where face.signs[row] != 0 {
        let factor = Rational(weights[row]) * (face.signs[row] > 0 ? 1 : slope)
        for column in 0..<dimension {
          gradient[column, 0] = gradient[column, 0] + factor * vectors[row][column]
        }
      }
      let projected = try arrangement.flats[face.flat].projector.multiplied(by: gradient).entries
      let signs = vectors.map { vector in
        zip(vector, projected).reduce(Rational(0)) { $0 + $1.0 * $1.1 }.signum()
      }
      guard SignVector(signs) == face.signs || SignVector(signs.map { -$0 }) == face.signs else { continue }
      best = max(best, projected.reduce(0) { $0 + $1 * $1 })
    }
    return best.doubleValue.squareRoot()
  }
}
