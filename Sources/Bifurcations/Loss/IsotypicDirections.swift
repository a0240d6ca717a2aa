/// An isotypic component of the matrices under a Young subgroup.
///
/// The directions are the images of one vector of an irreducible representation under as many independent equivariant
/// maps as there are copies of it: by Schur's lemma the Hessian on the component is its matrix on them, once for each
/// dimension of the representation.
struct YoungComponent: Sendable {
  /// The partitions of the blocks' sizes that label the representation, such as `(1)x(3,1)`.
  let type: String
  let dimension: Int
  let directions: [Direction]
  /// Whether the subgroup fixes the component: the directions are then the block coordinates.
  let isFixed: Bool
}

extension BlockCoordinates {
  /// All isotypic components, the fixed one first.
  var components: [YoungComponent] {
    let blocks = points.indices
    var components = [component([:], 1, directions, isFixed: true)]
    components += blocks.filter { points[$0].count >= 2 }.map(standard)
    components += blocks.filter { points[$0].count >= 4 }.map(symmetric)
    components += blocks.filter { points[$0].count >= 3 }.map(antisymmetric)
    for first in blocks {
      for second in blocks where second > first && points[first].count >= 2 && points[second].count >= 2 {
        components.append(product(first, second))
      }
    }
    return components
  }

  private func component(
    _ labels: [Int: String], _ dimension: Int, _ directions: [Direction], isFixed: Bool = false
  ) -> YoungComponent {
    let type = points.indices.map { labels[$0] ?? "(\(points[$0].count))" }.joined(separator: "x")
    return YoungComponent(type: type, dimension: dimension, directions: directions, isFixed: isFixed)
  }

  /// The vector that is 1 at the first and −1 at the second point of a block.
  private func difference(_ block: Int) -> (Int) -> Int {
    let (first, second) = (points[block][0], points[block][1])
    return { $0 == first ? 1 : $0 == second ? -1 : 0 }
  }

  private func direction(_ value: (_ row: Int, _ column: Int) -> Int) -> Direction {
    Direction(units: units, value)
  }

  /// Vectors with sum zero on a block: on the diagonal, in rows and in columns.
  private func standard(_ block: Int) -> YoungComponent {
    let (d, size) = (difference(block), points[block].count)
    func isInside(_ row: Int, _ column: Int) -> Bool {
      row != column && blockOfPoint[row] == block && blockOfPoint[column] == block
    }
    var directions = [direction { $0 == $1 ? d($0) : 0 }]
    // For two points the sum is zero.
    if size > 2 { directions.append(direction { isInside($0, $1) ? d($0) + d($1) : 0 }) }
    directions.append(direction { isInside($0, $1) ? d($0) - d($1) : 0 })
    for other in points.indices where other != block {
      directions.append(direction { blockOfPoint[$1] == other ? d($0) : 0 })
      directions.append(direction { blockOfPoint[$0] == other ? d($1) : 0 })
    }
    return component([block: "(\(size - 1),1)"], size - 1, directions)
  }

  private func symmetric(_ block: Int) -> YoungComponent {
    let (p, size) = (points[block], points[block].count)
    func first(_ point: Int) -> Int { point == p[0] ? 1 : point == p[1] ? -1 : 0 }
    func second(_ point: Int) -> Int { point == p[2] ? 1 : point == p[3] ? -1 : 0 }
    return component(
      [block: "(\(size - 2),2)"], size * (size - 3) / 2,
      [direction { first($0) * second($1) + second($0) * first($1) }])
  }

  private func antisymmetric(_ block: Int) -> YoungComponent {
    let (p, size) = (points[block], points[block].count)
    let cycle = [[p[0], p[1]], [p[1], p[2]], [p[2], p[0]]]
    return component(
      [block: size == 3 ? "(1,1,1)" : "(\(size - 2),1,1)"], (size - 1) * (size - 2) / 2,
      [direction { cycle.contains([$0, $1]) ? 1 : cycle.contains([$1, $0]) ? -1 : 0 }])
  }

  /// Products of vectors with sum zero on two blocks.
  private func product(_ first: Int, _ second: Int) -> YoungComponent {
    let (d, e) = (difference(first), difference(second))
    let (m, n) = (points[first].count, points[second].count)
    return component(
      [first: "(\(m - 1),1)", second: "(\(n - 1),1)"], (m - 1) * (n - 1),
      [direction { d($0) * e($1) }, direction { e($0) * d($1) }])
  }
}
