/// The equations across: linear combinations that cannot hold; see `GroupTest`.
extension GroupTest {
  /// Whether a linear combination of the equations across cannot hold.
  func isContradictory() -> Bool {
    for m in 0..<count { contributions[m] = 0 }
    for l in 0..<count {
      for m in 0..<count { weights[m] = l == m ? 1 : 0 }
      if isContradictory(weights) { return true }
    }
    guard count > 1 else { return false }
    // The combinations in which one of the `x` is left: rows of the inverse of the Jacobian matrix.
    let size = Self.mostUnits
    for l in 0..<count {
      for m in 0..<count {
        work[l * size + m] = reduced[l * size + m] * amplitudes[m] + (l == m ? ridge * signs[m] : 0)
      }
    }
    guard invertApproximately(work, into: preconditioner, size: count, stride: size) else { return false }
    for l in 0..<count where isContradictory(preconditioner + l * size) { return true }
    return false
  }

  private func isContradictory(_ weights: UnsafePointer<Double>) -> Bool {
    let size = Self.mostUnits
    var (value, bound, scale, total) = (0.0, 0.0, 0.0, 0.0)
    var magnitude = targetNorm
    for m in 0..<count { magnitude += most[m] * self.magnitude(m) }
    for l in 0..<count where weights[l] != 0 {
      let weight = weights[l]
      var (left, length, coefficient) = (normalProducts[l], units[l].normalScale, 1.0)
      for j in 0..<count {
        let factor = projector[l * size + j]
        left -= factor * (products[j] - ridge * signs[j])
        length += factor.magnitude * units[j].scale
        coefficient += factor.magnitude
      }
      value += weight * left
      scale += weight.magnitude * length
      total += weight.magnitude * coefficient
    }
    bound += epsilon * (scale * magnitude + ridge * total)
    for m in 0..<count {
      var (rate, rest, along) = (0.0, 0.0, 0.0)
      for l in 0..<count {
        rate += weights[l] * reduced[l * size + m]
        rest += weights[l] * defect[l * size + m]
        along += weights[l] * projector[l * size + m]
      }
      let slopes =
        (rate * amplitudes[m] + weights[m] * ridge * signs[m]).magnitude + rate.magnitude * deviations[m]
      let part = slopes * units[m].spread
      shares[m] = part
      bound +=
        part + rest.magnitude * most[m] + weights[m].magnitude * ridge * units[m].spread * bends[m]
        + along.magnitude * ridge * bends[m]
    }
    for index in 0..<zoneCount {
      let entry = zone[index]
      let start = index * size
      var (psi, coefficient) = (0.0, 0.0)
      for l in 0..<count {
        psi += weights[l] * projected[start + l]
        coefficient += weights[l] * coefficients[start + l]
      }
      var uncertainty = epsilon * entry.root * targetNorm
      for m in 0..<count {
        uncertainty += images[start + m].magnitude * deviations[m] + residualRate(index, m) * most[m]
      }
      let change = most[entry.unit] * entry.error / 2
      value -= signs[entry.unit] * (bend < 0 ? -change : change) * psi
      value += entry.middle * entry.residual * coefficient
      let part =
        change * psi.magnitude + coefficient.magnitude
        * (entry.half * (entry.residual.magnitude + uncertainty) + entry.middle.magnitude * uncertainty)
      shares[entry.unit] += part
      bound += part
    }
    if value.magnitude > bound * (1 + 1e-9) { return true }
    let ratio = 1 / bound
    for m in 0..<count { contributions[m] += shares[m] * ratio }
    return false
  }
}
