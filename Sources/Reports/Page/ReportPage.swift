/// A report: one HTML file that needs nothing else.
///
/// The same input gives the same bytes. Cost: milliseconds.
public struct ReportPage: Sendable {
  private let parts: [LandscapeReport]

  /// - Parameter parts: at least one.
  public init(_ parts: [LandscapeReport]) {
    precondition(!parts.isEmpty, "a report is about something")
    self.parts = parts
  }

  public var html: String {
    var page = HTMLPage(title: parts.count == 1 ? parts[0].title : "\(parts.count) results")
    for (index, part) in parts.enumerated() {
      part.write(to: &page, name: index == 0 ? "result" : "result-\(index + 1)")
    }
    return page.text
  }
}
