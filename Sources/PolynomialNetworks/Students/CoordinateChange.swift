import Algebra

/// An invertible change of the inputs' coordinates with integer entries, and its inverse.
struct CoordinateChange<Engine: AlgebraEngine>: Sendable {
  let matrix: Engine.RationalMatrix
  let inverse: Engine.RationalMatrix

  /// The number of changes that are tried.
  static var attempts: Int { 5 }

  /// The identity first, then products of triangular matrices in general position, always the same ones.
  init(inputs n: Int, attempt: Int) throws {
    var lower = Engine.RationalMatrix.identity(n)
    var upper = Engine.RationalMatrix.identity(n)
    if attempt > 0 {
      var generator = SeededGenerator(seed: 0xC0_0D, task: UInt64(attempt))
      for i in 0..<n {
        for j in 0..<i {
          // Not zero: else a plane between the axes would keep its special position.
          lower[i, j] = Engine.Rational([-3, -2, -1, 1, 2, 3][Int(generator.next() % 6)])
          upper[j, i] = Engine.Rational([-3, -2, -1, 1, 2, 3][Int(generator.next() % 6)])
        }
      }
    }
    matrix = try lower.multiplied(by: upper)
    inverse = try matrix.inverse()
  }
}
