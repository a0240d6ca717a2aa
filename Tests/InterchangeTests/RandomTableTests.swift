import Algebra
import FlintEngine
import TestSupport
import Testing

@testable import Interchange

/// Tables written in random ways, and read in random pieces, come back as they were.
@Suite struct RandomTableTests {
  @Test func randomTablesComeBack() throws {
    for seed in 0..<300 { try comesBack(seed: UInt64(seed)) }
  }

  @Test(.tags(.long), .onlyInLongRuns) func manyRandomTablesComeBack() throws {
    for seed in 300..<100_000 { try comesBack(seed: UInt64(seed)) }
  }

  private func comesBack(seed: UInt64) throws {
    var writer = RandomTableWriter(seed: seed)
    let bytes = writer.write()
    let table = try DataTable<Rational>(csv: bytes, named: "random")
    #expect(table.rows == writer.rows, "seed \(seed)")
    #expect(table.columnNames == writer.names, "seed \(seed)")

    var reader = DataTableReader<Rational>(source: "random")
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + Int.random(in: 1...5, using: &writer.generator))
      try bytes[position..<end].withUnsafeBufferPointer { try reader.consume($0, Control()) }
      position = end
    }
    let pieces = try reader.finish(Control())
    #expect(pieces.rows == writer.rows, "seed \(seed)")
    #expect(pieces.columnNames == writer.names, "seed \(seed)")
    #expect(pieces.sha256 == table.sha256, "seed \(seed)")
  }

  /// Whatever the bytes, the answer is a table of the right shape or an `InputError`.
  @Test func randomBytesNeverTrap() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("0123456789,,;\t\n\r\"\" .e/-+x".utf8) + [0xEF, 0xBB, 0xBF, 0xC3, 0x00]
    var tables = 0
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...14, using: &generator)
      let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
      do {
        let table = try DataTable<Rational>(csv: bytes, named: "random")
        tables += 1
        #expect(table.rows[0].count >= 2)
        #expect(table.rows.allSatisfy { $0.count == table.rows[0].count })
      } catch {
        #expect(error is InputError)
      }
    }
    #expect(tables > 50)
  }
}

/// Writes a random table of numbers with random separators, line ends, quotes and spaces.
private struct RandomTableWriter {
  var generator: SeededGenerator
  private(set) var rows: [[Rational]] = []
  private(set) var names: [String]?

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func write() -> [UInt8] {
    let columns = Int.random(in: 2...5, using: &generator)
    let separator = [",", ";", "\t"].randomElement(using: &generator) ?? ","
    let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
    var lines: [String] = []
    if Bool.random(using: &generator) {
      let list = (0..<columns).map { index in randomName() + "\(index)" }
      names = list
      lines.append(list.map { quoted($0) }.joined(separator: separator))
    }
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      let cells = (0..<columns).map { _ in randomNumber() }
      rows.append(cells.map(\.value))
      lines.append(cells.map { decorated($0.text) }.joined(separator: separator))
      if Int.random(in: 0..<6, using: &generator) == 0 { lines.append("  ") }
    }
    let mark = Bool.random(using: &generator) ? "\u{FEFF}" : ""
    let end = Bool.random(using: &generator) ? lineEnd : ""
    return Array((mark + lines.joined(separator: lineEnd) + end).utf8)
  }

  private mutating func randomName() -> String {
    let characters = Array("abcé x\"',;\t")
    let length = Int.random(in: 0...6, using: &generator)
    return "n" + String((0..<length).map { _ in characters.randomElement(using: &generator) ?? "a" })
  }

  /// A number and one of the ways to write it.
  private mutating func randomNumber() -> (value: Rational, text: String) {
    let whole = Int.random(in: -999...999, using: &generator)
    let other = Int.random(in: 1...999, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return (Rational(whole), "\(whole)")
    case 1: return (quotient(whole, other), "\(whole)/\(other)")
    case 2:
      let exponent = Int.random(in: 0...3, using: &generator)
      let power = [1, 10, 100, 1000][exponent]
      return (quotient(whole, power), "\(whole)e-\(exponent)")
    default:
      let sign = whole < 0 ? "-" : ""
      let decimals = String(other + 1000).dropFirst()
      let magnitude = quotient(abs(whole) * 1000 + other, 1000)
      return (whole < 0 ? -magnitude : magnitude, "\(sign)\(abs(whole)).\(decimals)")
    }
  }

  private func quotient(_ numerator: Int, _ denominator: Int) -> Rational {
    guard let value = try? Rational(numerator).divided(by: Rational(denominator)) else { return 0 }
    return value
  }

  private mutating func decorated(_ text: String) -> String {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return "\"\(text)\""
    case 1: return " \(text) "
    default: return text
    }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
