/// The version of the package.
public enum AllMinimaVersion {
  public static let current = "0.1.0"
}
