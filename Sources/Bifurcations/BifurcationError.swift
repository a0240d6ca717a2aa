/// What is refused before anything is computed.
public enum BifurcationError: Error, Hashable, Sendable {
  case tooFewUnits(Int)
  case tooManyUnits(Int)
  case tooManyUnitsForDegrees(Int)
  case unfittingBlocks([Int], units: Int)
  case tooManyBlocks(Int, most: Int)
  case searchNowhere
}

extension BifurcationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooFewUnits(let units):
      if units < 1 {
        "the number of units must be from 4 to 20, not \(units)"
      } else {
        """
        with \(units == 1 ? "1 unit" : "\(units) units") the matrices have fewer isotypic components than the four \
        that exist from 4 units on (\(Self.missing(units))): the numbers of units are 4 to 20
        """
      }
    case .tooManyUnitsForDegrees(let units):
      "equivariant degrees are computed for 4 to 7 units, not \(units): S\(units) has too many subgroups"
    case .unfittingBlocks(let blocks, let units):
      "the blocks \(blocks.map(String.init).joined(separator: ", ")) do not add up to \(units) units"
    case .tooManyBlocks(let blocks, let most): "a search takes at most \(most) blocks, not \(blocks)"
    case .searchNowhere: "a search needs a value of the parameter"
    case .tooManyUnits(let units): "the numbers of units are 4 to 20, not \(units)"
    }
  }

  /// The components that do not exist for so few units.
  private static func missing(_ units: Int) -> String {
    switch units {
    case 1: "(k) occurs once, all others do not exist"
    case 2: "(k-1,1) occurs twice, (k-2,2) and (k-2,1,1) do not exist"
    default: "(k-2,2) does not exist"
    }
  }
}
