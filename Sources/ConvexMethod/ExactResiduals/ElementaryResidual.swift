import Algebra

extension ExactResidual {
  /// The residual of a stratum that needs no elimination theory; `nil` for others.
  ///
  /// The support falls apart into blocks of units that do not act on common outputs (`X_lᵀWX_m = 0` between
  /// blocks). The residual is known exactly if every block is a single face (one polynomial equation in one
  /// share), or has only `K_l` of rank one (the residual lies in a field of square roots).
  package static func elementary(
    of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>
  ) throws -> Self? {
    var blocks: [Block] = []
    var rankOne: [Int] = []
    for indices in Self.blocks(of: system, point.support) {
      let support = indices.map { point.support[$0] }
      if try RankOneSupport(system, point, support: support) != nil {
        rankOne += support
      } else if support.count == 1,
        let block = try SingleFaceSupport(system, position: support[0], share: point.shares[indices[0]])
          .block()
      {
        blocks.append(block)
      } else {
        return nil
      }
    }
    // Square roots are easily put into one field, which decides what depends on several of them.
    if !rankOne.isEmpty, let block = try RankOneSupport(system, point, support: rankOne.sorted())?.block() {
      blocks.append(block)
    }
    return try Self(system: system, blocks: blocks)
  }

  /// The connected components of the support under `X_lᵀWX_m ≠ 0`, as indices into it.
  private static func blocks(of system: StratumSystem<Engine>, _ support: [Int]) -> [[Int]] {
    var remaining = Array(support.indices)
    var blocks: [[Int]] = []
    while !remaining.isEmpty {
      var block = [remaining.removeFirst()]
      var next = 0
      while next < block.count {
        let connected = remaining.filter { !system.blocks[support[block[next]]][support[$0]].isZero }
        remaining.removeAll { connected.contains($0) }
        block += connected
        next += 1
      }
      blocks.append(block.sorted())
    }
    return blocks
  }
}
