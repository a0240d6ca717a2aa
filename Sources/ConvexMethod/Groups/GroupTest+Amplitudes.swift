/// The bounds of the amplitudes `T`; see `GroupTest`.
extension GroupTest {
  /// The coefficients of the bounds of `T` but for what depends on the signs: `d ≤ … + rates d + system |T|`.
  func fillRates() {
    let size = Self.mostUnits
    for l in 0..<count {
      var (constant, weight) = (0.0, 0.0)
      for j in 0..<count {
        let factor = inverse[l * size + j].magnitude
        constant += factor * ridge * (bends[j] + epsilon)
        weight += factor * units[j].scale
      }
      for m in 0..<count {
        var (product, rest) = (0.0, l == m ? 1.0 : 0)
        for j in 0..<count {
          product += inverse[l * size + j] * mixed[j * size + m]
          rest -= inverse[l * size + j] * gram[j * size + m]
        }
        system[l * size + m] =
          product.magnitude * units[m].spread + rest.magnitude + epsilon * weight * magnitude(m)
        rates[l * size + m] = 0
      }
      constants[l] = constant + epsilon * weight * targetNorm
    }
    for index in 0..<zoneCount {
      let entry = zone[index]
      let start = index * size
      let jump = (entry.middle.magnitude + entry.half) * entry.along.magnitude
      for l in 0..<count {
        if entry.error > 0 {
          var sum = 0.0
          for j in 0..<count { sum += inverse[l * size + j] * images[start + j] }
          system[l * size + entry.unit] += entry.error * sum.magnitude
        }
        let factor = inverse[l * size + entry.unit].magnitude * jump
        factors[start + l] = factor
        constants[l] += factor * epsilon * entry.root * targetNorm
        for m in 0..<count {
          rates[l * size + m] += factor * images[start + m].magnitude
          system[l * size + m] += factor * residualRate(index, m)
        }
      }
    }
  }

  /// Sets `rates` to `B` and `solver` to about `(I − B)⁻¹`; false if there is no such matrix.
  func invertRates() -> Bool {
    let size = Self.mostUnits
    for l in 0..<count {
      for m in 0..<count {
        rates[l * size + m] += system[l * size + m]
        work[l * size + m] = (l == m ? 1 : 0) - rates[l * size + m]
      }
    }
    guard invertApproximately(work, into: solver, size: count, stride: size) else { return false }
    // The inverse has no negative entry.
    for l in 0..<count { for m in 0..<count where !(solver[l * size + m] >= 0) { return false } }
    return true
  }

  /// Sets `amplitudes` to `T⁰`, `deviations` to `D`, `most` to bounds of `|T|`; false if there are none.
  func boundAmplitudes() -> Bool {
    let size = Self.mostUnits
    for l in 0..<count {
      var amplitude = 0.0
      for j in 0..<count { amplitude += inverse[l * size + j] * (products[j] - ridge * signs[j]) }
      amplitudes[l] = amplitude
    }
    for l in 0..<count {
      var sum = constants[l]
      for m in 0..<count { sum += system[l * size + m] * amplitudes[m].magnitude }
      known[l] = sum
    }
    for index in 0..<zoneCount {
      let start = index * size
      var residual = tables.view.targets[zone[index].row]
      for m in 0..<count { residual -= amplitudes[m] * images[start + m] }
      zone[index].residual = residual
      for l in 0..<count { known[l] += factors[start + l] * residual.magnitude }
    }
    for l in 0..<count {
      var sum = 0.0
      for m in 0..<count { sum += solver[l * size + m] * known[m] }
      deviations[l] = sum * (1 + 1e-6)
    }
    for l in 0..<count {
      var sum = known[l]
      for m in 0..<count { sum += rates[l * size + m] * deviations[m] }
      guard deviations[l] > 0, sum * (1 + 1e-9) < deviations[l] else { return false }
      most[l] = amplitudes[l].magnitude + deviations[l]
    }
    return true
  }

  /// Times `|T_m|` at least the size of unit `m`'s outputs, in the scale of rounding errors.
  @inline(__always)
  func magnitude(_ m: Int) -> Double { units[m].scale + units[m].spread * units[m].normalScale }

  /// Times `|T_m|` at least how far the directions and the kinks of unit `m` change the residual at a row of a zone.
  @inline(__always)
  func residualRate(_ index: Int, _ m: Int) -> Double {
    let root = zone[index].root
    return units[m].spread * normalImages[index * Self.mostUnits + m].magnitude
      + root * (kinks[m] + epsilon * magnitude(m))
  }
}
