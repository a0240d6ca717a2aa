import Algebra
import CFLINT

/// Shrinks a cell around a single root by quadratic interval refinement (Abbott, ISSAC 2006 poster,
/// arXiv:1203.1227; Kerber and Sagraloff, ISSAC 2011, doi:10.1145/1993886.1993920): the secant predicts in
/// which of `2^b` parts the root lies, and `b` is doubled after each success, halved after each failure.
struct RootRefinement {
  let evaluator: DyadicEvaluator
  let control: Control

  /// - Parameters:
  ///   - cell: has a sign change and one root inside.
  ///   - exponent: the wanted binary logarithm of the width.
  func refine(_ cell: DyadicCell, toExponent exponent: Int) throws(LimitReached) -> RootIsolation.Root {
    var cell = cell
    var bits = 1
    let lowerSign = evaluator.sign(cell.index, cell.exponent)
    while cell.exponent > exponent {
      try control.check()
      bits = min(bits, cell.exponent - exponent)
      switch step(cell, bits: bits, lowerSign: lowerSign) {
      case .found(.inside(let part)):
        cell = part
        bits *= 2
      case .found(let root): return root
      case .missed: bits = max(bits / 2, 1)
      }
    }
    return .inside(cell)
  }

  private enum Outcome {
    case found(RootIsolation.Root)
    /// The root is elsewhere in the cell; does not happen for two parts.
    case missed
  }

  private func step(_ cell: DyadicCell, bits: Int, lowerSign: Int) -> Outcome {
    let exponent = cell.exponent - bits
    let parts = Self.shifted(1, bits)
    let offset = bits == 1 ? 1 : predictedOffset(cell, bits: bits, parts: parts)
    let point = Self.shifted(cell.index, bits) + offset
    let sign = evaluator.sign(point, exponent)
    if sign == 0 { return .found(.exact(DyadicCell.point(point, exponent))) }
    // The root lies beyond the point or before it; is it in the part next to it?
    let isBeyond = sign == lowerSign
    let neighbour = isBeyond ? point + 1 : point - 1
    if isBeyond ? offset + 1 < parts : offset > 1 {
      let other = evaluator.sign(neighbour, exponent)
      if other == 0 { return .found(.exact(DyadicCell.point(neighbour, exponent))) }
      if other == sign { return .missed }
    }
    return .found(.inside(DyadicCell(index: isBeyond ? point : neighbour, exponent: exponent)))
  }

  /// Where the secant through the ends crosses zero, in parts from the lower end, and inside the cell.
  private func predictedOffset(
    _ cell: DyadicCell, bits: Int, parts: FlintEngine.Integer
  ) -> FlintEngine.Integer {
    let lower = evaluator.value(cell.index, cell.exponent, accuracy: bits + 4)
    let upper = evaluator.value(cell.index + 1, cell.exponent, accuracy: bits + 4)
    let precision = bits + 30
    let share = lower.withPrecision(precision) / (lower - upper).withPrecision(precision)
    let offset = share.read { share in
      FlintEngine.Integer { result in
        var scaled = arf_struct()
        arf_init(&scaled)
        arf_mul_2exp_si(&scaled, cflint_arb_mid(share), bits)
        _ = arf_get_fmpz(result, &scaled, ARF_RND_NEAR)
        arf_clear(&scaled)
      }
    }
    return min(max(offset, 1), parts - 1)
  }

  private static func shifted(_ value: FlintEngine.Integer, _ bits: Int) -> FlintEngine.Integer {
    value.read { x in FlintEngine.Integer { fmpz_mul_2exp($0, x, UInt(bits)) } }
  }
}
