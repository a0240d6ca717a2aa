import Algebra
import FlintEngine
import TestSupport
import Testing

@testable import Interchange

/// Inputs that people write, with characters and pieces left out, doubled, exchanged and moved: whatever becomes of
/// them, the answer is a value of the right shape or an error of the reader's own.
@Suite struct MutatedInputTests {
  private static let systems = [
    "x,y,z\n0\n2x^2-1.5*y**3+(x+1)(z-2)/3,\n# a comment\nx[1] = y';\n",
    "x[1],x[2],\n λ\n32003\nx[1]² − 2·λ = 1e-3;\n x[2]-0.25(λ+1), λ^3+λ\n",
    "e,x'\r\n0\r\n-e+2e5*x' == 3/4 , (x'+e)^(2)\r\n",
  ]
  private static let tables = [
    "\"\",\"speed\",\"distance\"\n\"1\",4,2\n\"2\",7.5,-4e2\n\"3\",1/3,0\n",
    "sep=;\r\nx;y;\r\n-1,5;0,7;\r\n1.234,5;NA;\r\n", "# x,y\n1'234,12%\n\u{2212}3,1.0D+5\n,\n",
    "x y\n1 2\n 3\t4 \n",
    "\u{FEFF}größe,\"a \"\"b\"\"\"\n\"1,234,567\",\u{A0}2\n",
  ]

  @Test(arguments: 1...4) func someNeverTrap(_ seed: UInt64) { mutate(seed: seed, count: 5000) }

  @Test(.tags(.long), .onlyInLongRuns, arguments: 100..<120)
  func aMillionNeverTrap(_ seed: UInt64) { mutate(seed: seed, count: 50_000) }

  private func mutate(seed: UInt64, count: Int) {
    var generator = SeededGenerator(seed: seed)
    var (read, refused) = (0, 0)
    for number in 0..<count {
      let isSystem = number.isMultiple(of: 2)
      let samples = isSystem ? Self.systems : Self.tables
      let text = Self.mutated(samples[number / 2 % samples.count], among: samples, &generator)
      do {
        try isSystem ? checkSystem(text) : checkTable(text, &generator)
        read += 1
      } catch {
        #expect(error is SyntaxError || error is InputError || error is ColumnError, "\(error): \(text)")
        refused += 1
      }
    }
    #expect(read > count / 50 && refused > count / 10)
  }

  private func checkSystem(_ text: String) throws {
    let system = try SystemParser<FlintEngine>.parse(text)
    #expect(!system.variables.isEmpty)
    // What is written is read again.
    let list = system.polynomials.map { $0.text(variables: system.variables) }.joined(separator: ",\n")
    let again = "\(system.variables.joined(separator: ","))\n\(system.characteristic)\n\(list)\n"
    #expect(try SystemParser<FlintEngine>.parse(again) == system, "\(text)")
  }

  private func checkTable(_ text: String, _ generator: inout SeededGenerator) throws {
    let separators: [TableFormat.Separator?] = [nil, nil, .space, .semicolon]
    let format = TableFormat(
      separator: separators.randomElement(using: &generator) ?? nil,
      hasDecimalComma: Bool.random(using: &generator),
      ignoredColumns: Bool.random(using: &generator) ? ["1"] : [])
    let table = try DataTable<Rational>(csv: Array(text.utf8), named: "data.csv", format: format)
    #expect(table.columnNumbers.count >= 2)
    #expect(table.rows.allSatisfy { $0.count == table.columnNumbers.count })
    #expect(table.columnNames.map { $0.count == table.columnNumbers.count } ?? true)
  }

  private static func mutated(
    _ text: String, among samples: [String], _ generator: inout SeededGenerator
  ) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...characters.count, using: &generator)
      let end = min(characters.count, place + Int.random(in: 0...3, using: &generator))
      let donor = Array(samples[Int.random(in: 0..<samples.count, using: &generator)])
      let start = Int.random(in: 0..<donor.count, using: &generator)
      let piece = donor[start..<min(donor.count, start + Int.random(in: 0...3, using: &generator))]
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: characters.removeSubrange(place..<end)
      case 1: characters.insert(contentsOf: characters[place..<end], at: place)
      case 2: characters.insert(contentsOf: piece, at: place)
      default: characters.replaceSubrange(place..<end, with: piece)
      }
    }
    return String(characters)
  }
}
