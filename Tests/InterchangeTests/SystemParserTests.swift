import Algebra
import FlintEngine
import Interchange
import Testing

@Suite("The .ms format")
struct SystemParserTests {
  private func parse(_ text: String) throws -> PolynomialSystem {
    try SystemParser<FlintEngine>.parse(text, file: "test.ms")
  }

  private func polynomials(_ text: String, characteristic: Int = 0) throws -> [String] {
    let system = try parse("x,y,z\n\(characteristic)\n\(text)")
    return system.polynomials.map { $0.text(variables: system.variables) }
  }

  @Test("the parts of a file")
  func parts() throws {
    let system = try parse(
      "# a comment\n\n x1 , x_2\t,Y3 # names\n 32003 \r\n x1+x_2 ,\n\n Y3^2\n -1 # end\n")
    #expect(system.variables == ["x1", "x_2", "Y3"])
    #expect(system.characteristic == 32003)
    #expect(system.polynomials.map { $0.text(variables: system.variables) } == ["x1+x_2", "Y3^2+32002"])
    #expect(try parse("\u{FEFF}x\n0\n").polynomials.isEmpty)
    #expect(try parse("x\n0").polynomials.isEmpty)
  }

  @Test(
    "expressions",
    arguments: [
      ("x/2 - y", "x-2*y"), ("-x^2", "-x^2"), ("(-x)^2", "x^2"), ("2*-x", "-2*x"), ("--x", "x"), ("+x", "x"),
      ("x+x", "2*x"), ("x-x", "0"), ("0", "0"), ("x*y*x", "x^2*y"), ("(x+y)^3", "x^3+3*x^2*y+3*x*y^2+y^3"),
      ("(x+1)*(x-1)", "x^2-1"), ("x^0", "1"), ("0^0", "1"), ("(2/3)^2*x", "4*x"), ("x/2/3", "x"),
      ("1/3*x+y/6+1/2", "2*x+y+3"), ("x*(1/2)^2-z*3/4", "x-3*z"), ("3^40", "12157665459056928801"),
      ("123456789012345678901234567890*x", "123456789012345678901234567890*x"), ("x\n+\ny", "x+y"),
      ("2*(x-(y-(z-1)))", "2*x-2*y+2*z-2"), ("6/4*x", "3*x"), ("x/(1-3)", "-x"), ("x*0", "0"),
      ("y^2+x", "y^2+x"),
    ])
  func expressions(_ text: String, _ expected: String) throws {
    #expect(try polynomials(text) == [expected])
  }

  @Test("coefficients in a prime field")
  func primeField() throws {
    #expect(try polynomials("8*x-1, 7*y, x/3", characteristic: 7) == ["x+6", "0", "x"])
    #expect(try polynomials("x^7-14*y+z/2", characteristic: 7) == ["2*x^7+z"])
  }

  /// Text, line, column and token of the error.
  @Test(
    "errors name their place",
    arguments: [
      ("x,y\n0\nx+*y", 3, 3, "*"), ("x,y\n0\nx+w", 3, 3, "w"), ("x,y\n0\nx+y,\n  x y", 4, 5, "y"),
      ("x,y\n0\nx/y", 3, 3, "y"), ("x,y\n0\nx/0", 3, 3, "0"),
      ("x,y\n0\nx/(2-2)", 3, 3, "("), ("x,y\n5\nx/10", 3, 3, "10"), ("x,y\n0\n(x+y", 3, 5, ""),
      ("x,y\n0\nx)", 3, 2, ")"), ("x,y\n0\nx^y", 3, 3, "y"), ("x,y\n0\nx^-1", 3, 3, "-"),
      ("x,y\n0\nx^2^3", 3, 4, "^"), ("x,y\n0\n,x", 3, 1, ","), ("x,y\n0\nx^99999999999", 3, 3, "99999999999"),
      ("x,x\n0\nx", 1, 3, "x"), ("x y\n0\nx", 1, 3, "y"),
      ("x,2\n0\nx", 1, 3, "2"), ("x\n4\nx", 2, 1, "4"), ("x\n1\nx", 2, 1, "1"), ("x\n-7\nx", 2, 1, "-"),
      ("x\n2147483648\nx", 2, 1, "2147483648"), ("x\n99999999999999\nx", 2, 1, "99999999999999"),
      ("x\n0 x", 2, 3, "x"), ("", 1, 1, ""), ("x", 1, 2, ""), ("x\n0\nä%", 3, 1, "ä"),
      ("x\n0\nx%", 3, 2, "%"),
    ])
  func errors(_ text: String, _ line: Int, _ column: Int, _ token: String) throws {
    let error = #expect(throws: SyntaxError.self) { try parse(text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.token == token)
    #expect(error?.file == "test.ms")
    #expect(error?.description.hasPrefix("test.ms, line \(line), column \(column): ") == true)
  }

  @Test(
    "what would take for ever is refused",
    arguments: [
      "(x+y+z+1)^100000", "2^999999999", "((((2^1000)^1000)^1000)^1000)", "x^2147483647*x",
      "(x^65536)^65536", String(repeating: "(", count: 100_000) + "x",
      "((x+y+z+1)^100)*((x+y+z+2)^100)",
    ])
  func refusals(_ text: String) throws {
    let error = #expect(throws: SyntaxError.self) { try polynomials(text) }
    #expect(error?.line == 3)
  }

  @Test("what is long but harmless is read")
  func long() throws {
    #expect(try polynomials("x^2147483647") == ["x^2147483647"])
    #expect(try polynomials(String(repeating: "-", count: 10_001) + "x") == ["-x"])
    let sum = (1...3000).map { "\($0)*x^\($0)" }.joined(separator: "+")
    #expect(try parse("x\n0\n" + sum).polynomials[0].termCount == 3000)
    #expect(try polynomials("1^2147483647*x") == ["x"])
  }
}
