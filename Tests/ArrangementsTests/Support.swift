import Algebra
import Arrangements
import FlintEngine

typealias Matrix = FlintEngine.RationalMatrix
typealias Number = FlintEngine.Rational

/// The arrangement of integer rows.
func arrangement(_ rows: [[Int]], dimension: Int) throws -> Arrangement<FlintEngine> {
  try Arrangement(
    vectors: rows.map { $0.map { Number($0) } }, dimension: dimension, control: Control())
}

func matrix(_ rows: [[Number]], columns: Int) throws -> Matrix {
  try Matrix(rows: rows.count, columns: columns, entries: rows.flatMap { $0 })
}

func innerProduct(_ a: [Number], _ b: [Number]) -> Number {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

/// Points on the moment curve: any `dimension` of them are independent.
func momentCurve(_ count: Int, dimension: Int) -> [[Int]] {
  (0..<count).map { index in
    var power = 1
    return (0..<dimension).map { _ in
      defer { power *= index - count / 2 }
      return power
    }
  }
}

/// Small vectors among which zero, repeated, parallel, antiparallel and dependent ones are common.
func degenerateRows(
  _ count: Int, dimension: Int, using generator: inout SeededGenerator
) -> [[Int]] {
  var rows: [[Int]] = []
  for _ in 0..<count {
    let fresh = (0..<dimension).map { _ in Int.random(in: -2...2, using: &generator) }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: rows.append(Array(repeating: 0, count: dimension))
    case 1: rows.append(rows.randomElement(using: &generator) ?? fresh)
    case 2: rows.append((rows.randomElement(using: &generator) ?? fresh).map { -2 * $0 })
    case 3:
      let a = rows.randomElement(using: &generator) ?? fresh
      let b = rows.randomElement(using: &generator) ?? fresh
      rows.append(zip(a, b).map { 2 * $0 - $1 })
    default: rows.append(fresh)
    }
  }
  return rows
}

/// Seeded inputs of many shapes for property tests.
func degenerateInputs(
  seed: UInt64, count: Int, rows: ClosedRange<Int> = 0...6
) -> [(rows: [[Int]], dimension: Int)] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in
    let dimension = Int.random(in: 1...4, using: &generator)
    let size = Int.random(in: rows, using: &generator)
    return (degenerateRows(size, dimension: dimension, using: &generator), dimension)
  }
}

func binomial(_ n: Int, _ k: Int) -> Int {
  k < 0 || k > n ? 0 : (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) }
}

/// How many faces there are of each dimension.
func faceCounts(_ arrangement: Arrangement<FlintEngine>) -> [Int] {
  var counts = Array(repeating: 0, count: arrangement.rank + 1)
  for face in arrangement.faces { counts[face.dimension] += 1 }
  return counts
}
