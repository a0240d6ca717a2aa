/// A subgroup of the symmetric group that permutes each of several blocks of consecutive numbers.
struct YoungSubgroup: Hashable {
  /// The sizes of the blocks, all positive.
  let blocks: [Int]

  init(blocks: [Int]) {
    precondition(!blocks.isEmpty && blocks.allSatisfy { $0 >= 1 }, "blocks of positive sizes")
    self.blocks = blocks
  }

  /// All permutations, or those that keep the first block; 0 for no first block.
  init(units: Int, firstBlock: Int) {
    self.init(blocks: firstBlock == 0 ? [units] : [firstBlock, units - firstBlock])
  }

  var degree: Int { blocks.reduce(0, +) }

  /// Such as `S1xS4`.
  var name: String { blocks.map { "S\($0)" }.joined(separator: "x") }
}

extension YoungSubgroup {
  /// A transposition and a cycle for each block, in one line, counted from 1.
  var generators: [[Int]] {
    var start = 1
    var generators: [[Int]] = []
    for size in blocks {
      let points = Array(start..<start + size)
      start += size
      guard size > 1 else { continue }
      generators.append(oneLine(points, [points[1], points[0]] + points.dropFirst(2)))
      if size > 2 { generators.append(oneLine(points, points.dropFirst() + [points[0]])) }
    }
    return generators
  }

  private func oneLine(_ points: [Int], _ images: [Int]) -> [Int] {
    (1...degree).map { point in points.firstIndex(of: point).map { images[$0] } ?? point }
  }

  /// The index in the symmetric group: a multinomial coefficient.
  var index: Int {
    var (total, index) = (0, 1)
    for size in blocks {
      for number in 1...size {
        total += 1
        // Exact, as the product is a multinomial coefficient times the partial one.
        index = index * total / number
      }
    }
    return index
  }
}

extension YoungSubgroup {
  /// All permutations of blocks of the same size: where each block goes.
  var blockPermutations: [[Int]] {
    blocks.indices.reduce([[]]) { partial, block in
      partial.flatMap { images in
        blocks.indices.filter { blocks[$0] == blocks[block] && !images.contains($0) }.map { images + [$0] }
      }
    }
  }

  /// The name of the group that some block permutations generate with this one: a wreath product, or an extension by
  /// their number.
  func name(with symmetries: [[Int]]) -> String {
    guard symmetries.count > 1 else { return name }
    let isWreath =
      blocks.allSatisfy { $0 == blocks[0] && $0 > 1 } && symmetries.count == blockPermutations.count
    return isWreath ? "S\(blocks[0])wrS\(blocks.count)" : "(\(name)):\(symmetries.count)"
  }

  /// Generators of that group, in one line, counted from 1.
  func generators(with symmetries: [[Int]]) -> [[Int]] {
    let starts = blocks.indices.map { blocks[..<$0].reduce(0, +) }
    let identity = Array(blocks.indices)
    return generators
      + symmetries.filter { $0 != identity }.map { images in
        images.indices.flatMap { block in (1...blocks[block]).map { starts[images[block]] + $0 } }
      }
  }
}
