import Algebra

/// Exact and certified arithmetic in Swift alone: no C library is behind it. Large integers are those of
/// attaswift/BigInt.
///
/// It obeys the same laws as the engine on FLINT and refuses the same operations; what it cannot do in
/// reasonable time, it does slowly.
public enum SwiftEngine: AlgebraEngine {
  public static let name = "swift"

  /// The release of BigInt that the package asks for; the package itself does not tell its version.
  public static var versions: [String: String] { ["bigint": "6"] }

  /// There is nothing that could fail to fit.
  public static func checkLibraries() throws {}

  /// Nothing is cached for a thread.
  public static func prepareThread() {}
}
