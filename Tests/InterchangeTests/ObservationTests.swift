import Algebra
import FlintEngine
import Testing

@testable import Interchange

@Suite struct ObservationTests {
  private func table(_ text: String) throws -> DataTable<Rational> {
    try DataTable(csv: Array(text.utf8), named: "data.csv")
  }

  @Test func theLastColumnIsTheTarget() throws {
    let observations = try table("a,b,c\n1,2,3\n4,5,6\n").observations()
    #expect(observations.inputs == [[1, 2], [4, 5]])
    #expect(observations.targets == [3, 6])
    #expect(observations.inputNames == ["a", "b"])
    #expect(observations.targetName == "c")
  }

  @Test(arguments: [("a", [[2, 3]], 1), ("b", [[1, 3]], 2), ("c", [[1, 2]], 3)])
  func anyColumnCanBeTheTarget(_ name: String, _ inputs: [[Int]], _ target: Int) throws {
    let observations = try table("a,b,c\n1,2,3\n").observations(target: name)
    #expect(observations.inputs == inputs.map { $0.map { Rational($0) } })
    #expect(observations.targets == [Rational(target)])
    #expect(observations.targetName == name)
  }

  @Test(arguments: [(nil, "c", "b"), (nil, "a", "c"), ("a", "b", "a")])
  func aColumnCanHoldWeights(_ target: String?, _ weights: String, _ expected: String) throws {
    let observations = try table("a,b,c\n1,2,3\n").observations(target: target, weights: weights)
    #expect(observations.targetName == expected && observations.weightName == weights)
    #expect(observations.inputNames?.count == 1 && observations.weights?.count == 1)
  }

  @Test func somethingIsLeftForInputs() throws {
    let small = try table("a,b\n1,2\n")
    #expect(throws: ColumnError.noInputs) { try small.observations(weights: "a") }
    #expect(throws: ColumnError.weightsAreTarget(column: "a")) {
      try small.observations(target: "a", weights: "a")
    }
  }

  @Test func unknownTargetsListTheColumns() throws {
    let named = try table("a,,c\n1,2,3\n")
    #expect(throws: ColumnError.unknown(column: "d", names: ["a", "", "c"])) {
      try named.observations(target: "d")
    }
    #expect(
      ColumnError.unknown(column: "d", names: ["a", "", "c"]).description
        == "there is no column 'd'; the columns are 'a', '', 'c'")
    #expect(try named.observations(target: "").targets == [2])
    let many = (1...25).map { "x\($0)" }
    #expect(ColumnError.unknown(column: "y", names: many).description.hasSuffix("'x20' and 5 more"))
    #expect(throws: ColumnError.noNames(column: "c", count: 2)) {
      try table("1,2\n").observations(target: "c")
    }
  }
}
