/// Text that is not what it should be.
public struct MalformedText: Error, Hashable, Sendable, CustomStringConvertible {
  public let text: String
  public let reason: String

  public init(text: String, reason: String) {
    self.text = text
    self.reason = reason
  }

  public var description: String { "'\(text)': \(reason)" }
}
