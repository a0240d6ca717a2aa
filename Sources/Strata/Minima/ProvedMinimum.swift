import Algebra
import LandscapeModel

/// The local minima of one stratum with all of its units alive, with a proof: what every method finds.
///
/// They have one residual; their shares `s_f = Σ a²` form a polytope whose vertices lie on some of the faces.
package protocol ProvedMinimum<Engine>: Sendable {
  associatedtype Engine: AlgebraEngine

  /// Increasing by their numbers.
  var faces: [UnitFace<Engine>] { get }
  /// The sign of the output weight of the units on each face.
  var outputSigns: [Int] { get }
  /// The activation pattern of each face (for the linear activation, of a unit with positive output weight).
  var patterns: [SignVector] { get }
  /// The rank of the vectors `K_f r`: the polytope of shares has the dimension `faces.count − rank`.
  var rank: Int { get }
  /// Whether `max |η| ≤ λ`: a global minimum for every width.
  var isGlobalForEveryWidth: Bool { get }
}

extension ProvedMinimum {
  /// The numbers of the faces among the unit faces, increasing.
  package var faceIndices: [Int] { faces.map(\.index) }
}

/// What a network makes of the data, row by row.
package struct Fit: Hashable, Sendable {
  /// The network's outputs.
  package var fitted: [DecimalEnclosure]
  /// The targets minus the outputs.
  package var residuals: [DecimalEnclosure]

  package init(fitted: [DecimalEnclosure], residuals: [DecimalEnclosure]) {
    self.fitted = fitted
    self.residuals = residuals
  }
}

/// The numbers of a proved minimum, in the units of the original problem, as precise as they are asked for. All
/// enclosures are canonical.
package protocol MinimumNumbers<Minimum>: SendableMetatype {
  associatedtype Minimum: ProvedMinimum

  /// The loss, with at least 20 digits more than asked for where that matters.
  func loss() throws -> Minimum.Engine.Ball
  func lossEnclosure() throws -> DecimalEnclosure
  /// `max |η| / λ`.
  func ratio() throws -> DecimalEnclosure
  /// The number of vertices of the polytope of shares.
  func vertexCount() throws -> Int
  /// A face's share at a vertex, and a double near it; the face is given by its position.
  func share(
    of position: Int, atVertex vertex: Int
  ) throws -> (approximation: Double, enclosure: DecimalEnclosure)
  /// The output weight of each of so many units on a face that have equal parts of its mean share.
  func outputWeight(of position: Int, sharedBy count: Int) throws -> DecimalEnclosure
  /// The unit vector `w/|a|` along which the hidden weights of the units on a face point, whatever their shares.
  func direction(of position: Int) throws -> [DecimalEnclosure]
  /// The hidden weight of each of so many units on a face that have equal parts of its mean share.
  func hiddenWeight(of position: Int, sharedBy count: Int) throws -> [DecimalEnclosure]
  /// The coefficients of the skip connection, then the output bias; `nil` if there are none.
  func linearCoefficients() throws -> [DecimalEnclosure]?
  /// The network's outputs at the data and the residuals `y − f(x)`, row by row.
  func fit() throws -> Fit
}
