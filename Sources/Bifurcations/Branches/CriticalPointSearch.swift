import Algebra
import LandscapeModel

/// Looks for critical points that a Young subgroup fixes, at one value of λ: Newton's method from many random starts,
/// the same ones for every run. What is found is proved; that nothing else exists is not.
struct CriticalPointSearch<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational

  let subgroup: YoungSubgroup
  let lambda: Rational
  /// By which the loss is multiplied.
  let lossScale: Rational
  let digits: Int

  private static var starts: Int { 600 }
  /// Entries that differ less are taken for equal before that is proved.
  private static var tolerance: Double { 1e-7 }

  /// A point that a Young subgroup fixes, with the blocks in ascending order of size.
  private struct Candidate {
    let system: HomotopySystem
    let unknowns: [Double]
    let loss: Double

    var matrix: [[Double]] { system.coordinates.matrix(Array(unknowns.dropLast())) }
  }

  /// What was found, by loss, and how many candidates could not be proved.
  ///
  /// - Throws: `Interruption`.
  func points(control: Control) throws(Interruption) -> (found: [BifurcationResult.FoundPoint], unproved: Int)
  {
    var found: [BifurcationResult.FoundPoint] = []
    var unproved = 0
    for candidate in try candidates(control: control) {
      try control.check()
      if let point = proved(candidate) { found.append(point) } else { unproved += 1 }
    }
    return (found, unproved)
  }

  /// Distinct ones up to permutations of rows and columns, by loss; permutation matrices are left out.
  private func candidates(control: Control) throws(Interruption) -> [Candidate] {
    let system = HomotopySystem(subgroup)
    let solutions = try concurrentMap(count: Self.starts, threads: control.threads) {
      task throws(Interruption) in
      try control.check()
      return Self.descent(system, Self.start(system, lambda.doubleValue, task))
    }
    var kept: [(key: [Double], candidate: Candidate)] = []
    for case let unknowns? in solutions {
      let candidate = symmetrised(Candidate(system: system, unknowns: unknowns, loss: system.loss(unknowns)))
      let key = [candidate.loss] + candidate.matrix.joined().sorted()
      let isPermutation = key.dropFirst().allSatisfy { abs($0) < 1e-6 || abs($0 - 1) < 1e-6 }
      let isKnown = kept.contains { zip($0.key, key).allSatisfy { abs($0 - $1) < Self.tolerance } }
      if !isPermutation, !isKnown { kept.append((key, candidate)) }
    }
    return kept.map(\.candidate).sorted { $0.loss < $1.loss }
  }

  /// Diagonal entries in [−1, 3/2], others in [−1/2, 1/2].
  private static func start(_ system: HomotopySystem, _ lambda: Double, _ task: Int) -> [Double] {
    var random = SeededGenerator(seed: 1, task: UInt64(task))
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    return system.coordinates.identity.map { $0 == 1 ? -1 + 2.5 * uniform() : uniform() - 0.5 } + [lambda]
  }

  /// Newton's method with short steps; `nil` if it does not converge to where the loss is smooth.
  private static func descent(_ system: HomotopySystem, _ start: [Double]) -> [Double]? {
    var unknowns = start
    for _ in 0..<80 {
      let (gradient, jacobian) = system.linearisation(unknowns)
      let step = LinearAlgebra.solve(jacobian.map { Array($0.dropLast()) }, gradient).solution
      let size = step.map(abs).max() ?? 0
      guard size.isFinite else { return nil }
      let factor = min(1, 0.3 / max(size, 1e-300))
      for (position, change) in step.enumerated() { unknowns[position] -= factor * change }
      guard unknowns.allSatisfy({ abs($0) < 20 }) else { return nil }
      if size < 1e-13 { return system.smoothness(unknowns) > 1e-6 ? unknowns : nil }
    }
    return nil
  }

  /// The same point with blocks united where the matrix does not tell them apart.
  private func symmetrised(_ candidate: Candidate) -> Candidate {
    let matrix = candidate.matrix
    func isFixed(swapping p: Int, _ q: Int) -> Bool {
      func swap(_ point: Int) -> Int { point == p ? q : point == q ? p : point }
      return matrix.indices.allSatisfy { row in
        matrix.indices.allSatisfy { abs(matrix[row][$0] - matrix[swap(row)][swap($0)]) < Self.tolerance }
      }
    }
    var blocks: [[Int]] = []
    for point in matrix.indices {
      if let block = blocks.firstIndex(where: { isFixed(swapping: $0[0], point) }) {
        blocks[block].append(point)
      } else {
        blocks.append([point])
      }
    }
    blocks.sort { ($0.count, $0[0]) < ($1.count, $1[0]) }
    let order = blocks.flatMap { $0 }
    let system = HomotopySystem(YoungSubgroup(blocks: blocks.map(\.count)))
    let reordered = order.map { row in order.map { matrix[row][$0] } }
    return Candidate(
      system: system, unknowns: system.coordinates.coordinates(of: reordered) + [lambda.doubleValue],
      loss: candidate.loss)
  }

  private func proved(_ candidate: Candidate) -> BifurcationResult.FoundPoint? {
    let prover = CriticalPointProver<Engine>(system: candidate.system, digits: digits)
    guard let point = prover.point(near: candidate.unknowns, at: lambda, lossScale: lossScale) else {
      return nil
    }
    let subgroup = candidate.system.coordinates.subgroup
    return BifurcationResult.FoundPoint(
      isotropy: subgroup.name(with: point.blockSymmetries),
      generators: subgroup.generators(with: point.blockSymmetries), matrix: point.matrix, loss: point.loss,
      index: point.index, orbitLength: subgroup.index / point.blockSymmetries.count)
  }
}
