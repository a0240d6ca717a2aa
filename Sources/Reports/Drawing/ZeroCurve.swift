/// The curves in a rectangle on which a function changes its sign.
struct ZeroCurve {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  /// The number of cells in each direction: what is smaller than a cell may be missed.
  let cells: Int

  /// An edge of the grid that the curve crosses: its node of lower number, and whether it leads to the right.
  private struct Edge: Hashable {
    let column: Int
    let row: Int
    let isAcross: Bool

    /// Its other node.
    var end: (column: Int, row: Int) { isAcross ? (column + 1, row) : (column, row + 1) }
  }

  /// The curves' points, in order. Every point is found by bisection on an edge of the grid.
  func paths(of function: (_ x: Double, _ y: Double) -> Double) -> [[Point]] {
    let isPositive = (0...cells).map { row in
      (0...cells).map { column in function(place(column, x), place(row, y)) >= 0 }
    }
    var points: [Edge: Point] = [:]
    var neighbours: [Edge: [Edge]] = [:]
    var order: [Edge] = []
    func point(on edge: Edge) {
      guard points[edge] == nil else { return }
      points[edge] = crossing(edge, isPositive[edge.row][edge.column], function)
      order.append(edge)
    }
    for row in 0..<cells {
      for column in 0..<cells {
        let around: [Edge] = [
          Edge(column: column, row: row, isAcross: true), Edge(column: column + 1, row: row, isAcross: false),
          Edge(column: column, row: row + 1, isAcross: true), Edge(column: column, row: row, isAcross: false),
        ]
        let edges = around.filter { edge in
          let end = edge.end
          return isPositive[edge.row][edge.column] != isPositive[end.row][end.column]
        }
        // Two edges are joined; of four those that follow each other around the cell.
        for pair in stride(from: 0, to: edges.count - 1, by: 2) {
          let (one, other) = (edges[pair], edges[pair + 1])
          point(on: one)
          point(on: other)
          neighbours[one, default: []].append(other)
          neighbours[other, default: []].append(one)
        }
      }
    }
    return chains(order, neighbours).map { $0.compactMap { points[$0] } }
  }

  /// Where a function of `x` alone changes its sign.
  func crossings(of function: (Double) -> Double) -> [Double] {
    (0..<cells).compactMap { column in
      let isPositive = function(place(column, x)) >= 0
      guard (function(place(column + 1, x)) >= 0) != isPositive else { return nil }
      return crossing(Edge(column: column, row: 0, isAcross: true), isPositive) { x, _ in function(x) }.x
    }
  }

  private func place(_ node: Int, _ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double(node) / Double(cells)
  }

  private func crossing(
    _ edge: Edge, _ startIsPositive: Bool, _ function: (Double, Double) -> Double
  ) -> Point {
    func point(_ share: Double) -> Point {
      let (column, row) = (place(edge.column, x), place(edge.row, y))
      let (stepX, stepY) = (place(edge.column + 1, x) - column, place(edge.row + 1, y) - row)
      return Point(column + (edge.isAcross ? share * stepX : 0), row + (edge.isAcross ? 0 : share * stepY))
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<12 {
      let middle = (low + high) / 2
      let here = point(middle)
      if (function(here.x, here.y) >= 0) == startIsPositive { low = middle } else { high = middle }
    }
    return point((low + high) / 2)
  }

  /// Walks along the curves: open ones from their ends, then closed ones.
  private func chains(_ order: [Edge], _ neighbours: [Edge: [Edge]]) -> [[Edge]] {
    var seen: Set<Edge> = []
    var result: [[Edge]] = []
    for startsAtEnd in [true, false] {
      for start in order where !seen.contains(start) && (!startsAtEnd || neighbours[start]?.count == 1) {
        var chain = [start]
        seen.insert(start)
        while let next = neighbours[chain[chain.count - 1]]?.first(where: { !seen.contains($0) }) {
          seen.insert(next)
          chain.append(next)
        }
        if !startsAtEnd, chain.count > 2 { chain.append(start) }
        result.append(chain)
      }
    }
    return result
  }
}
