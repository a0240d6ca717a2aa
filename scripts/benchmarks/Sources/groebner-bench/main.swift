// Computes the basis of a system once or many times, for profilers.
//
// usage: groebner-bench SYSTEM.ms [--modulo P] [--order degrevlex|deglex|lex|elim:K] [--threads N]
//        [--repeat N] [--proved] [--output FILE] [--verbose]

import Algebra
import FlintEngine
import GroebnerBases
import Interchange

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct Arguments {
  var path = ""
  var modulo: UInt32?
  var order = MonomialOrder.degreeReverseLexicographic
  var threads = 1
  var repetitions = 1
  var guarantee = GroebnerOptions.Guarantee.probable
  var output: String?
  var isVerbose = false

  init?(_ words: [String]) {
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--modulo": modulo = rest.popFirst().flatMap { UInt32($0) }
      case "--threads": threads = rest.popFirst().flatMap { Int($0) } ?? 1
      case "--repeat": repetitions = rest.popFirst().flatMap { Int($0) } ?? 1
      case "--output": output = rest.popFirst()
      case "--proved": guarantee = .proved
      case "--verbose": isVerbose = true
      case "--order":
        guard let order = rest.popFirst().flatMap(Self.order) else { return nil }
        self.order = order
      default: path = word
      }
    }
    if path.isEmpty || threads < 1 { return nil }
  }

  private static func order(_ name: String) -> MonomialOrder? {
    switch name {
    case "degrevlex": .degreeReverseLexicographic
    case "deglex": .degreeLexicographic
    case "lex": .lexicographic
    default: name.hasPrefix("elim:") ? Int(name.dropFirst(5)).map { .elimination(count: $0) } : nil
    }
  }
}

func contents(of path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())),
  let text = contents(of: arguments.path)
else {
  print("usage: groebner-bench SYSTEM.ms [options]; the source tells which")
  exit(64)
}
var system = try SystemParser<FlintEngine>.parse(text, file: arguments.path)
if let modulo = arguments.modulo { system.characteristic = modulo }
var control = Control(threads: arguments.threads)
let clock = ContinuousClock()
let start = clock.now
if arguments.isVerbose {
  control.log = { line in
    print("\(ContinuousClock.now - start)  \((ProcessMemory.residentBytes ?? 0) >> 20) MB  \(line)")
  }
}
for _ in 0..<arguments.repetitions {
  let begin = clock.now
  var basis = try GroebnerBasis(
    of: system, order: arguments.order,
    options: GroebnerOptions(guarantee: system.characteristic == 0 ? .probable : arguments.guarantee),
    control: control)
  if arguments.guarantee == .proved {
    basis = try basis.proved(generators: system.polynomials, engine: FlintEngine.self, control: control)
  }
  print("\(clock.now - begin)  \(basis.count) elements, \(basis.termCount) terms, \(basis.primeCount) primes")
  if let output = arguments.output {
    guard let file = fopen(output, "w") else { exit(73) }
    for element in 0..<basis.count {
      fputs(basis.text(ofElement: element, variables: system.variables) + ",\n", file)
    }
    fclose(file)
  }
}
