import Algebra
import Testing

/// The laws that every engine obeys; the tests of an engine call each of these checks once.
///
/// Values are drawn from a seeded generator, with the sizes at which number types change their representation
/// among them.
public enum AlgebraConformance<Engine: AlgebraEngine> {
  public typealias Integer = Engine.Integer
  public typealias Rational = Engine.Rational
  public typealias Matrix = Engine.RationalMatrix
  public typealias Ball = Engine.Ball
  public typealias BallMatrix = Engine.BallMatrix
  public typealias Univariate = Engine.UnivariatePolynomial
  public typealias Ring = Engine.PolynomialRing
  public typealias Polynomial = Engine.Polynomial

  /// A name, versions, and libraries that fit.
  public static func checkEngine() throws {
    #expect(!Engine.name.isEmpty)
    #expect(Engine.versions.allSatisfy { !$0.key.isEmpty && !$0.value.isEmpty })
    try Engine.checkLibraries()
    Engine.prepareThread()
    Engine.prepareThread()
  }
}
