import Algebra

/// A two-piece linear activation `σ(t) = t` for `t ≥ 0`, `σ(t) = α t` for `t < 0`, given by its slope `α`.
public struct Activation<Rational: ExactRational>: Hashable, Sendable {
  /// The slope `α` of the negative part.
  public let slope: Rational

  public init(slope: Rational) { self.slope = slope }

  /// `max(t, 0)`.
  public static var relu: Self { Self(slope: 0) }
  /// `|t|`.
  public static var absoluteValue: Self { Self(slope: -1) }
  /// `t`.
  public static var linear: Self { Self(slope: 1) }

  /// What the activation does to its parameters' symmetry.
  package enum Symmetry {
    /// Units can only be permuted.
    case permutations
    /// `w → −w` leaves a unit unchanged (absolute value).
    case evenInWeight
    /// `(a, w) → (−a, −w)` leaves a unit unchanged, and there are no kinks (linear).
    case oddInUnit

    /// The number of signs of weights that may be changed without any effect.
    package func signChanges(ofUnits units: Int) -> Int { self == .evenInWeight ? units : 0 }
  }

  package var symmetry: Symmetry {
    if slope == -1 { return .evenInWeight }
    return slope == 1 ? .oddInUnit : .permutations
  }

  /// The slope where `⟨w, z⟩` has this sign; zero on the kink, where the product vanishes anyway.
  package func slope(atSign sign: Int) -> Rational {
    switch sign {
    case 1: 1
    case -1: slope
    default: 0
    }
  }
}

extension Activation: CustomStringConvertible {
  /// The name on the command line: `relu`, `abs`, `linear` or `leaky:α`.
  public var description: String {
    switch slope {
    case 0: "relu"
    case -1: "abs"
    case 1: "linear"
    default: "leaky:\(slope)"
    }
  }
}
