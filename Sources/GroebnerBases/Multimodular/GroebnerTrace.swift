import Algebra

/// What a computation over Q has learned of its linear algebra. It may be tried on other systems with the same
/// monomials, such as the systems of different activation patterns, which then need not be traced themselves.
public struct GroebnerTrace: Sendable {
  private let layout: MonomialLayout
  /// The monomials of the inputs, packed.
  private let inputs: [[UInt64]]
  private let shape: BasisShape
  let trace: F4Trace

  init(system: IntegerSystem, shape: BasisShape, trace: F4Trace) {
    layout = system.layout
    inputs = system.polynomials.map(\.monomials)
    self.shape = shape
    self.trace = trace
  }

  /// Whether the inputs have the monomials of those that were traced.
  func fits(_ system: IntegerSystem) -> Bool {
    layout.packsLike(system.layout) && inputs == system.polynomials.map(\.monomials)
  }

  /// Whether the computation modulo a prime has come to a basis with the traced monomials.
  func leadsTo(_ basis: [ModularPolynomial]) -> Bool { shape.fits(basis) }
}
