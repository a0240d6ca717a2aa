import Algebra
import FlintEngine
import Foundation
import TestSupport
import Testing

@testable import Bifurcations

@Suite("Equivariant degrees")
struct DegreeTests {
  private static func degrees(_ k: Int) throws -> EquivariantDegrees {
    try EquivariantDegrees(units: k, control: Control())
  }

  /// What tells the classes apart, as the vectors write it: order, orbits, how many elements have which cycles.
  private static func invariant(_ subgroup: SubgroupClass) -> String {
    func digits(_ numbers: [Int]) -> String { numbers.map(String.init).joined() }
    let cycles = subgroup.cycleTypes.map { (digits($0.key), $0.value) }.sorted { $0.0 > $1.0 }
    return "o\(subgroup.order)|orb\(digits(subgroup.orbits))|"
      + cycles.map { "\($0):\($1)" }.joined(separator: ",")
  }

  private static let typeNames: [(IsotypicType, String)] = [
    (.trivial, "triv"), (.standard, "std"), (.symmetric, "(k-2,2)"), (.antisymmetric, "(k-2,1,1)"),
  ]

  @Test func fourUnitsAreTrusted() throws {
    let (trusted, degrees) = (Vectors.trusted.burnside.S4, try Self.degrees(4))
    let classes = degrees.table.classes.classes
    let order = try trusted.classes.map { known in
      try #require(classes.firstIndex { Self.invariant($0) == known.invariant })
    }
    #expect(Set(order).count == classes.count)
    #expect(order.map { classes[$0].conjugates } == trusted.classes.map(\.n_conjugates))
    #expect(order.map { row in order.map { degrees.table.marks[row][$0] } } == trusted.table_of_marks)
    for (type, name) in Self.typeNames {
      let found = degrees.basicDegree(type)
      #expect(order.map { found[$0] } == trusted.basic_degree[name])
    }
    var analysis = try BifurcationAnalysis<FlintEngine>(BifurcationOptions(units: 4, computesDegrees: true))
    try analysis.run(control: Control())
    let names = degrees.names.names
    for (value, known) in zip(
      analysis.result.criticalValues, [trusted.omega_0, trusted.omega_lambda_std, trusted.omega_lambda_triv])
    {
      let invariant = Dictionary(
        uniqueKeysWithValues: try #require(value.invariant).map { ($0.orbitType, $0.coefficient) })
      #expect(order.map { invariant[names[$0]] ?? 0 } == known)
    }
  }

  @Test(arguments: [4, 5])
  func maximalOrbitTypesAreTrusted(k: Int) throws {
    let degrees = try Self.degrees(k)
    let classes = degrees.table.classes.classes
    for (type, name) in Self.typeNames where type != .trivial {
      let trusted = try #require(Vectors.trusted.maximal_orbit_types["\(k)"]?[name]).maximal
      let (found, basic) = (degrees.maximalOrbitTypes(type), degrees.basicDegree(type))
      func line(_ invariant: String, _ dimension: Int, _ coefficient: Int) -> String {
        "\(invariant) \(dimension) \(coefficient)"
      }
      #expect(
        found.map { line(Self.invariant(classes[$0]), degrees.fixedDimensions(type)[$0], basic[$0]) }.sorted()
          == trusted.map { line($0.inv, $0.fixdim, $0.coef_in_basic_degree) }.sorted(), "\(k) \(name)")
    }
  }

  /// Class numbers and numbers of subgroups (OEIS A000638, A005432); orthogonal characters; marks of degrees.
  private static func checkRepresentations(_ k: Int, classes: Int, subgroups: Int) throws {
    let degrees = try degrees(k)
    let list = degrees.table.classes.classes
    #expect(list.count == classes && list.reduce(0) { $0 + $1.conjugates } == subgroups)
    #expect(Set(degrees.names.names).count == classes)
    let whole = try #require(list.last)
    for first in IsotypicType.allCases {
      #expect(first.character(Array(repeating: 1, count: k)) == first.dimension(units: k))
      for second in IsotypicType.allCases {
        let product = whole.cycleTypes.reduce(0) {
          $0 + $1.value * first.character($1.key) * second.character($1.key)
        }
        #expect(product == (first == second ? whole.order : 0))
      }
      let (basic, dimensions) = (degrees.basicDegree(first), degrees.fixedDimensions(first))
      for (position, subgroup) in list.enumerated() {
        #expect(
          subgroup.cycleTypes.reduce(0) { $0 + $1.value * first.character($1.key) }
            == dimensions[position] * subgroup.order)
        let mark = zip(degrees.table.marks[position], basic).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(mark == (dimensions[position].isMultiple(of: 2) ? 1 : -1))
      }
    }
    // The permutation representation on matrices: as many orbits on pairs of points as copies that are fixed.
    for (position, subgroup) in list.enumerated() {
      let fixedMatrices = subgroup.cycleTypes.reduce(0) { sum, type in
        let fixed = type.key.count { $0 == 1 }
        return sum + type.value * fixed * fixed
      }
      let copies = IsotypicType.allCases.reduce(0) {
        $0 + $1.multiplicity * degrees.fixedDimensions($1)[position]
      }
      #expect(fixedMatrices == copies * subgroup.order)
    }
  }

  @Test(arguments: [(4, 11, 30), (5, 19, 156), (6, 56, 1455)])
  func representationsAreConsistent(k: Int, classes: Int, subgroups: Int) throws {
    try Self.checkRepresentations(k, classes: classes, subgroups: subgroups)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func representationsAreConsistentForSevenUnits() throws {
    try Self.checkRepresentations(7, classes: 96, subgroups: 11300)
  }

  @Test func namesAreTheUsualOnes() throws {
    let names = Set(try Self.degrees(5).names.names)
    #expect(
      names.isSuperset(of: [
        "1", "S2", "C3", "V4", "S2xS2", "C4", "C5", "S3", "C6", "D4", "D5", "S2xS3", "A4", "F20", "S4", "A5",
        "S5",
      ]))
  }

  private static let gap = ["/usr/bin/gap", "/usr/local/bin/gap"].first(
    where: FileManager.default.isExecutableFile)

  /// The rows of a table of marks, whatever the order of the classes.
  private static func signature(_ marks: [[Int]]) -> [[Int]] {
    marks.indices.map { index in
      marks[index].sorted() + marks.map { $0[index] }.sorted() + [marks[index][index]]
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test(.enabled(if: gap != nil, "GAP is not installed"), arguments: [4, 5, 6])
  func tablesOfMarksAreThoseOfGAP(k: Int) throws {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.gap))
    let input = Pipe(), output = Pipe()
    process.arguments = ["-q", "-b"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    // On pairs of points, as GAP needs a library of groups to treat the natural action.
    let group = "Action(SymmetricGroup(\(k)), Combinations([1..\(k)], 2), OnSets)"
    try input.fileHandleForWriting.write(
      contentsOf: Data("Print(MatTom(TableOfMarks(\(group))), \"\\n\"); QUIT;\n".utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let rows = try JSONDecoder().decode([[Int]].self, from: Data(text.utf8))
    // Our rows are the subgroups that fix, GAP's those of the cosets.
    let transposed = rows.indices.map { column in rows.map { $0[column] } }
    let found = try Self.degrees(k).table.marks
    #expect(Self.signature(found) == Self.signature(transposed))
  }
}
