/// The loss L = S/2 |Σ (wᵢ − eᵢ)|² + κ Φ near a matrix W that a Young subgroup fixes, where S = P + Q, κ = 2Q/π, and
/// Φ = Σ_{i<j} φ(wᵢ, wⱼ) − Σ φ(wᵢ, eⱼ) + k(k−1)/2 sums up the angles.
///
/// The value and the gradient take one term for each orbit of pairs. Derivatives of S/2 |…|² and Φ are told apart, as
/// the parameter of the homotopy is in κ alone.
struct LossExpansion<Scalar: LossScalar> {
  private let space: LossSpace
  private let matrix: [[Scalar]]
  private let kernels: [AngularKernel<Scalar>]
  private let zero: Scalar

  init(_ space: LossSpace, at coordinates: [Scalar]) {
    let matrix = space.coordinates.matrix(coordinates)
    zero = matrix[0][0].integer(0)
    self.space = space
    self.matrix = matrix
    let rightAngle = zero.halfTurn / zero.integer(2)
    let squares = space.coordinates.points.map { Self.product(matrix[$0[0]], matrix[$0[0]]) }
    kernels = space.pairs.map { pair in
      let (first, second) = pair.pairs[0]
      let U = squares[space.coordinates.blockOfPoint[first]]
      guard !pair.isTeacher else {
        return AngularKernel(U, U.integer(1), matrix[first][second], rightAngle: rightAngle)
      }
      return AngularKernel(
        U, squares[space.coordinates.blockOfPoint[second]], Self.product(matrix[first], matrix[second]),
        rightAngle: rightAngle)
    }
  }

  private static func product(_ left: [Scalar], _ right: [Scalar]) -> Scalar {
    var sum = left[0] * right[0]
    for index in 1..<max(left.count, 1) { sum = sum + left[index] * right[index] }
    return sum
  }

  /// The sums of the columns of W − I.
  private var excess: [Scalar] {
    matrix.indices.map { column in
      matrix.indices.reduce(zero.integer(-1)) { $0 + matrix[$1][column] }
    }
  }

  /// 1/2 |Σ (wᵢ − eᵢ)|², and Φ.
  var values: (quadratic: Scalar, angular: Scalar) {
    let k = matrix.count
    let excess = excess
    var angular = zero.integer(k * (k - 1) / 2)
    for (pair, kernel) in zip(space.pairs, kernels) {
      angular = angular + kernel.value * zero.integer(pair.weight)
    }
    return (Self.product(excess, excess) / zero.integer(2), angular)
  }

  /// The derivatives of both parts in the block coordinates.
  var gradients: (quadratic: [Scalar], angular: [Scalar]) {
    let excess = excess
    let quadratic = space.fixed.directions.map { direction in
      zip(excess, direction.columnSums).reduce(zero) { $1.1 == 0 ? $0 : $0 + $1.0 * zero.integer($1.1) }
    }
    let angular = space.fixed.directions.map { direction in
      zip(space.pairs, kernels).reduce(zero) { sum, term in
        guard let change = change(direction, term.0, term.0.pairs[0]) else { return sum }
        return sum + Self.dot(term.1.gradient, change, zero) * zero.integer(term.0.weight)
      }
    }
    return (quadratic, angular)
  }

  /// The derivatives of (U, V, c) for a pair in a direction; `nil` where the pair does not change.
  private func change(_ direction: Direction, _ pair: PairClass, _ members: (first: Int, second: Int))
    -> [Scalar]?
  {
    let (first, second) = (direction.rows[members.first], direction.rows[members.second])
    func product(_ row: [Direction.Entry], _ vector: [Scalar]) -> Scalar {
      row.reduce(zero) { sum, entry in
        switch entry.value {
        case 1: sum + vector[entry.column]
        case -1: sum - vector[entry.column]
        default: sum + vector[entry.column] * zero.integer(entry.value)
        }
      }
    }
    let two = zero.integer(2)
    if pair.isTeacher {
      guard !first.isEmpty else { return nil }
      let value = first.first { $0.column == members.second }?.value ?? 0
      return [two * product(first, matrix[members.first]), zero, zero.integer(value)]
    }
    guard !first.isEmpty || !second.isEmpty else { return nil }
    return [
      two * product(first, matrix[members.first]), two * product(second, matrix[members.second]),
      product(first, matrix[members.second]) + product(second, matrix[members.first]),
    ]
  }

  private static func dot(_ left: [Scalar], _ right: [Scalar], _ zero: Scalar) -> Scalar {
    left[0] * right[0] + left[1] * right[1] + left[2] * right[2]
  }

  /// The second derivatives of both parts on the directions of a component, row by row.
  func hessians(_ component: YoungComponent) -> (quadratic: [[Scalar]], angular: [[Scalar]]) {
    let directions = component.directions
    let quadratic = directions.map { first in
      directions.map { second in
        zero.integer(zip(first.columnSums, second.columnSums).reduce(0) { $0 + $1.0 * $1.1 })
      }
    }
    var angular = directions.map { _ in directions.map { _ in zero } }
    for (pair, kernel) in zip(space.pairs, kernels) {
      for members in component.isFixed ? [pair.pairs[0]] : pair.pairs {
        let weight = component.isFixed ? pair.weight : pair.sign
        add(kernel, pair, members, weight, directions, to: &angular)
      }
    }
    for row in directions.indices {
      for column in 0..<row { angular[row][column] = angular[column][row] }
    }
    return (quadratic, angular)
  }

  /// Adds what one pair contributes to the upper triangle.
  private func add(
    _ kernel: AngularKernel<Scalar>, _ pair: PairClass, _ members: (first: Int, second: Int), _ weight: Int,
    _ directions: [Direction], to angular: inout [[Scalar]]
  ) {
    let changes = directions.map { change($0, pair, members) }
    for row in directions.indices {
      guard let first = changes[row] else { continue }
      let image = kernel.hessian.map { Self.dot($0, first, zero) }
      for column in row..<directions.count {
        guard let second = changes[column] else { continue }
        var term = Self.dot(image, second, zero)
        let curvature = Self.curvature(directions[row], directions[column], pair, members)
        for (derivative, factor) in zip(kernel.gradient, curvature) where factor != 0 {
          term = term + derivative * zero.integer(factor)
        }
        angular[row][column] = angular[row][column] + term * zero.integer(weight)
      }
    }
  }

  /// The second derivatives of (U, V, c) in two directions.
  private static func curvature(
    _ left: Direction, _ right: Direction, _ pair: PairClass, _ members: (first: Int, second: Int)
  ) -> [Int] {
    let (i, j) = members
    let U = 2 * Direction.product(left.rows[i], right.rows[i])
    guard !pair.isTeacher else { return [U, 0, 0] }
    return [
      U, 2 * Direction.product(left.rows[j], right.rows[j]),
      Direction.product(left.rows[i], right.rows[j]) + Direction.product(right.rows[i], left.rows[j]),
    ]
  }
}

/// What the loss on the matrices fixed by a Young subgroup needs to know of the subgroup.
struct LossSpace: Sendable {
  let coordinates: BlockCoordinates
  let components: [YoungComponent]
  let pairs: [PairClass]

  var fixed: YoungComponent { components[0] }

  init(_ subgroup: YoungSubgroup) {
    coordinates = BlockCoordinates(subgroup)
    components = coordinates.components
    pairs = PairClass.all(coordinates)
  }
}
