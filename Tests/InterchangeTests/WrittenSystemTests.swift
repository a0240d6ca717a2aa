import Algebra
import FlintEngine
import Interchange
import Testing

/// Systems as people write them: what has one meaning is read, what may have two is refused at its place.
@Suite struct WrittenSystemTests {
  private func parse(_ text: String) throws -> PolynomialSystem {
    try SystemParser<FlintEngine>.parse(text, file: "system.ms")
  }

  private func polynomials(_ text: String, _ variables: String) throws -> [String] {
    let system = try parse("\(variables)\n0\n\(text)")
    return system.polynomials.map { $0.text(variables: system.variables) }
  }

  @Test(arguments: [
    // Decimals are exact.
    ("1.5*x", ["3*x"]), ("0.1x+0.2", ["x+2"]), (".5x-y", ["x-2*y"]), ("2.*x-1.", ["2*x-1"]),
    ("1e3*x-1", ["1000*x-1"]), ("2.5e-3*x-1", ["x-400"]), ("1E+2-x", ["-x+100"]), ("x-0.000", ["x"]),
    ("1.0*x^2-2.25", ["4*x^2-9"]), ("x/0.5-y", ["2*x-y"]),
    // Powers.
    ("x**2-y**3", ["-y^3+x^2"]), ("x²+y³-1", ["y^3+x^2-1"]), ("x¹²", ["x^12"]), ("(x+y)²", ["x^2+2*x*y+y^2"]),
    ("x^(2)", ["x^2"]), ("x^(1+1)*y", ["x^2*y"]), ("x**(6/3)", ["x^2"]), ("2**3x", ["8*x"]),
    ("-x²", ["-x^2"]),
    // Products without a sign.
    ("2x", ["2*x"]), ("2 x", ["2*x"]), ("2(x+1)", ["2*x+2"]), ("(x+1)(x-1)", ["x^2-1"]),
    ("(x+1) y", ["x*y+y"]),
    ("3x^2y", ["3*x^2*y"]), ("x^2y^2", ["x^2*y^2"]), ("x²y", ["x^2*y"]), ("2x/3-y", ["2*x-3*y"]),
    ("-2x+3(y-1)", ["-2*x+3*y-3"]), ("2(x)(y)", ["2*x*y"]), ("(x)²(y)", ["x^2*y"]), ("2x*3y", ["6*x*y"]),
    ("x^(2)(y+1)", ["x^2*y+x^2"]), ("1.5x", ["3*x"]), ("2\t(x)", ["2*x"]), ("(2)(3)", ["6"]),
    // Signs of typography.
    ("x\u{2212}y", ["x-y"]), ("\u{2212}x", ["-x"]), ("2·x", ["2*x"]), ("x×y", ["x*y"]), ("x⋅y", ["x*y"]),
    ("x\u{A0}+\u{2009}y", ["x+y"]),
    // Equations and what stands between them.
    ("x = y", ["x-y"]), ("x^2 + y^2 = 1", ["x^2+y^2-1"]), ("2x = 3, y = x", ["2*x-3", "-x+y"]),
    ("x == 1", ["x-1"]), ("x = 1;\ny = 2", ["x-1", "y-2"]), ("0 = x", ["-x"]), ("x=x", ["0"]),
    ("x; y", ["x", "y"]), ("x, y;", ["x", "y"]), ("x-1,\ny-1,\n", ["x-1", "y-1"]), ("x;\n", ["x"]),
    ("x\n=\ny", ["x-y"]),
  ])
  func isRead(_ text: String, _ expected: [String]) throws {
    #expect(try polynomials(text, "x,y") == expected)
  }

  @Test(arguments: [
    ("x[1],x[2]\n0\nx[1]-x[2]", ["x[1]", "x[2]"], "x[1]-x[2]"),
    (
      "a[1,2], a[i, j]\n0\n2a[1, 2]a[i,j]".replacing("]a", with: "]*a"), ["a[1,2]", "a[i,j]"],
      "2*a[1,2]*a[i,j]"
    ),
    ("x,x',x''\n0\nx''+2x'-x", ["x", "x'", "x''"], "-x+2*x'+x''"),
    ("x,x'\n0\nx\u{2032}-x\u{2019}+x", ["x", "x'"], "x"),
    ("λ,μ\n0\nλ²-μ", ["λ", "μ"], "λ^2-μ"), ("größe,Ж\n0\n2größe-Ж", ["größe", "Ж"], "2*größe-Ж"),
    ("x₁,x₂\n0\nx₁²-x₂", ["x₁", "x₂"], "x₁^2-x₂"), ("x_1,_y\n0\nx_1-_y", ["x_1", "_y"], "x_1-_y"),
    ("e\u{301}\n0\n\u{E9}-1", ["\u{E9}"], "\u{E9}-1"), ("x,\ny,\n\nz\n0\nx+y+z", ["x", "y", "z"], "x+y+z"),
    ("x\n, y\n,z\n0\nx+y+z", ["x", "y", "z"], "x+y+z"), ("x,y,\n0\nx+y", ["x", "y"], "x+y"),
    ("x, # first\n  y # second\n0\nx+y", ["x", "y"], "x+y"), ("x2,x\n0\n2x2-x", ["x2", "x"], "2*x2-x"),
    ("e,x\n0\n2e+x", ["e", "x"], "2*e+x"), ("e5\n0\n2*e5", ["e5"], "2*e5"),
    ("x,y\r\n0\r\nx = y\r\n", ["x", "y"], "x-y"),
  ])
  func variablesHaveManyNames(_ text: String, _ variables: [String], _ polynomial: String) throws {
    let system = try parse(text)
    #expect(system.variables == variables)
    #expect(system.polynomials.map { $0.text(variables: system.variables) } == [polynomial])
  }

