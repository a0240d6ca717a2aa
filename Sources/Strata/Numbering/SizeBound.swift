import Algebra
import Arrangements

/// How large the enumeration of a problem can become, known before anything is divided.
public struct SizeBound: Hashable, Sendable {
  /// At least the number of faces on which one unit can be alive, up to rounding; may be infinite.
  public let facesPerUnit: Double
  /// At least the number of sets of at most `L` distinct such faces, up to rounding; may be infinite.
  public let strata: Double
  /// About the memory in bytes that so many faces need; the number of strata plays no part.
  public let memory: Double
}

extension Problem {
  /// Bounds from the number of different hyperplanes `⟨w, z_i⟩ = 0` and their dimension alone: attained in
  /// general position. Cost: a division for every entry of the data.
  public var sizeBound: SizeBound {
    var hyperplanes: Set<[Rational]> = []
    for vector in vectors {
      guard let leading = vector.first(where: { $0 != 0 }), let scale = try? leading.inverse() else {
        continue
      }
      hyperplanes.insert(vector.map { $0 * scale })
    }
    let all = Arrangement<Engine>.upperBoundOnFaces(hyperplanes: hyperplanes.count, rank: weightDimension)
    let faces =
      switch activation.symmetry {
      // All but the origin.
      case .permutations: all - 1
      case .evenInWeight: (all - 1) / 2
      case .oddInUnit: min(1, all - 1)
      }
    return SizeBound(
      facesPerUnit: faces,
      strata: StratumIndex.approximateTotal(count: faces, maximumSize: units),
      memory: faces * (bytesPerFace + bytesPerFaceAndRow * Double(rowCount)))
  }

  /// Measured, for 15 to 1900 rows and 1 to 5 inputs: mostly the projectors and bases of the faces.
  private var bytesPerFace: Double { 800 + 100 * Double(weightDimension * weightDimension) }
  private var bytesPerFaceAndRow: Double { 2 }
}
