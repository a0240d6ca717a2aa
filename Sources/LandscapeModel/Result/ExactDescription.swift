/// A component in exact numbers.
///
/// All of them lie in a number field `Q(t)`, or are square roots of its elements. Polynomials are written in
/// `t`, minimal polynomials in `x`, ideals in the output weights `a1 … aL` and the hidden weights
/// `w1_1 … wL_D` (the bias last), and the linear coefficients `c1 …`.
public struct ExactDescription: Codable, Hashable, Sendable {
  /// A real algebraic number: a root of an irreducible polynomial with coprime integer coefficients, the only
  /// one between two decimals.
  public struct Number: Codable, Hashable, Sendable {
    public var minimalPolynomial: String
    public var lower: DecimalNumber
    public var upper: DecimalNumber

    package init(minimalPolynomial: String, lower: DecimalNumber, upper: DecimalNumber) {
      self.minimalPolynomial = minimalPolynomial
      self.lower = lower
      self.upper = upper
    }
  }

  /// The units on one face.
  public struct Units: Codable, Hashable, Sendable {
    public var pattern: Face
    /// `g = P Mᵀ r`, length `D`: every unit on the face has `w = a g / λ`.
    public var g: [String]
    /// The sum of the units' `a²`, if it is the same all over the component.
    public var total: String?

    package init(pattern: Face, g: [String], total: String? = nil) {
      self.pattern = pattern
      self.g = g
      self.total = total
    }
  }

  /// The parameters of an isolated minimum.
  public struct Point: Codable, Hashable, Sendable {
    public var a: [Number]
    public var w: [[Number]]
    /// The coefficients of the skip connection, then the output bias; absent if there are none.
    public var c: [Number]?

    package init(a: [Number], w: [[Number]], c: [Number]? = nil) {
      self.a = a
      self.w = w
      self.c = c
    }
  }

  /// One way of sharing the units among faces.
  public struct Piece: Codable, Hashable, Sendable {
    /// The pattern of each unit, length `L`.
    public var patterns: [Face]
    /// The reduced Gröbner basis of the prime ideal over Q of the piece's Zariski closure.
    public var ideal: [String]

    package init(patterns: [Face], ideal: [String]) {
      self.patterns = patterns
      self.ideal = ideal
    }
  }

  /// `t`.
  public var field: Number
  public var loss: Number
  /// The alive units.
  public var units: [Units]
  /// Of isolated components.
  public var point: Point?
  /// The vertices of the polytope of totals, each in the order of `units`; only if it is more than a point.
  public var vertices: [[String]]?
  /// Of families: the component is the closure of these pieces and of their images under the symmetries (without
  /// its ends if these are open).
  public var pieces: [Piece]?

  package init(
    field: Number, loss: Number, units: [Units], point: Point? = nil, vertices: [[String]]? = nil,
    pieces: [Piece]? = nil
  ) {
    self.field = field
    self.loss = loss
    self.units = units
    self.point = point
    self.vertices = vertices
    self.pieces = pieces
  }
}
