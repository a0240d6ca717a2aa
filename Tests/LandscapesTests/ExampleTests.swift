import Algebra
import FlintEngine
import LandscapeModel
import Landscapes
import Testing

@Suite("Problems with trusted answers")
struct ExampleTests {
  @Test(arguments: TrustedExample.names)
  func agreesWithIndependentEnumeration(_ name: String) throws {
    let example = try TrustedExample.load(name)
    let result = try Enumeration(example.problem()).run()
    #expect(result.complete)
    #expect(result.undecided.isEmpty)
    #expect(result.strata.total == example.tuples)
    let decided = result.strata.decided
    #expect(decided.total == example.tuples)

    var remaining = result.components
    for entry in example.components {
      let loss = try #require(Double(entry.loss))
      let ratio = try #require(Double(entry.certificateRatio))
      let shares = entry.units.count < example.units && !entry.infiniteWidthOptimal && !entry.units.isEmpty
      let expected = shares ? compositions(of: example.units, into: entry.units.count) : [nil]
      for counts in expected {
        let index = remaining.firstIndex { component in
          let alive = component.units.filter { $0.outputSign != 0 }
          return alive.map(\.pattern.description) == entry.units
            && alive.map(\.outputSign) == entry.outputSign
            && (counts == nil || alive.map(\.count) == counts)
        }
        let component = remaining.remove(
          at: try #require(index, "missing: \(entry.units) \(counts ?? [])"))
        #expect(abs(middle(component.loss) - loss) <= 1e-12 * loss)
        #expect(component.dimension == entry.dimension)
        #expect(component.globalForEveryWidth == entry.infiniteWidthOptimal)
        #expect(abs(middle(component.certificateRatio) - ratio) <= 1e-12 * ratio)
        if entry.infiniteWidthOptimal, !entry.units.isEmpty {
          #expect(component.certificateRatio == DecimalEnclosure(exact: "1"))
        }
        let alive = component.units.filter { $0.outputSign != 0 }
        for (unit, share) in zip(alive, entry.s) {
          let share = try #require(Double(share))
          #expect(abs(middle(unit.total) - share) <= 1e-12 * share)
        }
      }
    }
    #expect(remaining.isEmpty, "not expected: \(remaining.map { $0.units.map(\.pattern.description) })")
  }

  private func compositions(of total: Int, into parts: Int) -> [[Int]?] {
    func list(_ total: Int, _ parts: Int) -> [[Int]] {
      if parts == 1 { return [[total]] }
      return (1...(total - parts + 1)).flatMap { first in
        list(total - first, parts - 1).map { [first] + $0 }
      }
    }
    return list(total, parts).map { $0 }
  }
}
