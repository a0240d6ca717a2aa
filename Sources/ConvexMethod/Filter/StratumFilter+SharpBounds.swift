/// Verdicts on strata that the safe ball leaves open, from the bounds that stay sharp at small ridges.
extension StratumFilter {
  /// Whether the stratum is rejected around the workspace's point.
  ///
  /// - Parameter isLast: whether no better point will come.
  func isRejectedSharply(isLast: Bool) -> Bool {
    if sharp.encloseRegular() {
      return isDead { self.tables.faces[self.faces[$0]].norm * self.sharp.residualRadius }
        || isContradictedByCoordinates(isCurved: false)
    }
    guard isLast, sharp.encloseCurved() else { return false }
    return isDead { self.sharp.gradientRadius(of: $0, norm: self.tables.faces[self.faces[$0]].norm) }
      || sharp.encloseCurvedCoordinates() && isContradictedByCoordinates(isCurved: true)
  }

  /// Whether all that a filter looks at is as at a local minimum, with proof, for the stratum that was asked for last:
  /// no filter will reject it.
  package var acceptsSharply: Bool {
    guard workspace.faceCount == prefixCount + 1, sharp.encloseRegular() else { return false }
    computeWeights()
    return (0..<workspace.faceCount).allSatisfy { index in
      guard case .certain(let sign) = sharpSign(of: index) else { return false }
      computeMoment(of: faces[index])
      return tables.faces[faces[index]].kinks.allSatisfy { number in
        let kink = tables.kinks[number]
        return sign * kinkValue(kink) < -error(of: kink)
      }
    }
  }

  /// Whether `|g*_l| < λ` for some face; `radius` bounds `|g*_l − g_l|`.
  private func isDead(_ radius: (Int) -> Double) -> Bool {
    for index in 0..<workspace.faceCount {
      var square = 0.0
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        let upper = abs(workspace.gradients[i]) + sharp.gradientErrors[i]
        square += upper * upper
      }
      if square.squareRoot() + radius(index) < workspace.ridge * (1 - 8 * 0x1p-53 - sharp.epsilon) {
        return true
      }
    }
    return false
  }

  /// Whether two walls of a face say different things about the sign of its output weight, or a kink's one-sided
  /// derivative is negative.
  private func isContradictedByCoordinates(isCurved: Bool) -> Bool {
    var hasWeights = false
    for index in 0..<workspace.faceCount {
      let sign: Double
      switch sharpSign(of: index) {
      case .contradiction: return true
      case .unknown: continue
      case .certain(let value): sign = value
      }
      let data = tables.faces[faces[index]]
      guard !data.kinks.isEmpty else { continue }
      if !hasWeights {
        computeWeights()
        hasWeights = true
      }
      computeMoment(of: faces[index])
      for number in data.kinks {
        let kink = tables.kinks[number]
        let (value, rounding) = (sign * kinkValue(kink), sharp.roundingScale * kink.columnErrorFactor)
        if value > error(of: kink) { return true }
        guard isCurved, value > rounding else { continue }
        if value > rounding + kinkNorm(kink, on: faces[index]) * sharp.residualRadius { return true }
      }
    }
    return false
  }

  /// At least how far the value of a kink's form at the solution is from the computed one.
  private func error(of kink: FilterTables.Kink) -> Double {
    sharp.roundingScale * kink.columnErrorFactor + kink.norm * sharp.residualRadius
  }

  /// At least the norm of a kink's form in the metric of the curved enclosure.
  private func kinkNorm(_ kink: FilterTables.Kink, on face: Int) -> Double {
    let size = tables.dimension
    for index in 0..<workspace.faceCount {
      let data = tables.faces[faces[index]]
      owner.moments.secondMoments(faces[index], face, into: scratch)
      for i in 0..<size {
        moment[i] = 0
        for j in 0..<size { moment[i] += scratch[i * size + j] * tables.formStorage[kink.start + j] }
      }
      for position in kink.rows {
        let term = tables.kinkRows[position]
        owner.moments.addRow(term.row, of: faces[index], times: term.coefficient, to: moment)
      }
      for column in 0..<data.dimension {
        var sum = 0.0
        for i in 0..<size { sum += moment[i] * data.basis[i * data.dimension + column] }
        formProducts[workspace.blockStart[index] + column] = sum
      }
    }
    computeMoment(of: face)
    return sharp.dualNorm(
      products: formProducts, square: kink.norm * kink.norm, scale: kink.columnErrorFactor)
  }

  /// What the walls of a face say about the sign of its output weight: `h*_l` is a positive multiple of `g*_l`.
  private func sharpSign(of index: Int) -> OutputSign {
    let data = tables.faces[faces[index]]
    let block = workspace.blockStart[index]
    var signs = WallSigns()
    for wall in data.walls {
      let form = tables.walls[wall]
      var (value, error, square) = (0.0, 0.0, 0.0)
      for i in 0..<data.dimension {
        let coefficient = tables.formStorage[form.start + i]
        let coordinate = workspace.coordinates[block + i]
        value += coefficient * coordinate
        error += abs(coefficient) * (sharp.coordinateErrors[block + i] + sharp.epsilon * abs(coordinate))
        let upper = abs(coordinate) + sharp.coordinateErrors[block + i]
        square += upper * upper
      }
      signs.add(value, error: (error + form.error * square.squareRoot()) * (1 + sharp.epsilon))
    }
    return signs.verdict
  }
}

/// What the walls of a face say about the sign of a unit's output weight.
enum OutputSign {
  case certain(Double)
  case unknown
  case contradiction
}

/// Collects the values of the forms at the walls of a face.
struct WallSigns {
  private var positive = false
  private var negative = false
  private var unknown = false

  /// Takes a value that is off by at most `error`.
  @inline(__always)
  mutating func add(_ value: Double, error: Double) {
    if value > error {
      positive = true
    } else if value < -error {
      negative = true
    } else {
      unknown = true
    }
  }

  var verdict: OutputSign {
    if positive, negative { return .contradiction }
    return unknown || positive == negative ? .unknown : .certain(positive ? 1 : -1)
  }
}
