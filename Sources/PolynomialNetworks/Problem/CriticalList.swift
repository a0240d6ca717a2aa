import LandscapeModel

/// What a method found, before it is written down as a result.
struct CriticalList: Sendable {
  var points: [TeacherResult.CriticalPoint] = []
  var families: [TeacherResult.Family] = []
  var counts: [TeacherResult.Count] = []
  var discriminant = TeacherResult.Discriminant(degenerate: false, rankDrop: false)
  /// What could not be decided, in words.
  var undecided: [String] = []
  /// Whether the discriminant's answers are known for all ranks.
  var knowsDiscriminant = true
}
