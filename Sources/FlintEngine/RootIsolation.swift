import Algebra
import CFLINT

/// Isolates the real roots of a squarefree polynomial by subdivision.
///
/// Each binary order of magnitude is halved until Taylor models prove every cell to be free of roots or the
/// polynomial to be monotone on it (Burr and Krahmer, J. Symb. Comput. 47, 2012,
/// doi:10.1016/j.jsc.2011.08.022). Models start with few bits; cells for which these do not suffice are tried
/// again with twice as many. Cost: about one Taylor shift of the whole polynomial for each order of magnitude
/// and precision, as models get short further down.
struct RootIsolation {
  /// A root that is known exactly, or the only one in the interior of a cell at whose ends the signs differ.
  enum Root {
    case exact(FlintEngine.Rational)
    case inside(DyadicCell)

    var lower: FlintEngine.Rational {
      switch self {
      case .exact(let root): root
      case .inside(let cell): cell.lower
      }
    }
  }

  private let polynomial: FlintEngine.UnivariatePolynomial
  private let evaluator: DyadicEvaluator
  private let control: Control
  private var roots: [Root] = []

  /// - Parameter polynomial: squarefree, of positive degree, not zero at 0.
  init(_ polynomial: FlintEngine.UnivariatePolynomial, evaluator: DyadicEvaluator, control: Control) {
    self.polynomial = polynomial
    self.evaluator = evaluator
    self.control = control
  }

  /// The real roots in increasing order.
  mutating func isolate() throws(LimitReached) -> [Root] {
    let scales = withExtendedLifetime(polynomial) { polynomial.read { RootScales($0) } }
    for isNegative in [true, false] where scales.admitsRoots(negative: isNegative) {
      for (exponent, term) in scales.candidates() {
        try search(scales, exponent: exponent, dominantTerm: term, isNegative: isNegative)
      }
    }
    return roots.sorted { $0.lower < $1.lower }
  }

  /// Finds the roots in `[2^exponent, 2^(exponent + 1))`, or in `[−2^(exponent + 1), −2^exponent)`.
  private mutating func search(
    _ scales: RootScales, exponent: Int, dominantTerm: Int, isNegative: Bool
  ) throws(LimitReached) {
    let top = DyadicCell(index: isNegative ? -2 : 1, exponent: exponent)
    var open = [top]
    var rounds = 1
    while !open.isEmpty {
      try control.check()
      let bits = 128 * rounds
      // The values near the real axis may be smaller than elsewhere on the disc by a factor that is
      // exponential in the degree.
      let whole = scales.model(
        exponent: exponent, dominantTerm: dominantTerm, bits: bits + polynomial.degree * rounds)
      guard let whole else { return }
      let model = whole.half(upper: !isNegative).half(upper: !isNegative).reduced(toBits: bits)
      open = try subdivide(top, model, deciding: open)
      rounds *= 2
    }
  }

  /// Decides the given cells, which come from `top`, and returns those parts of them that need more bits.
  private mutating func subdivide(
    _ top: DyadicCell, _ model: TaylorModel, deciding cells: [DyadicCell]
  ) throws(LimitReached) -> [DyadicCell] {
    var undecided: [DyadicCell] = []
    // What is to be decided below a cell; nothing in particular stands for all of it.
    var stack = [(cell: top, model: model, parts: cells)]
    while let (cell, model, parts) = stack.popLast() {
      try control.check()
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
  private mutating func record(_ cell: DyadicCell, lower: Int?, upper: Int?) {
    let lower = lower ?? evaluator.sign(cell.index, cell.exponent)
    if lower == 0 {
      roots.append(.exact(cell.lower))
    } else if lower * (upper ?? evaluator.sign(cell.index + 1, cell.exponent)) < 0 {
      roots.append(.inside(cell))
    }
  }
}
