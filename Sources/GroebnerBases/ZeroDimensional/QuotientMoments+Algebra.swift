import Algebra
import CKernels

extension QuotientMoments {
  /// The values of a random linear form at powers of an element and at their products with coordinates, with
  /// reductions modulo the basis where products need them.
  ///
  /// - Parameters:
  ///   - element: a polynomial with residues as coefficients.
  ///   - coordinates: variables.
  /// - Throws: `F4Computation.ExponentOverflow`, `LimitReached`.
  init(
    of element: SparsePolynomial<UInt32>, coordinates variables: [Int], in algebra: QuotientAlgebra,
    control: Control
  ) throws {
    self.init(coordinateCount: variables.count)
    let n = algebra.variableCount
    let images = try algebra.normalForms(
      variables.map { variable in (0..<n).map { $0 == variable ? 1 : 0 } }, control: control)
    let form = GrowableBuffer<UInt32>(capacity: algebra.stride)
    Self.fillWithForm(form, dimension: algebra.dimension, stride: algebra.stride, field: algebra.field)
    let buffers = (0..<3).map { _ in GrowableBuffer<UInt32>(capacity: algebra.stride) }
    for buffer in buffers { buffer.append(repeating: 0, count: algebra.stride) }
    let (next, left, right) = (buffers[0], buffers[1], buffers[2])
    for k in 0..<2 * algebra.dimension {
      if k & 15 == 0 { try control.check() }
      powers.append(form[0])
      if k < algebra.dimension {
        for i in variables.indices {
          coordinates[i].append(algebra.dot(form.base, images.base + i * algebra.stride))
        }
      }
      next.base.update(repeating: 0, count: algebra.stride)
      for term in 0..<element.termCount {
        left.base.update(from: form.base, count: algebra.stride)
        var (present, other) = (left, right)
        for (variable, exponent) in element.exponents(ofTerm: term).enumerated() {
          for _ in 0..<exponent {
            algebra.pullBack(
              present.base, by: try algebra.multiplication(by: variable, control: control), into: other.base)
            swap(&present, &other)
          }
        }
        var (target, source) = (
          UnsafeMutablePointer<UInt32>?(next.base), UnsafePointer<UInt32>?(UnsafePointer(present.base))
        )
        ck_add_dense(
          &target, 1, &source, 1, [element.coefficients[term]], 0, algebra.stride, algebra.lanes.constants)
      }
      form.base.update(from: next.base, count: algebra.stride)
    }
  }
}
