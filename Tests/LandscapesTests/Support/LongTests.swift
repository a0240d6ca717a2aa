import Foundation
import Testing

extension Tag {
  /// Runs for minutes in a release build; only with `ALLMINIMA_LONG_TESTS=1`.
  @Tag static var long: Self
}

enum LongTests {
  static var areEnabled: Bool { ProcessInfo.processInfo.environment["ALLMINIMA_LONG_TESTS"] == "1" }
}
