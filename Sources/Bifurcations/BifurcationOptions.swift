import Algebra
import LandscapeModel

/// What is to be computed about the landscape around the teacher.
public struct BifurcationOptions<Rational: ExactRational>: Hashable, Sendable {
  /// The number k of units and of inputs, in `unitsRange`.
  public var units: Int
  public var family: BifurcationResult.Family
  /// Significant decimal digits of all enclosures.
  public var digits: Int
  /// A value of the parameter at which the spectrum is wanted.
  public var at: Rational?
  /// Whether the equivariant degrees are wanted; only for numbers of units in `degreeRange`.
  public private(set) var computesDegrees: Bool

  /// The sizes of the blocks of points whose permutations fix the critical points that are looked for at `at`.
  public private(set) var search: [Int]?
  /// To which λ branches are followed (those that turn away from it, to a half beyond the critical values); `nil` for
  /// not at all.
  public var branchesTo: Rational?

  public static var degreeRange: ClosedRange<Int> { 4...EquivariantDegrees.mostUnits }
  /// A search in more dimensions would hardly find anything.
  public static var mostBlocks: Int { 5 }
  public static var unitsRange: ClosedRange<Int> { 4...20 }

  /// - Parameter search: positive numbers whose sum is the number of units.
  /// - Throws: `BifurcationError` if the number of units is out of range, or the search does not fit it.
  public init(
    units: Int, family: BifurcationResult.Family = .homotopy, digits: Int = 15, at: Rational? = nil,
    search: [Int]? = nil, branchesTo: Rational? = nil, computesDegrees: Bool = false
  ) throws(BifurcationError) {
    guard units >= Self.unitsRange.lowerBound else { throw .tooFewUnits(units) }
    guard units <= Self.unitsRange.upperBound else { throw .tooManyUnits(units) }
    guard !computesDegrees || Self.degreeRange.contains(units) else { throw .tooManyUnitsForDegrees(units) }
    if let search {
      guard search.allSatisfy({ (1...units).contains($0) }), search.reduce(0, +) == units else {
        throw .unfittingBlocks(search, units: units)
      }
      guard search.count <= Self.mostBlocks else { throw .tooManyBlocks(search.count, most: Self.mostBlocks) }
      guard at != nil else { throw .searchNowhere }
    }
    precondition(digits >= 1, "at least one digit")
    self.units = units
    self.family = family
    self.digits = digits
    self.at = at
    self.search = search?.sorted()
    self.branchesTo = branchesTo
    self.computesDegrees = computesDegrees
  }
}
