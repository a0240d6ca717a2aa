import TestSupport

/// Data with trusted answers, as files.
enum SampleData {
  /// Five points on a line; the answer is in `poster_like_L2.json`.
  static let poster = "x,y\n-2,1\n-1,-1/2\n0,1.5\n1,0\n2,2\n"
  static let posterOptions = ["--units", "2", "--ridge", "1/10"]

  /// Speed and stopping distance of 50 cars.
  static var cars: String { get throws { try packageFile("scripts/data/cars.csv") } }

  /// Takes long enough to be interrupted: 16 million strata.
  static let longOptions = ["--units", "5", "--ridge", "10", "--no-pruning"]
}
