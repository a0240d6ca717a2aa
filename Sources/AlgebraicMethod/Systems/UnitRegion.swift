import Algebra
import Arrangements
import LandscapeModel
import Strata

/// A set of hidden weights, relatively open in a linear space, on which a unit's contribution to the outputs is
/// a polynomial: `a · slopes[i] · ⟨w, z_i⟩^m`.
package struct UnitRegion<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational

  /// `e_i` for each data row.
  package let slopes: [Rational]
  /// A basis of the linear span, as the columns of a `D × k` matrix.
  package let basis: Engine.RationalMatrix
  /// The activation pattern; `nil` if there are no kinks.
  package let signs: SignVector?

  /// `⟨b_j, z_i⟩` for the columns `b_j` of the basis: an `n × k` matrix.
  package func features(_ vectors: [[Rational]]) -> [[Rational]] {
    vectors.map { vector in
      (0..<basis.columns).map { column in
        vector.indices.reduce(Rational(0)) { $0 + vector[$1] * basis[$1, column] }
      }
    }
  }

  /// Whether the contribution vanishes everywhere on the span.
  package func isInactive(_ vectors: [[Rational]]) -> Bool {
    zip(slopes, features(vectors)).allSatisfy { slope, row in slope == 0 || row.allSatisfy { $0 == 0 } }
  }
}

extension UnitRegion {
  /// A face of the arrangement, with its span cut with the span of the data.
  package init(_ face: UnitFace<Engine>, of division: Division<Engine>) {
    slopes = (0..<division.problem.rowCount).map { face.slope(at: $0, division.problem.activation) }
    let projector = division.arrangement.flats[face.flat].projector
    basis = Self.columnBasis(of: projector)
    signs = face.signs
  }

  /// A pattern of signs that need not be those of any weight, on the span of the data.
  package init(pattern: SignVector, of division: Division<Engine>) {
    slopes = (0..<pattern.count).map { division.problem.activation.slope(atSign: pattern[$0]) }
    basis = Self.columnBasis(of: division.arrangement.flats[0].projector)
    signs = pattern
  }

  /// A basis of the column space, in reduced form.
  package static func columnBasis(of matrix: Engine.RationalMatrix) -> Engine.RationalMatrix {
    let (form, pivots) = matrix.transposed.reducedRowEchelonForm()
    return form.selectingRows(0..<pivots.count).transposed
  }
}
