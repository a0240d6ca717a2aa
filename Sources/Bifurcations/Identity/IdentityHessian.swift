import Algebra

/// The Hessian of the loss at W = I on each isotypic component, in balls.
///
/// With t = 2/π the Hessian acts as Q(1−t) on (k−2,1,1), as Q(1+t) on (k−2,2), and on the copies of (k) and (k−1,1)
/// as P v vᵀ + Q D with a diagonal matrix D: (1+(k−1)t, 1+t) with v = (1, √(k−1)) in the basis I, J−I made
/// orthonormal, and (1−t, 1+t, 1−t) with v = (1, √((k−2)/2), −√(k/2)) in the basis diag(d), (d_i+d_j), (d_i−d_j).
struct IdentityHessian<Ball: RealBall> {
  private let k: Int
  private let t: Ball
  private let P: Ball
  private let Q: Ball
  private let precision: Int

  init(units k: Int, weights: LossWeights<Ball.Rational>, precision: Int) {
    self.k = k
    self.precision = precision
    t = Self.number(2, precision) / Ball.pi(precision: precision)
    P = Ball(weights.P, precision: precision)
    Q = Ball(weights.Q, precision: precision)
  }

  /// The eigenvalues on the copies of a representation: as many as there are copies, ascending where Q is positive.
  func eigenvalues(_ type: IsotypicType) -> [Ball] {
    let one = number(1)
    switch type {
    case .symmetric: return [Q * (one + t)]
    case .antisymmetric: return [Q * (one - t)]
    case .standard:
      // One direction is orthogonal to v in the space where D is 1−t.
      let trace = number(k) * P + number(2) * Q
      let determinant = P * Q * (number(k) + number(2) * t) + Q * Q * (one - t * t)
      let discriminant =
        number(k * k) * P * P - number(8) * P * Q * t + number(4) * Q * Q * t * t
      return Self.sorted([Q * (one - t)] + roots(trace, determinant, discriminant))
    case .trivial:
      let (first, second) = (one + number(k - 1) * t, one + t)
      let trace = number(k) * P + Q * (first + second)
      let determinant = P * Q * (second + number(k - 1) * first) + Q * Q * first * second
      let difference = number((k - 2) * (k - 2)) * Q * t
      let discriminant = number(k * k) * P * P - number(2) * P * difference + difference * Q * t
      return roots(trace, determinant, discriminant)
    }
  }

  /// The number of negative eigenvalues of the whole Hessian; `nil` if some eigenvalue's sign is not known.
  var index: Int? {
    var index = 0
    for type in IsotypicType.allCases {
      for eigenvalue in eigenvalues(type) {
        switch eigenvalue.sign {
        case .negative: index += type.dimension(units: k)
        case .zero, .positive: break
        case .unknown: return nil
        }
      }
    }
    return index
  }

  /// The eigenvalues of a symmetric 2 × 2 matrix, the lesser one first; exactly zero if the determinant is.
  private func roots(_ trace: Ball, _ determinant: Ball, _ discriminant: Ball) -> [Ball] {
    let root = discriminant.squareRoot(clampingAtZero: true)
    let two = number(2)
    guard determinant.sign == .zero else { return [(trace - root) / two, (trace + root) / two] }
    return trace.sign == .negative ? [trace, determinant] : [determinant, trace]
  }

  private static func sorted(_ balls: [Ball]) -> [Ball] {
    balls.sorted { $0.approximation < $1.approximation }
  }

  private func number(_ value: Int) -> Ball { Self.number(value, precision) }

  private static func number(_ value: Int, _ precision: Int) -> Ball {
    Ball(Ball.Rational(value), precision: precision)
  }
}

extension IsotypicType {
  /// The eigenvalues of the Hessian at W = I as formulas, in the order in which they are if P and Q are positive.
  var eigenvalueForms: [String] {
    switch self {
    case .symmetric: ["Q*(1+2/pi)"]
    case .antisymmetric: ["Q*(1-2/pi)"]
    case .standard:
      ["Q*(1-2/pi)"]
        + ["-", "+"].map { "(k*P+2*Q\($0)sqrt(k^2*P^2-16*P*Q/pi+16*Q^2/pi^2))/2" }
    case .trivial:
      ["-", "+"].map {
        "(k*P+(2+2*k/pi)*Q\($0)sqrt(k^2*P^2-4*(k-2)^2*P*Q/pi+4*(k-2)^2*Q^2/pi^2))/2"
      }
    }
  }
}
