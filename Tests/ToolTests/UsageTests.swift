import Testing

/// Wrong or unavailable options: exit code 64, one clear message, nothing on standard output.
@Suite struct UsageTests {
  private static let valid = ["--units", "2", "--ridge", "1"]

  private static let cases: [([String], String)] = [
    (["--units", "0", "--ridge", "1"], "--units must be from 1 to 16, not 0."),
    (["--units", "-1", "--ridge", "1"], "--units must be from 1 to 16, not -1."),
    (["--units", "17", "--ridge", "1"], "--units must be from 1 to 16, not 17."),
    (["--units", "99999999999999999999", "--ridge", "1"], "invalid for '--units <L>'"),
    (["--units", "two", "--ridge", "1"], "invalid for '--units <L>'"),
    (["--ridge", "1"], "Missing expected argument '--units <L>'"),
    (["--units", "2"], "Missing expected argument '--ridge <λ>'"),
    (["--units", "2", "--ridge", "-1/2"], "the number must not be negative."),
    (["--units", "2", "--ridge", "nan"], "expected a number such as 10, 0.1 or 1/10."),
    (["--units", "2", "--ridge", "1/0"], "the denominator is zero."),
    (["--units", "2", "--ridge", "1e999999999"], "the number has too many digits."),
    (
      ["--units", "2", "--ridge", "1", "--activation", "tanh"], "expected relu, leaky:α (such as leaky:1/10)"
    ),
    (
      ["--units", "2", "--ridge", "1", "--activation", "leaky"], "expected relu, leaky:α (such as leaky:1/10)"
    ),
    (valid + ["--activation", "leaky:1/0"], "the denominator is zero."),
    (valid + ["--activation", "power:0"], "power:m with m from 1 to 16."),
    (valid + ["--activation", "power:x"], "power:m with m from 1 to 16."),
    (valid + ["--penalize", "none"], "Please provide one of 'all', 'weights' or 'hidden'."),
    (valid + ["--patterns", "some"], "Please provide one of 'feasible' and 'all'."),
    (valid + ["--method", "algebraic", "--exact"], "--exact needs the convex method"),
    (
      ["--units", "2", "--ridge", "1", "--method", "magic"],
      "Please provide one of 'auto', 'convex', 'algebraic' or 'both'."
    ),
    (valid + ["--resume"], "--resume needs --store."),
    (valid + ["--store", ""], "--store needs the name of a file."),
    (valid + ["--shard", "2/2"], "'2/2' is invalid for '--shard <i/n>'"),
    (valid + ["--shard", "1"], "'1' is invalid for '--shard <i/n>'"),
    (valid + ["--digits", "0"], "--digits must be from 1 to 1000, not 0."),
    (valid + ["--digits", "1001"], "--digits must be from 1 to 1000, not 1001."),
    (valid + ["--threads", "0"], "--threads must be from 1 to 4096, not 0."),
    (valid + ["--time-limit", "0"], "--time-limit must be a positive number"),
    (valid + ["--time-limit", "nan"], "--time-limit must be a positive number"),
    (valid + ["--time-limit", "inf"], "--time-limit must be a positive number"),
    (valid + ["--memory-limit", "0"], "--memory-limit must be a positive number"),
    (valid + ["--quiet", "--verbose"], "--quiet and --verbose exclude each other."),
    (valid + ["--format", "xml"], "Please provide one of 'text' and 'json'."),
    (valid + ["--frobnicate"], "Unknown option '--frobnicate'"),
    (valid + ["--target", "z"], "there is no column 'z'; the columns are 'x', 'y'"),
    (
      ["--units", "2", "--ridge", "1", "--output", "/no/such/folder/file"],
      "cannot write '/no/such/folder/file'"
    ),
    (valid + ["--output", "/"], "cannot write '/': Is a directory"),
  ]

  @Test(arguments: cases)
  func isRefused(_ options: [String], _ message: String) async throws {
    let output = try await Tool.run(["enumerate", "-"] + options, input: SampleData.poster)
    #expect(output.status == 64)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }

  @Test(arguments: [
    ["enumerate"], ["frobnicate"], ["enumerate", "a.csv", "b.csv", "--units", "1", "--ridge", "1"],
  ])
  func wrongArgumentsAreRefused(_ arguments: [String]) async throws {
    let output = try await Tool.run(arguments)
    #expect(output.status == 64)
    #expect(output.standardError.hasPrefix("Error: "))
  }

  @Test func aTargetNeedsNames() async throws {
    let output = try await Tool.run(
      ["enumerate", "-", "--units", "1", "--ridge", "1", "--target", "y"], input: "1,2\n3,4\n")
    #expect(output.status == 64)
    #expect(
      output.standardError
        == "Error: there is no column 'y': the data have no column names, but columns 1 to 2\n")
  }
}
