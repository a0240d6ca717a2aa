import Algebra

/// The table of marks of a symmetric group (Burnside, Theory of Groups of Finite Order, 1911, section 180): how many
/// cosets of each subgroup each subgroup fixes.
struct TableOfMarks: Sendable {
  let classes: SubgroupClasses
  /// `marks[i][j]` = |(G/Kⱼ)^{Hᵢ}|, for the classes in their order; zero below the diagonal.
  let marks: [[Int]]

  /// - Throws: `Interruption`.
  init(_ classes: SubgroupClasses, control: Control) throws(Interruption) {
    let group = classes.group
    var marks: [[Int]] = []
    for lesser in classes.classes {
      try control.check()
      marks.append(
        classes.classes.map { greater in
          guard greater.order.isMultiple(of: lesser.order) else { return 0 }
          let carriers = (0..<group.order).count { x in
            lesser.generators.allSatisfy { greater.members.contains(group.conjugate($0, by: x)) }
          }
          return carriers / greater.order
        })
    }
    self.classes = classes
    self.marks = marks
  }

  /// Whether class `lesser` has members inside those of the other class.
  func isSubconjugate(_ lesser: Int, to greater: Int) -> Bool { marks[lesser][greater] > 0 }

  /// The pairs of classes, neighbours in the order of subconjugacy, the lesser one first.
  var coveringPairs: [[Int]] {
    let all = classes.classes.indices
    return all.flatMap { lesser in
      let above = all.filter { $0 != lesser && isSubconjugate(lesser, to: $0) }
      return above.filter { greater in
        !above.contains { $0 != greater && isSubconjugate($0, to: greater) }
      }.map { [lesser, $0] }
    }
  }

  /// The element Σ nⱼ (G/Kⱼ) of the Burnside ring with given marks.
  func coefficients(marks values: [Int]) -> [Int] {
    var coefficients = values
    for row in values.indices.reversed() {
      let rest = values.indices.filter { $0 > row }.reduce(values[row]) {
        $0 - marks[row][$1] * coefficients[$1]
      }
      precondition(rest.isMultiple(of: marks[row][row]), "marks of an element of the Burnside ring")
      coefficients[row] = rest / marks[row][row]
    }
    return coefficients
  }
}
