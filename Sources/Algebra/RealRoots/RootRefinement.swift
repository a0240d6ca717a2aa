/// Shrinks a cell around a single root by quadratic interval refinement (Abbott, arXiv:1203.1227; Kerber and
/// Sagraloff, arXiv:1104.1362): the secant predicts in which of `2^b` parts the root lies, and `b` is doubled
/// after each success, halved after each failure.
struct RootRefinement<Engine: RootIsolatingEngine> {
  let evaluator: DyadicEvaluator<Engine>
  let control: Control

  /// - Parameters:
  ///   - cell: has a sign change and one root inside.
  ///   - exponent: the wanted binary logarithm of the width.
  func refine(_ cell: DyadicCell<Engine>, toExponent exponent: Int) throws(Interruption)
    -> RootIsolation<Engine>.Root
  {
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
    case found(RootIsolation<Engine>.Root)
    /// The root is elsewhere in the cell; does not happen for two parts.
    case missed
  }

  private func step(_ cell: DyadicCell<Engine>, bits: Int, lowerSign: Int) -> Outcome {
    let exponent = cell.exponent - bits
    let parts = Engine.shifted(1, by: bits)
    let offset = bits == 1 ? 1 : predictedOffset(cell, bits: bits, parts: parts)
    let point = Engine.shifted(cell.index, by: bits) + offset
    let sign = evaluator.sign(point, exponent)
    if sign == 0 { return .found(.exact(Engine.dyadic(point, exponent: exponent))) }
    // The root lies beyond the point or before it; is it in the part next to it?
    let isBeyond = sign == lowerSign
    let neighbour = isBeyond ? point + 1 : point - 1
    if isBeyond ? offset + 1 < parts : offset > 1 {
      let other = evaluator.sign(neighbour, exponent)
      if other == 0 { return .found(.exact(Engine.dyadic(neighbour, exponent: exponent))) }
      if other == sign { return .missed }
    }
    return .found(.inside(DyadicCell(index: isBeyond ? point : neighbour, exponent: exponent)))
  }

  /// Where the secant through the ends crosses zero, in parts from the lower end, and inside the cell.
  private func predictedOffset(
    _ cell: DyadicCell<Engine>, bits: Int, parts: Engine.Integer
  ) -> Engine.Integer {
    let lower = evaluator.value(cell.index, cell.exponent, accuracy: bits + 4)
    let upper = evaluator.value(cell.index + 1, cell.exponent, accuracy: bits + 4)
    let precision = bits + 30
    let share = lower.withPrecision(precision) / (lower - upper).withPrecision(precision)
    guard let (middle, _) = try? share.midpoint.bounds() else {
      preconditionFailure("the values at the ends have different signs")
    }
    let offset = (middle * Engine.dyadic(1, exponent: bits)).floor()
    return min(max(offset, 1), parts - 1)
  }
}