  /// Text after the variables `x, y, e` and the characteristic, column of the error in it, and its token.
  @Test(arguments: [
    ("xy", 1, "xy"), ("x y", 3, "y"), ("x x", 3, "x"), ("2xy", 2, "xy"), ("x(y+1)", 2, "("),
    ("x (y)", 3, "("),
    ("f(x)", 1, "f"), ("sin(x)", 1, "sin"), ("x2", 1, "x2"), ("x 2", 3, "2"), ("(x)2", 4, "2"),
    ("2 3", 3, "3"),
    ("x^2 3", 5, "3"), ("x^2(3)", 4, "("), ("x^2(y+1)", 4, "("), ("(x)^2(y)", 6, "("), ("1e3x", 2, "e3x"),
    ("1/2x", 4, "x"), ("1/2(x+1)", 4, "("),
    ("x/2y", 4, "y"), ("x/(2)(3)", 6, "("), ("x/2 y", 5, "y"), ("2x/3y", 5, "y"), ("1.5e-3", 4, "e"),
    ("2e5", 2, "e5"), ("1.2.3", 4, ".3"), ("1..2", 3, ".2"), ("1.x", 3, "x"), ("1. x", 4, "x"),
    ("1.(x)", 3, "("),
    (".", 1, "."), ("x.y", 2, "."), ("x=y=1", 4, "="), ("x=", 3, ""), ("=x", 1, "="), ("x=,y", 3, ","),
    ("x,,y", 3, ","), ("x;;y", 3, ";"), (";x", 1, ";"), ("x<=y", 2, "<"), ("x:=y", 2, ":"), ("x!=y", 2, "!"),
    ("x^2.0", 3, "2.0"), ("x^(1/2)", 3, "("), ("x^(y)", 3, "("), ("x^(-1)", 3, "("), ("x**-1", 4, "-"),
    ("x^2^3", 4, "^"), ("x²³^2", 4, "^"), ("x²^2", 3, "^"), ("x ²", 3, "²"), ("²", 1, "²"), ("x***2", 4, "*"),
    ("x^{2}", 3, "{"), ("{x}", 1, "{"), ("[x]", 1, "["), ("x[1]", 1, "x[1]"), ("x[1", 2, "["),
    ("x[]", 2, "["),
    ("x'", 1, "x'"), ("'x'", 1, "'"), ("x\u{2013}y", 2, "\u{2013}"), ("x//2", 3, "/"), ("2√x", 2, "√"),
    ("x|y", 2, "|"), ("x·", 3, ""), ("\u{200B}x", 1, "\u{200B}"), ("π", 1, "π"), ("I", 1, "I"),
    ("1e999999999*x", 1, "1"), ("$x$", 1, "$"), ("\\frac12", 1, "\\"), ("(x,y)", 3, ","), ("x)", 2, ")"),
  ])
  func isRefused(_ text: String, _ column: Int, _ token: String) throws {
    let variables = text.hasPrefix("1e9") ? "x,y" : "x,y,e"
    let error = #expect(throws: SyntaxError.self) { try polynomials(text, variables) }
    #expect(error?.line == 3 && error?.column == column && error?.token == token, "\(error as Any)")
  }

  @Test(arguments: [
    ("x\n0\nx\n2", 4, 1, "2"), ("x,y\n0\nx-1\ny-1", 4, 1, "y"), ("x\n0\n2\nx", 4, 1, "x"),
    ("x\n0\n(x)\n(x)", 4, 1, "("),
    ("x,\n,y\n0\nx", 2, 1, ","), (",x\n0\nx", 1, 1, ","), ("x;y\n0\nx", 1, 2, ";"),
    ("x,y\nz\n0\nx", 2, 1, "z"),
    ("2x\n0\nx", 1, 1, "2"), ("x[1],x[1]\n0\n1", 1, 6, "x[1]"), ("x,\n", 2, 1, ""),
    ("x,y\n0.0\nx", 2, 1, "0.0"),
    ("x\n5\n0.1*x", 3, 1, "0.1"), ("x\n0,\nx", 2, 2, ","), ("x,0\nx", 1, 3, "0"), ("x=1\n0\nx", 1, 2, "="),
  ])
  func isRefusedAcrossLines(_ text: String, _ line: Int, _ column: Int, _ token: String) throws {
    let error = #expect(throws: SyntaxError.self) { try parse(text) }
    #expect(error?.line == line && error?.column == column && error?.token == token, "\(error as Any)")
  }

  @Test func messagesSayWhatToWrite() throws {
    let messages = [
      (
        "xy",
        "system.ms, line 3, column 1: unknown variable (a product of variables needs its sign), found 'xy'"
      ),
      (
        "x(y)",
        "system.ms, line 3, column 2: a product needs its sign here, and there are no functions, found '('"
      ),
      (
        "1/2x",
        "system.ms, line 3, column 4: after a division a product needs its sign: a/b*c or a/(b*c), found 'x'"
      ),
    ]
    for (text, message) in messages {
      let error = #expect(throws: SyntaxError.self) { try polynomials(text, "x,y") }
      #expect(error?.description == message)
    }
  }

  @Test func decimalsArePossibleInPrimeFields() throws {
    // Twice the polynomial: coefficients are made whole first.
    let system = try parse("x,y\n7\n0.5x+y")
    #expect(system.polynomials.map { $0.text(variables: ["x", "y"]) } == ["x+2*y"])
  }
}
