// Times one decomposition or one real solution inside the library: `ideal-bench minimal|primary|points FILE`.
import Algebra
import FlintEngine
import Foundation
import GroebnerBases
import Ideals
import Interchange
import RealSolving

typealias E = FlintEngine

let arguments = CommandLine.arguments
guard arguments.count >= 3 else { fatalError("usage: ideal-bench MODE FILE") }
let text = try String(contentsOfFile: arguments[2], encoding: .utf8)
let system = try SystemParser<E>.parse(text, file: arguments[2])
@Sendable func log(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
let isVerbose = ProcessInfo.processInfo.environment["VERBOSE"] != nil
let control = Control(log: isVerbose ? log : nil)
let clock = ContinuousClock()
let start = clock.now
let ideal =
  arguments[1] == "solve"
  ? try Ideal<E>(generators: [], variables: system.variables) : try Ideal<E>(system, control: control)
let ready = clock.now
func summary(_ parts: [(Int, Int)]) -> String {
  var counts: [(String, Int)] = []
  for (dimension, degree) in parts {
    let key = "\(dimension):\(degree)"
    if let place = counts.firstIndex(where: { $0.0 == key }) {
      counts[place].1 += 1
    } else {
      counts.append((key, 1))
    }
  }
  return counts.map { "\($0.0)x\($0.1)" }.joined(separator: " ")
}
var result = ""
switch arguments[1] {
case "minimal":
  result = summary(try ideal.minimalPrimes(control: control).map { ($0.dimension, $0.degree) })
case "primary":
  let parts = try ideal.primaryDecomposition(control: control)
  result = parts.map { "\($0.dimension):\($0.degree)/\($0.prime.degree)\($0.isEmbedded ? "e" : "")" }
    .joined(separator: " ")
case "check":
  let options = DecompositionOptions(kind: .minimal, checks: true)
  let decomposition = try Decomposition(of: system, options: options, engine: E.self, control: control)
  result = "proved \(decomposition.proved)"
  for item in decomposition.check?.items ?? [] where isVerbose { print(item) }
case "solve":
  switch try SolutionSet<E>(of: system, control: control) {
  case .finite(let finite):
    result = "\(finite.solutions.count) real of \(finite.points.count) points, degree \(finite.degree)"
    if isVerbose { for row in finite.enclosures { print(row.map(\.lower).joined(separator: "  ")) } }
  case .empty: result = "empty"
  case .positiveDimensional(let dimension, let components, _):
    result = "dimension \(dimension), " + summary(components.map { ($0.dimension, $0.degree) })
  case .undecided(let reason): result = reason
  }
case "points":
  let points = try PointSet<E>(of: ideal, control: control)
  result =
    "\(points.count) points, form \(points.separatingForm), radical \(points.isRadical) \(points.minimalPolynomial.degree < 10 ? points.minimalPolynomial.description : String())"
default: fatalError("unknown mode")
}
let end = clock.now
print("basis \(ready - start) total \(end - start)  \(result)")
