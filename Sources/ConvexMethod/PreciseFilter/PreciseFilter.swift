/// Rejects strata that `StratumFilter` leaves open, by the same conditions in double-double arithmetic: where the ridge
/// is small against the data, or units lie in adjacent cells, doubles cannot tell where the solution is. Every
/// rejection is a proof; see `PreciseEnclosure`.
///
/// One instance serves one thread. Cost: some ten microseconds, and a product of columns over the rows for every pair
/// of faces.
package final class PreciseFilter {
  private let tables: PreciseTables
  private let stratum: PreciseStratum
  private let enclosure: PreciseEnclosure
  private let residual: UnsafeMutablePointer<DoubleDouble>

  package init(tables: PreciseTables, maximumFaces: Int) {
    self.tables = tables
    stratum = PreciseStratum(tables, maximumFaces: maximumFaces)
    enclosure = PreciseEnclosure(stratum)
    residual = .allocate(capacity: max(1, stratum.rows))
  }

  deinit { residual.deallocate() }

  /// What is known about a stratum.
  package enum Verdict: Hashable {
    case rejected
    /// With the shares of a good minimiser, if one was found.
    case open(shares: [Double]?)
  }

  /// Whether a stratum is rejected, with proof.
  ///
  /// - Parameters:
  ///   - faces: in increasing order.
  ///   - start: approximate coordinates of the minimiser.
  /// - Throws: `AlgebraError`.
  package func verdict(on faces: [Int], from start: UnsafePointer<Double>) throws -> Verdict {
    let view = tables.doubles.view
    guard view.isTame, faces.allSatisfy({ view.faces[$0].isTame && !view.faces[$0].neverOccupied }) else {
      return .open(shares: nil)
    }
    try stratum.load(faces)
    guard stratum.minimise(from: start) else { return .open(shares: nil) }
    let shares = faces.indices.map { stratum.isAlive[$0] ? stratum.norms[$0].high : 0 }
    guard enclosure.enclose() else { return .open(shares: shares) }
    let dead = faces.indices.filter { !stratum.isAlive[$0] }
    let isRejected = dead.isEmpty ? isContradicted() : dead.allSatisfy(isCertainlyDead)
    return isRejected ? .rejected : .open(shares: shares)
  }

  /// Whether `|g*_l| < λ` for a unit without coordinates.
  private func isCertainlyDead(_ index: Int) -> Bool {
    var (defect, errors) = (tables.ridge * tables.ridge, 0.0)
    for i in stratum.block(index) {
      let (gradient, error) = (stratum.gradients[i], enclosure.gradientError(at: i))
      defect -= gradient * gradient
      errors += (2 * abs(gradient.high) + error) * error
    }
    // The rounding errors of squares and sums are far below ε times the greater one.
    return defect.high > (errors + enclosure.epsilon * tables.ridge.high * tables.ridge.high) * (1 + 1e-12)
  }

  /// Whether two walls of a face say different things about the sign of its output weight, or a kink's one-sided
  /// derivative is negative, where all units are alive.
  private func isContradicted() -> Bool {
    var hasResidual = false
    for index in stratum.faces.indices {
      let sign: Double
      switch outputSign(of: index) {
      case .contradiction: return true
      case .unknown: continue
      case .certain(let value): sign = value
      }
      for kink in stratum.data[index].kinks {
        if !hasResidual {
          computeResidual()
          hasResidual = true
        }
        let value = kink.form.withUnsafeBufferPointer { form in
          form.baseAddress.map { dot($0, residual, stratum.rows) } ?? .zero
        }
        let error = (enclosure.residualRadius + 2 * enclosure.roundingScale) * kink.norm * (1 + 1e-12)
        if sign * value.high > error { return true }
      }
    }
    return false
  }

  private func outputSign(of index: Int) -> OutputSign {
    var signs = WallSigns()
    let first = stratum.blockStart[index]
    for wall in stratum.data[index].walls {
      var (value, error) = (DoubleDouble.zero, 0.0)
      for (i, coefficient) in wall.coefficients.enumerated() {
        let coordinate = stratum.coordinates[first + i]
        value += coefficient * coordinate
        // What is lost in the coefficients is relative to the vector, not to the coefficient.
        let lost = enclosure.epsilon * wall.norm
        error +=
          (abs(coefficient.high) + lost) * enclosure.coordinateErrors[first + i] + lost * abs(coordinate.high)
      }
      signs.add(value.high, error: error * (1 + 1e-12))
    }
    return signs.verdict
  }

  /// `r = W (y − A c)`.
  private func computeResidual() {
    for row in 0..<stratum.rows { residual[row] = tables.targets[row] }
    for i in stratum.alive {
      let image = stratum.images + i * stratum.rows
      for row in 0..<stratum.rows { residual[row] -= stratum.coordinates[i] * image[row] }
    }
  }
}
