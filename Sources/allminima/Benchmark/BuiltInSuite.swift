import Algebra

extension BenchmarkSuite {
  /// The suite that needs no files; sizes are such that a round takes a few seconds.
  static func builtIn() throws -> BenchmarkSuite {
    let numbers: [(String, ArithmeticWork)] = [
      ("integers of 1,000 bits", .integers(bits: 1000)),
      ("integers of 100,000 bits", .integers(bits: 100_000)),
      ("1 + 1/2 + … + 1/1000", .harmonicNumber(terms: 1000)),
      ("Hilbert matrix, 30 rows", .hilbertMatrix(size: 30)),
    ]
    let polynomials: [(String, PolynomialWork)] = [
      ("product, 4 variables, degree 10", .product(power: 10)),
      ("gcd, 4 variables, degree 4", .greatestCommonDivisor(degree: 4)),
      ("factors, 4 variables, degree 2", .factorisation(degree: 2)),
      ("factors, 1 variable, degree 80", .univariateFactorisation(degree: 40)),
    ]
    let commands: [(String, String)] = [
      ("katsura 6", "groebner katsura6"),
      ("katsura 5, proved", "groebner katsura5 --proved"),
      ("cyclic 5, lex", "groebner cyclic5 --order lex"),
      ("2×2 minors of 2×6, minimal", "decompose minors6"),
      ("2×2 minors of 2×5, primary", "decompose minors5 --kind primary"),
      ("ReLU gradients, minimal", "decompose relu"),
      ("cyclic 5, checked", "decompose cyclic5 --check"),
      ("katsura 5", "solve katsura5"),
      ("noon 4", "solve noon4"),
      ("ReLU gradients, 50 digits", "solve relu --digits 50"),
      ("5 points, 2 units", "enumerate line --units 2 --ridge 1/10"),
      ("5 points, 2 units, exact", "enumerate line --units 2 --ridge 1/10 --exact"),
      ("5 points, 2 units, algebraic", "enumerate line --units 2 --ridge 1/10 --method algebraic"),
      ("6 points in a plane, 1 unit", "enumerate plane --units 1 --ridge 1/20"),
      ("50 cars, 2 units", "enumerate cars --units 2 --ridge 10"),
    ]
    return BenchmarkSuite(
      name: "built-in",
      rows: numbers.map { BenchmarkRow(name: $0, work: .arithmetic($1)) }
        + polynomials.map { BenchmarkRow(name: $0, work: .polynomials($1)) }
        + (try commands.map { name, command in
          let arguments = command.split(separator: " ").map(String.init)
          return BenchmarkRow(name: name, work: try AnyRowArguments.parse(arguments).work(BuiltInFiles()))
        }))
  }
}

/// Systems and data that are part of the program.
private struct BuiltInFiles: RowFiles {
  func text(of file: String) throws -> (name: String, text: String) {
    guard let text = Self.texts[file] else { preconditionFailure("there is no file '\(file)'") }
    return (file, text)
  }

  private static let texts = [
    "katsura5": katsura(5), "katsura6": katsura(6), "cyclic5": cyclic(5), "noon4": noon(4),
    "minors5": adjacentMinors(5), "minors6": adjacentMinors(6), "relu": reluGradients,
    "line": "-2,1\n-1,-1/2\n0,3/2\n1,0\n2,2\n",
    "plane": "0,0,3/10\n0,1,-7/10\n1,0,6/5\n1,1,1/2\n2,0,-2/5\n2,1,9/10\n", "cars": cars,
  ]

  private static func system(_ variables: [String], _ polynomials: [String]) -> String {
    "\(variables.joined(separator: ","))\n0\n\(polynomials.joined(separator: ",\n"))\n"
  }

  private static func sum(_ terms: some Sequence<String>) -> String { terms.joined(separator: "+") }

  /// S. Katsura's model of a magnet: n + 1 variables, degree 2ⁿ.
  private static func katsura(_ n: Int) -> String {
    func u(_ k: Int) -> String { "u\(abs(k))" }
    let equations = (0..<n).map { m in
      sum((-n...n).filter { abs(m - $0) <= n }.map { "\(u($0))*\(u(m - $0))" }) + "-\(u(m))"
    }
    return system((0...n).map(u), [sum((-n...n).map(u)) + "-1"] + equations)
  }

  /// The cyclic n-roots (G. Björck, 1985).
  private static func cyclic(_ n: Int) -> String {
    func product(from start: Int, _ length: Int) -> String {
      (0..<length).map { "x\((start + $0) % n)" }.joined(separator: "*")
    }
    let sums = (1..<n).map { length in sum((0..<n).map { product(from: $0, length) }) }
    return system((0..<n).map { "x\($0)" }, sums + [product(from: 0, n) + "-1"])
  }

  /// V. Noonburg's neural network (SIAM J. Appl. Math. 49, 1989, doi:10.1137/0149106).
  private static func noon(_ n: Int) -> String {
    let equations = (1...n).map { i in
      "x\(i)*(\(sum((1...n).filter { $0 != i }.map { "x\($0)^2" })))-11/10*x\(i)+1"
    }
    return system((1...n).map { "x\($0)" }, equations)
  }

  /// The minors of adjacent columns of a generic matrix with two rows.
  private static func adjacentMinors(_ columns: Int) -> String {
    system(
      ["x", "y"].flatMap { row in (1...columns).map { "\(row)\($0)" } },
      (1..<columns).map { "x\($0)*y\($0 + 1)-x\($0 + 1)*y\($0)" })
  }

  /// The gradient of a ReLU network's loss in one region of the five points of `line`, 2 units, ridge 1/10.
  private static let reluGradients = """
    a1,b1,c1,a2,b2,c2
    0
    80*a1*b1^2+20*a1*c1^2+40*b1*a2*b2-20*c1*a2*b2-20*b1*a2*c2+10*c1*a2*c2+a1-20*b1-30*c1,
    80*a1^2*b1+40*a1*a2*b2-20*a1*a2*c2-20*a1+b1,
    20*a1^2*c1-20*a1*a2*b2+10*a1*a2*c2-30*a1+c1,
    40*a1*b1*b2-20*a1*c1*b2+50*a2*b2^2-20*a1*b1*c2+10*a1*c1*c2-60*a2*b2*c2+30*a2*c2^2+a2+15*b2-20*c2,
    40*a1*b1*a2-20*a1*c1*a2+50*a2^2*b2-30*a2^2*c2+15*a2+b2,
    -20*a1*b1*a2+10*a1*c1*a2-30*a2^2*b2+30*a2^2*c2-20*a2+c2
    """

  /// Speeds and stopping distances of cars (M. Ezekiel, Methods of Correlation Analysis, 1930).
  private static let cars = """
    4,2;4,10;7,4;7,22;8,16;9,10;10,18;10,26;10,34;11,17;11,28;12,14;12,20;12,24;12,28;13,26;13,34;13,34;13,46;\
    14,26;14,36;14,60;14,80;15,20;15,26;15,54;16,32;16,40;17,32;17,40;17,50;18,42;18,56;18,76;18,84;19,36;\
    19,46;19,68;20,32;20,48;20,52;20,56;20,64;22,66;23,54;24,70;24,92;24,93;24,120;25,85
    """.split(separator: ";").joined(separator: "\n")
}
