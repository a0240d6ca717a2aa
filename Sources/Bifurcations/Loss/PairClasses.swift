/// The pairs of vectors whose angles are in the loss, by orbits of a Young subgroup.
struct PairClass: Sendable {
  /// Whether the second vector is one of the teacher's.
  let isTeacher: Bool
  /// The members; the first stands for all.
  let pairs: [(first: Int, second: Int)]

  /// 1 for pairs of the student's vectors, −1 for pairs of a student's and a teacher's.
  var sign: Int { isTeacher ? -1 : 1 }
  /// The weight of the first pair where all are alike.
  var weight: Int { sign * pairs.count }

  /// All unordered pairs of different rows of W, and all pairs of a row of W and one of I.
  static func all(_ coordinates: BlockCoordinates) -> [PairClass] {
    let points = coordinates.blockOfPoint.indices
    var classes: [PairClass] = []
    var positions: [[Int]: Int] = [:]
    func add(_ key: [Int], _ isTeacher: Bool, _ first: Int, _ second: Int) {
      if let position = positions[key] {
        classes[position] = PairClass(
          isTeacher: isTeacher, pairs: classes[position].pairs + [(first, second)])
      } else {
        positions[key] = classes.count
        classes.append(PairClass(isTeacher: isTeacher, pairs: [(first, second)]))
      }
    }
    for first in points {
      for second in points where second > first {
        add([0, coordinates.blockOfPoint[first], coordinates.blockOfPoint[second]], false, first, second)
      }
    }
    for first in points {
      for second in points { add([1, coordinates.coordinate[first][second]], true, first, second) }
    }
    return classes
  }
}
