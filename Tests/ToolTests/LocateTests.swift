import Foundation
import LandscapeModel
import TestSupport
import Testing

/// Weights in files of all kinds.
@Suite struct LocateTests {
  private func locate(_ weights: String, _ options: [String] = []) async throws -> Tool.Output {
    let folder = try TemporaryFolder()
    _ = try folder.file("weights.json", weights)
    return try await Tool.run(
      ["locate", "-", "weights.json", "--ridge", "1/10"] + options, input: SampleData.poster, in: folder.url)
  }

  @Test func aMinimumOfTheListIsRecognised() async throws {
    let list = try await Tool.run(
      ["enumerate", "-", "--format", "json"] + SampleData.posterOptions, input: SampleData.poster)
    let minima = try JSONDecoder().decode(EnumerationResult.self, from: Data(list.standardOutput.utf8))
    let best = try #require(minima.components.first)
    let a = best.point.a.map { "\"\($0.lower)\"" }.joined(separator: ", ")
    let w = best.point.w.map { "[\($0.map { "\"\($0.lower)\"" }.joined(separator: ", "))]" }
    let output = try await locate(
      "{\"a\": [\(a)], \"w\": [\(w.joined(separator: ", "))]}", ["--format", "json"])
    #expect(output.status == 0, "\(output.standardError)")
    let place = try JSONDecoder().decode(LocationResult.self, from: Data(output.standardOutput.utf8))
    #expect(place.kind == .minimum && place.loss == best.loss && place.deadUnits.isEmpty)
    #expect(place.problem.units == 2 && place.problem.dataSHA256 == minima.problem.dataSHA256)
    #expect(try #require(place.distance).upper < "1e-13")
  }

  @Test func theGapToTheBestIsTheDifferenceOfTheLosses() async throws {
    let list = try await Tool.run(
      ["enumerate", "-", "--format", "json"] + SampleData.posterOptions, input: SampleData.poster)
    let minima = try JSONDecoder().decode(EnumerationResult.self, from: Data(list.standardOutput.utf8))
    for component in minima.components where component.dimension == 0 {
      let a = component.point.a.map { "\"\($0.lower)\"" }.joined(separator: ", ")
      let w = component.point.w.map { "[\($0.map { "\"\($0.lower)\"" }.joined(separator: ", "))]" }
      let output = try await locate(
        "{\"a\": [\(a)], \"w\": [\(w.joined(separator: ", "))]}", ["--format", "json", "--best"])
      let place = try JSONDecoder().decode(LocationResult.self, from: Data(output.standardOutput.utf8))
      let gap = try #require(place.gapToBest)
      #expect(place.bestLoss == minima.components[0].loss)
      if component.id == 1 {
        #expect(gap == .zero)
      } else {
        let difference = component.loss.doubleValue - minima.components[0].loss.doubleValue
        #expect(abs(gap.doubleValue - difference) < 1e-12)
      }
    }
  }

  /// Tensors as PyTorch writes them, in several precisions and under several names.
  @Test(arguments: [
    ("F64", "hidden", "output"), ("F32", "net.2", "net.10"), ("F16", "0", "2"), ("BF16", "0", "2"),
  ])
  func tensorsAreTheSameAsNumbers(_ type: String, _ hidden: String, _ output: String) async throws {
    let (a, w, b) = ([1.5, -0.25], [2, 0.375], [-0.5, 1])
    func bytes(_ values: [Double]) -> Data {
      values.reduce(into: Data()) { data, value in
        let bits: [UInt8] =
          switch type {
          case "F64": withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
          case "F32": withUnsafeBytes(of: Float(value).bitPattern.littleEndian, Array.init)
          case "BF16": Array(withUnsafeBytes(of: Float(value).bitPattern.littleEndian, Array.init).suffix(2))
          default:
            // Sign, exponent with bias 15, and the ten leading bits of the fraction.
            withUnsafeBytes(
              of: UInt16(
                (value < 0 ? 0x8000 : 0) | Int(value.exponent + 15) << 10
                  | Int((value.significand - 1) * 1024)
              ).littleEndian, Array.init)
          }
        data.append(contentsOf: bits)
      }
    }
    var (header, content) = (["\"__metadata__\": {\"format\": \"pt\"}"], Data())
    for (name, shape, values) in [
      ("\(output).weight", "[1, 2]", a), ("\(hidden).bias", "[2]", b), ("\(hidden).weight", "[2, 1]", w),
    ] {
      let start = content.count
      content.append(bytes(values))
      header.append(
        "\"\(name)\": {\"dtype\": \"\(type)\", \"shape\": \(shape), \"data_offsets\": [\(start), \(content.count)]}"
      )
    }
    let text = Data("{\(header.joined(separator: ", "))}".utf8)
    let file = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text + content
    let folder = try TemporaryFolder()
    try file.write(to: folder.url.appendingPathComponent("weights.safetensors"))
    try file.dropLast().write(to: folder.url.appendingPathComponent("short.safetensors"))
    func run(_ file: String) async throws -> Tool.Output {
      try await Tool.run(
        ["locate", "-", file, "--weight-decay", "1/25", "--no-timing", "--format", "json"],
        input: SampleData.poster,
        in: folder.url)
    }
    let tensors = try await run("weights.safetensors")
    let numbers = try await locate(
      #"{"a": [1.5, -0.25], "w": [[2, -0.5], [0.375, 1]]}"#, ["--no-timing", "--format", "json"])
    #expect(
      tensors.status == 0 && tensors.standardOutput == numbers.standardOutput, "\(tensors.standardError)")
    let short = try await run("short.safetensors")
    #expect(
      short.status == 65 && short.standardError.contains("does not fit the size"), "\(short.standardError)")
  }

  /// Sizes whose product, or difference, leaves the range of machine words.
  @Test(arguments: [
    (#"[3, 6148914691236517206]"#, "[0, 16]"), ("[1, 1]", "[8, -9223372036854775808]"), ("[1, 1]", "[16, 8]"),
  ])
  func tensorsOfOverflowingSizesAreRefused(_ shape: String, _ offsets: String) async throws {
    let text = Data(
      """
      {"hidden.weight": {"dtype": "F64", "shape": \(shape), "data_offsets": \(offsets)}, \
      "output.weight": {"dtype": "F64", "shape": [1, 3], "data_offsets": [16, 40]}}
      """.utf8)
    let folder = try TemporaryFolder()
    let file = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text + Data(count: 40)
    try file.write(to: folder.url.appendingPathComponent("weights.safetensors"))
    let output = try await Tool.run(
      ["locate", "-", "weights.safetensors", "--ridge", "1"], input: SampleData.poster, in: folder.url)
    #expect(output.status == 65 && output.standardError.contains("does not fit the size of the file"))
  }

  @Test(arguments: [
    ("", "is no JSON object"), ("[1]", "is no JSON object"), ("{}", "there is no 'a'"),
    (#"{"a": [1], "w": 2}"#, "w: expected numbers"), (#"{"a": [1], "w": [["x", 1]]}"#, "'x' is not a number"),
    (#"{"a": [1, 2], "w": [[1, 1]]}"#, "2 output weights but 1 hidden weights"),
    (#"{"a": [1], "w": [[1]]}"#, "has 1 entries, not 2"), (#"{"a": [], "w": []}"#, "has no units"),
  ])
  func otherFilesAreRefused(_ weights: String, _ message: String) async throws {
    let output = try await locate(weights)
    #expect(output.status == 65 && output.standardOutput.isEmpty)
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }
}
