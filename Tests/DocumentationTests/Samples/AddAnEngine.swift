import Algebra
import FlintEngine

/// The code of the article “Add an engine”.
func addAnEngine(print: (Any...) -> Void) throws {
  func determinant<Engine: AlgebraEngine>(
    ofHilbertMatrix size: Int, engine: Engine.Type
  ) throws -> Engine.Rational {
    var matrix = Engine.RationalMatrix.zero(rows: size, columns: size)
    for row in 0..<size {
      for column in 0..<size { matrix[row, column] = try Engine.Rational(row + column + 1).inverse() }
    }
    return try matrix.determinant()
  }
  print(try determinant(ofHilbertMatrix: 3, engine: FlintEngine.self))
}
