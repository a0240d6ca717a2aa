import Algebra

extension SwiftEngine {
  /// Cost: quadratic in the number of moments, for each coordinate.
  public static func residueParametrisation(
    prime: UInt32, moments: [UInt32], coordinateMoments: [[UInt32]], testsSquarefree: Bool
  ) -> ResidueParametrisation {
    let ring = ResiduePolynomials(prime: UInt(prime))
    let field = ring.field
    func elements(_ values: some Sequence<UInt32>) -> [UInt] { values.map { field.element(UInt($0)) } }
    func residues(_ polynomial: [UInt]) -> [UInt32] { polynomial.map { UInt32(field.residue($0)) } }
    let minimal = minimalPolynomial(elements(moments), ring)
    let derivative = ring.derivative(minimal)
    let degree = minimal.count - 1
    let isSquarefree = testsSquarefree ? ring.greatestCommonDivisor(minimal, derivative).count <= 1 : nil
    // The polynomial part of minimal · Σ moments[k] z^(−k−1).
    func numerator(_ values: [UInt32]) -> [UInt] {
      let reversed = ring.trimmed(elements(values.prefix(degree)).reversed())
      return Array(ring.multiply(minimal, reversed).dropFirst(degree))
    }
    var numerators: [[UInt32]] = []
    if degree > 0, !coordinateMoments.isEmpty {
      let inverse = ring.extendedDivisor(numerator(moments), minimal).s
      let factor = ring.multiply(inverse, derivative, modulo: minimal)
      numerators = coordinateMoments.map {
        residues(ring.multiply(numerator($0), factor, modulo: minimal))
      }
    }
    return ResidueParametrisation(
      minimalPolynomial: residues(minimal), isSquarefree: isSquarefree, numerators: numerators)
  }

  /// The monic polynomial of the shortest linear recurrence (Massey, IEEE Trans. Inf. Theory 15, 1969,
  /// doi:10.1109/TIT.1969.1054260).
  private static func minimalPolynomial(_ moments: [UInt], _ ring: ResiduePolynomials) -> [UInt] {
    let field = ring.field
    // Connection polynomials, from the constant term 1 upwards.
    var (current, previous) = ([field.one], [field.one])
    var (length, gap, previousDiscrepancy) = (0, 1, field.one)
    for index in moments.indices {
      var discrepancy: UInt = 0
      for (offset, coefficient) in current.enumerated() where offset <= index {
        discrepancy = field.add(discrepancy, field.multiply(coefficient, moments[index - offset]))
      }
      guard discrepancy != 0 else {
        gap += 1
        continue
      }
      let factor = field.multiply(discrepancy, field.inverse(previousDiscrepancy))
      let last = current
      if current.count < previous.count + gap {
        current += Array(repeating: 0, count: previous.count + gap - current.count)
      }
      for (offset, value) in previous.enumerated() {
        current[offset + gap] = field.subtract(current[offset + gap], field.multiply(factor, value))
      }
      if 2 * length <= index {
        (length, previous, previousDiscrepancy, gap) = (index + 1 - length, last, discrepancy, 1)
      } else {
        gap += 1
      }
    }
    let padded = (current + Array(repeating: 0, count: max(length + 1 - current.count, 0))).prefix(length + 1)
    return Array(padded.reversed())
  }
}
