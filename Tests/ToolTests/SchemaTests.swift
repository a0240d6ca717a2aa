import Foundation
import TestSupport
import Testing

/// Everything that the tool prints as JSON follows the schemas in `scripts/schemas`.
@Suite struct SchemaTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../scripts/schemas")

  private static func schema(_ name: String) throws -> JSONSchema {
    try JSONSchema(Data(contentsOf: folder.appendingPathComponent(name + ".json")))
  }

  /// Checks a document against the schema that it names.
  private func check(_ text: String, isOf name: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let data = Data(text.utf8)
    let object = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any], sourceLocation: sourceLocation)
    #expect(object["schema"] as? String == "allminima/\(name)/1", sourceLocation: sourceLocation)
    #expect(try Self.schema(name).violations(in: data) == [], sourceLocation: sourceLocation)
  }

  private static let problems: [[String]] = [
    SampleData.posterOptions, SampleData.posterOptions + ["--exact"],
    SampleData.posterOptions + ["--no-timing"],
    SampleData.posterOptions + ["--method", "both"], ["--units", "3", "--ridge", "1/10"],
    ["--units", "3", "--ridge", "20"], ["--units", "2", "--ridge", "1", "--activation", "abs", "--no-bias"],
    ["--units", "2", "--ridge", "1", "--activation", "linear", "--exact"],
    ["--units", "1", "--ridge", "1", "--activation", "leaky:1/10", "--target", "x"],
    ["--units", "1", "--ridge", "0", "--activation", "power:2"],
    ["--units", "1", "--ridge", "1/10", "--output-bias", "--penalize", "weights"],
    ["--units", "1", "--ridge", "1/10", "--penalize", "hidden"],
    ["--units", "2", "--ridge", "1/10", "--output-bias", "--skip", "--exact"],
  ]

  @Test(arguments: problems) func enumerations(_ options: [String]) async throws {
    let output = try await Tool.run(
      ["enumerate", "-", "--format", "json"] + options, input: SampleData.poster)
    #expect([0, 3, 75].contains(output.status))
    try check(output.standardOutput, isOf: "enumerate")
  }

  @Test func dryRuns() async throws {
    for options in [["--units", "2"], ["--units", "16", "--no-timing"]] {
      let output = try await Tool.run(
        ["enumerate", "-", "--format", "json", "--ridge", "1", "--dry-run"] + options,
        input: SampleData.poster)
      try check(output.standardOutput, isOf: "enumerate-dry-run")
    }
  }

  @Test(arguments: [
    ("groebner", [], 0), ("groebner", ["--order", "elim:1", "--proved"], 0), ("decompose", [], 0),
    ("decompose", ["--kind", "primary", "--check"], 0),
    ("decompose", ["--kind", "radical", "--no-timing"], 0),
    ("solve", [], 0), ("solve", ["--digits", "40"], 0),
  ])
  func systems(_ name: String, _ options: [String], _ status: Int32) async throws {
    for system in ["x^2+y^2-1, (x-y)*(x+2*y)", "x^2-x, x*y", "x*y-1, x", "x^2*y-y, 0.5x*y"] {
      let output = try await Tool.run(
        [name, "-", "--format", "json"] + options, input: "x,y\n0\n\(system)\n")
      #expect(output.status == status)
      try check(output.standardOutput, isOf: name)
    }
  }

  @Test(arguments: ["groebner", "decompose", "solve"]) func systemsWithoutAnAnswer(_ name: String)
    async throws
  {
    let output = try await Tool.run(
      [name, "-", "--format", "json", "--time-limit", "1"], input: testResource("katsura11.ms"))
    #expect(output.status == 75)
    try check(output.standardOutput, isOf: name)
  }

  @Test(arguments: [
    ("3,0,0\n0,3,0\n0,0,-1\n", ["--width", "2", "--exact"]),
    ("1,2\n2,-1\n", ["--width", "3", "--exact", "--no-timing"]),
    ("1,2\n2,-1\n", ["--width", "1", "--metric", "iid:9/5", "--exact"]),
    ("x,y\n0\nx^3+2*x^2*y-y^3\n", ["--width", "2", "--metric", "frobenius", "--exact"]),
    ("x,y\n0\nx^4+x*y^3-y^4\n", ["--width", "4"]),
  ])
  func teachers(_ teacher: String, _ options: [String]) async throws {
    let output = try await Tool.run(["teacher", "-", "--format", "json"] + options, input: teacher)
    #expect([0, 3].contains(output.status), "\(output.standardError)")
    try check(output.standardOutput, isOf: "teacher")
  }

  @Test func discriminants() async throws {
    let folder = try TemporaryFolder()
    for (unknown, metric) in [
      ("T11 ?\nT12 ? -2 2\n", "gaussian"), ("T11 ? 0 1/2\n", "moments:m.txt"), ("m40 ?\n", "moments:m.txt"),
    ] {
      _ = try folder.file("m.txt", "4 0 5\n3 1 1\n2 2 2\n1 3 -1\n0 4 7\n")
      _ = try folder.file("unknown.txt", unknown)
      let output = try await Tool.run(
        [
          "teacher", "-", "--width", "1", "--metric", metric, "--discriminant", "unknown.txt", "--format",
          "json",
        ], input: "2,-1\n-1,3\n", in: folder.url)
      #expect(output.status == 0, "\(output.standardError)")
      try check(output.standardOutput, isOf: "teacher-discriminant")
    }
  }

  @Test func locations() async throws {
    let folder = try TemporaryFolder()
    for (weights, options) in [
      (#"{"a": [1, 0], "w": [[1, 0], [0, 0]]}"#, ["--best"]),
      (#"{"a": [0], "w": [[0, 0]]}"#, ["--no-timing"]),
    ] {
      _ = try folder.file("weights.json", weights)
      let output = try await Tool.run(
        ["locate", "-", "weights.json", "--ridge", "1/10", "--format", "json"] + options,
        input: SampleData.poster,
        in: folder.url)
      #expect([0, 3].contains(output.status), "\(output.standardError)")
      try check(output.standardOutput, isOf: "locate")
    }
  }

  @Test(arguments: [
    ["--ridge", "1/10"], ["--ridge", "1/10", "--exact", "--no-timing"], ["--ridge", "100"],
    ["--ridge", "1/100", "--output-bias", "--skip"],
    ["--ridge", "1/10", "--no-bias", "--penalize", "weights", "--output-bias"],
  ])
  func infiniteWidths(_ options: [String]) async throws {
    let output = try await Tool.run(
      ["infinite-width", "-", "--format", "json"] + options, input: SampleData.poster)
    #expect([0, 3].contains(output.status), "\(output.standardError)")
    try check(output.standardOutput, isOf: "infinite-width")
  }

  @Test(arguments: [["1/10"], ["2", "--exact", "--no-timing"], ["100"]])
  func infiniteWidthPaths(_ options: [String]) async throws {
    let output = try await Tool.run(
      ["infinite-width", "-", "--format", "json", "--path-to"] + options, input: SampleData.poster)
    #expect([0, 3].contains(output.status), "\(output.standardError)")
    try check(output.standardOutput, isOf: "infinite-width-path")
  }

  @Test func shards() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("data.csv", SampleData.poster)
    let plan = try await Tool.run(
      ["shard", "plan", "data.csv", "--shards", "2"] + SampleData.posterOptions, in: folder.url)
    try check(plan.standardOutput, isOf: "shard-plan")
    _ = try folder.file("plan.json", plan.standardOutput)
    let shard = try await Tool.run(
      ["shard", "run", "plan.json", "--index", "0", "--output", "-"], in: folder.url)
    try check(shard.standardOutput, isOf: "shard")
  }

  @Test(arguments: [
    ["--units", "4", "--degree"], ["--units", "4", "--branches", "--to", "1.8"],
    ["--units", "4", "--at", "1/2", "--search", "S1xS3"],
    ["--units", "5", "--family", "slope", "--at", "-3", "--no-timing"],
  ])
  func bifurcations(_ options: [String]) async throws {
    let output = try await Tool.run(["bifurcate", "--format", "json"] + options)
    // Not every singular point of a branch can be proved.
    #expect([0, 3].contains(output.status))
    try check(output.standardOutput, isOf: "bifurcate")
  }

  @Test func benchmarks() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("circle.ms", "x,y\n0\nx^2+y^2-1, x-y\n")
    let suite = """
      {"schema": "allminima/benchmark-suite/1",
       "rows": [{"name": "circle", "arguments": ["solve", "circle.ms"]}, {"arguments": ["groebner", "circle.ms"]}]}
      """
    _ = try folder.file("suite.json", suite)
    try check(suite, isOf: "benchmark-suite")
    let output = try await Tool.run(
      ["benchmark", "--suite", "suite.json", "--rounds", "1", "--format", "json"], in: folder.url)
    #expect(output.status == 0)
    try check(output.standardOutput, isOf: "benchmark")
  }

  /// The description beside the schemas leaves no key out.
  @Test func everyKeyIsDescribed() throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
      $0.hasSuffix(".json")
    }
    #expect(files.count >= 11)
    for file in files {
      let heading = "\n## allminima/\(file.dropLast(".json".count))/1\n"
      let start = try #require(text.range(of: heading)).upperBound
      let section = text[start...].prefix(
        upTo: text[start...].range(of: "\n## ")?.lowerBound ?? text.endIndex)
      let schema = try JSONSerialization.jsonObject(
        with: Data(contentsOf: Self.folder.appendingPathComponent(file)))
      for key in Self.keys(of: schema) { #expect(section.contains("* `\(key)` ("), "\(file): \(key)") }
    }
  }

  private static func keys(of schema: Any) -> Set<String> {
    if let list = schema as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
    guard let object = schema as? [String: Any] else { return [] }
    // Enclosures are described once for all.
    let known = ["$defs", "enum", "required"].contains
    var found = Set((object["properties"] as? [String: Any] ?? [:]).keys)
    for (key, value) in object where !known(key) { found.formUnion(keys(of: value)) }
    for (name, definition) in object["$defs"] as? [String: Any] ?? [:] where name != "enclosure" {
      found.formUnion(keys(of: definition))
    }
    return found
  }

  /// Every key that is taken out, and every one too many, is noticed; so are numbers where text should be.
  @Test func theSchemaIsStrict() async throws {
    let output = try await Tool.run(
      ["enumerate", "-", "--format", "json"] + SampleData.posterOptions, input: SampleData.poster)
    let schema = try Self.schema("enumerate")
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8)) as? [String: Any])
    func violations(_ object: [String: Any]) throws -> [String] {
      try schema.violations(in: JSONSerialization.data(withJSONObject: object))
    }
    for key in whole.keys where key != "run" {
      var part = whole
      part[key] = nil
      #expect(try violations(part).count == 1)
      part[key] = 7
      #expect(try !violations(part).isEmpty)
    }
    #expect(try violations(whole.merging(["more": 1]) { $1 }) == ["$.more: must not be there"])
    var components = try #require(whole["components"] as? [[String: Any]])
    components[0]["loss"] = ["lower": "1.5", "upper": 2]
    #expect(
      try violations(whole.merging(["components": components]) { $1 }) == [
        "$.components[0].loss.upper: type string"
      ])
  }
}
