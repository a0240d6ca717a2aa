/// Isolates the real roots of a squarefree polynomial by bisection with approximate coefficients, as Eigenwillig
/// et al. do (CASC 2005, doi:10.1007/11555964_12), but with truncated Taylor expansions.
///
/// Each binary order of magnitude is halved until Taylor models prove every cell to be free of roots or the
/// polynomial to be monotone on it. Models start with few bits; cells for which these do not suffice are tried
/// again with twice as many. Cost: a number of Taylor shifts of the whole polynomial that is about logarithmic
/// in the degree, for each order of magnitude and precision; further down models are short.
struct RootIsolation<Engine: RootIsolatingEngine> {
  /// A root that is known exactly, or the only one in the interior of a cell at whose ends the signs differ.
  enum Root {
    case exact(Engine.Rational)
    case inside(DyadicCell<Engine>)

    var lower: Engine.Rational {
      switch self {
      case .exact(let root): root
      case .inside(let cell): cell.lower
      }
    }
  }

  private let polynomial: Engine.UnivariatePolynomial
  private let evaluator: DyadicEvaluator<Engine>
  private let control: Control
  private var roots: [Root] = []

  /// - Parameter polynomial: squarefree, of positive degree, not zero at 0.
  init(_ polynomial: Engine.UnivariatePolynomial, evaluator: DyadicEvaluator<Engine>, control: Control) {
    self.polynomial = polynomial
    self.evaluator = evaluator
    self.control = control
  }

  /// The real roots in increasing order.
  mutating func isolate() throws(Interruption) -> [Root] {
    let scales = RootScales<Engine>(polynomial)
    for isNegative in [true, false] where scales.admitsRoots(negative: isNegative) {
      for (exponent, term) in scales.candidates() {
        try search(scales, exponent: exponent, dominantTerm: term, isNegative: isNegative)
      }
    }
    return roots.sorted { $0.lower < $1.lower }
  }

  /// Finds the roots in `[2^exponent, 2^(exponent + 1))`, or in `[−2^(exponent + 1), −2^exponent)`.
  private mutating func search(
    _ scales: RootScales<Engine>, exponent: Int, dominantTerm: Int, isNegative: Bool
  ) throws(Interruption) {
    let top = DyadicCell<Engine>(index: isNegative ? -2 : 1, exponent: exponent)
    var open = [top]
    var precision = ModelPrecision(degree: polynomial.degree)
    while !open.isEmpty {
      try control.check()
      let whole = scales.model(
        exponent: exponent, dominantTerm: dominantTerm, bits: precision.bits(atDepth: -1))
      guard let whole else { return }
      let model = whole.half(upper: !isNegative).half(upper: !isNegative)
      open = try subdivide(top, model, precision, deciding: open)
      precision.increase()
    }
  }

  /// Decides the given cells, which come from `top`, and returns those parts of them that need more bits.
  private mutating func subdivide(
    _ top: DyadicCell<Engine>, _ model: TaylorModel<Engine.Coefficients>, _ precision: ModelPrecision,
    deciding cells: [DyadicCell<Engine>]
  ) throws(Interruption) -> [DyadicCell<Engine>] {
    var undecided: [DyadicCell<Engine>] = []
    // What is to be decided below a cell; nothing in particular stands for all of it.
    var stack = [(cell: top, model: model, parts: cells)]
    while let (cell, unreduced, parts) = stack.popLast() {
      try control.check()
      let model = unreduced.reduced(toBits: precision.bits(atDepth: top.exponent - cell.exponent))
      let isAncestor = !parts.isEmpty && !parts.contains { $0.isSame(as: cell) }
      if !isAncestor {
        switch model.verdict() {
        case .rootFree: continue
        case .monotone(let lower, let upper):
          record(cell, lower: lower, upper: upper)
          continue
        case .tooCoarse:
          undecided.append(cell)
          continue
        case .undecided: break
        }
      }
      for isUpper in [true, false] {
        let half = cell.half(upper: isUpper)
        let inside = isAncestor ? parts.filter { half.contains($0) } : []
        if !isAncestor || !inside.isEmpty { stack.append((half, model.half(upper: isUpper), inside)) }
      }
    }
    return undecided
  }

  /// Adds the root of a cell on which the polynomial is strictly monotone, if there is one. A root at the
  /// upper end is left to the neighbour.
  private mutating func record(_ cell: DyadicCell<Engine>, lower: Int?, upper: Int?) {
    let lower = lower ?? evaluator.sign(cell.index, cell.exponent)
    if lower == 0 {
      roots.append(.exact(cell.lower))
    } else if lower * (upper ?? evaluator.sign(cell.index + 1, cell.exponent)) < 0 {
      roots.append(.inside(cell))
    }
  }
}

/// How many bits the coefficients of a model get.
private struct ModelPrecision {
  private let degree: Int
  private var bits = 64
  private var rounds = 1

  init(degree: Int) { self.degree = degree }

  mutating func increase() {
    bits *= 2
    rounds += 1
  }

  /// - Parameter depth: 0 for an order of magnitude, one more for each halving, −1 for the disc around zero.
  ///
  /// The polynomial may be smaller on a part than it is on the disc by a factor that is exponential in the
  /// degree times the relative size of the disc.
  func bits(atDepth depth: Int) -> Int {
    bits + (depth < 0 ? 2 * rounds * degree : (rounds * degree) >> min(depth, 62))
  }
}
