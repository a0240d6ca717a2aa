import Foundation
import Testing

extension Tag {
  /// Tests that take minutes; `scripts/test-long` runs them.
  @Tag public static var long: Self
}

extension Trait where Self == ConditionTrait {
  /// Runs the test only where the environment asks for long tests.
  public static var onlyInLongRuns: Self {
    .enabled(
      if: ProcessInfo.processInfo.environment["ALLMINIMA_LONG_TESTS"] != nil, "scripts/test-long runs it")
  }
}
