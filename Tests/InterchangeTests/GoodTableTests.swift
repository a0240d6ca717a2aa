import Algebra
import FlintEngine
import Testing

@testable import Interchange

typealias Rational = FlintEngine.Rational

@Suite struct GoodTableTests {
  @Test(arguments: [
    "1,2\n3,4\n",
    "1,2\n3,4",
    "1,2\r\n3,4\r\n",
    "1,2\r3,4\r",
    "1;2\n3;4\n",
    "1\t2\n3\t4\n",
    "\u{FEFF}1,2\n3,4\n",
    " 1 , 2 \n3,  4\n",
    "\n\n1,2\n   \n3,4\n\n",
    "\"1\",\"2\"\n\"3\", \"4\" \n",
    "+1,2.0\n30e-1,8/2\n",
  ])
  func readsTheSameTable(_ text: String) throws {
    let table = try table(text)
    #expect(table.rows == [[1, 2], [3, 4]])
    #expect(table.columnNames == nil)
  }

  @Test func numbersAreExact() throws {
    let table = try table("0.1,1/3\n-2.5E-3,.5\n1e3,-7/21\n")
    #expect(
      table.rows.map { $0.map(\.description) } == [["1/10", "1/3"], ["-1/400", "1/2"], ["1000", "-1/3"]])
  }

  @Test(arguments: [
    ("x,y\n1,2\n", ["x", "y"]),
    ("\u{FEFF}\"x\";y\r\n1;2\r\n", ["x", "y"]),
    ("\"speed, in mph\",\"the \"\"distance\"\"\"\n1,2\n", ["speed, in mph", "the \"distance\""]),
    ("\"two\nlines\",y\n1,2\n", ["two\nlines", "y"]),
    (",Länge\n1,2\n", ["", "Länge"]),
  ])
  func readsColumnNames(_ text: String, _ names: [String]) throws {
    let table = try table(text)
    #expect(table.columnNames == names)
    #expect(table.rows == [[1, 2]])
  }

  @Test func theFirstSeparatorDecides() throws {
    #expect(try table("\"a;b\",c\n1,2\n").columnNames == ["a;b", "c"])
    #expect(try table("a;b,c\n1;2\n").columnNames == ["a", "b,c"])
  }

  /// The values are those of sha256sum.
  @Test func hashesTheBytes() throws {
    #expect(
      try table("1,2\n").sha256 == "52186c933993da4082b3cdc7c40bb4bf735b391ff54a2ef78c037dda6c38a680")
    #expect(
      try table("\u{FEFF}1,2\n").sha256
        == "51e857e9f3ca440b9a21ddafc68ff9634e185975d69de97fce42541cb474bd10")
  }

  private func table(_ text: String) throws -> DataTable<Rational> {
    try DataTable(csv: Array(text.utf8), named: "data.csv")
  }
}
