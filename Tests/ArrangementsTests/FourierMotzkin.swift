import Arrangements
import LandscapeModel

/// Exact feasibility of homogeneous linear systems by Fourier–Motzkin elimination, for small integers.
/// Shares nothing with the package's algorithms.
enum FourierMotzkin {
  /// All sign vectors that occur, by deciding every candidate; a prefix that is infeasible by itself has
  /// only infeasible continuations.
  static func covectors(_ rows: [[Int]], dimension: Int) -> Set<SignVector> {
    var found: Set<SignVector> = []
    func extend(_ signs: [Int]) {
      guard isFeasible(Array(rows.prefix(signs.count)), signs: signs, dimension: dimension) else {
        return
      }
      if signs.count == rows.count {
        found.insert(SignVector(signs))
      } else {
        for sign in -1...1 { extend(signs + [sign]) }
      }
    }
    extend([])
    return found
  }

  /// Whether some `w` has these signs on the rows.
  static func isFeasible(_ rows: [[Int]], signs: [Int], dimension: Int) -> Bool {
    var equalities: [[Int]] = []
    var positive: Set<[Int]> = []
    for (row, sign) in zip(rows, signs) {
      if sign == 0 { equalities.append(row) } else { positive.insert(row.map { sign * $0 }) }
    }
    while let equality = equalities.popLast() {
      guard let pivot = equality.firstIndex(where: { $0 != 0 }) else { continue }
      func eliminated(_ vector: [Int]) -> [Int] {
        combination(vector, abs(equality[pivot]), equality, -equality[pivot].signum() * vector[pivot])
      }
      equalities = equalities.map(eliminated)
      positive = Set(positive.map(eliminated))
    }
    for variable in 0..<dimension {
      let upper = positive.filter { $0[variable] < 0 }
      let lower = positive.filter { $0[variable] > 0 }
      positive = positive.filter { $0[variable] == 0 }
      for a in lower {
        for b in upper { positive.insert(combination(a, -b[variable], b, a[variable])) }
      }
    }
    // What is left reads 0 > 0.
    return positive.isEmpty
  }

  /// `factor · a + other · b` without its content.
  private static func combination(_ a: [Int], _ factor: Int, _ b: [Int], _ other: Int) -> [Int] {
    let sum = zip(a, b).map { factor * $0 + other * $1 }
    let divisor = sum.reduce(0, greatestCommonDivisor)
    return divisor > 1 ? sum.map { $0 / divisor } : sum
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? abs(a) : greatestCommonDivisor(b, a % b)
  }
}
