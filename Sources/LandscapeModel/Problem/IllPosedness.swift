/// Why a problem may have no global minimum, or no local minimum in which all units take part.
///
/// The proofs are in the article *Problems without a minimum*.
public struct IllPosedness: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable {
    /// Units lower the loss for ever by scaling output weights up and hidden weights down.
    case scaling
    /// Nothing penalises the parameters.
    case noRidge
    /// Hidden biases may grow for ever while the loss falls.
    case freeBiases
  }

  public let kind: Kind
  /// What that means for this problem, a sentence or two.
  public let statement: String

  package init(_ kind: Kind, _ statement: String) {
    self.kind = kind
    self.statement = statement
  }
}
