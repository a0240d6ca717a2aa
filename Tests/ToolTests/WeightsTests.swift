import Foundation
import Testing

/// The table's parameters and legends.
@Suite struct WeightsTests {
  /// The network of the printed parameters has the printed loss.
  @Test(arguments: [
    ["--units", "2", "--ridge", "1/10"], ["--units", "3", "--ridge", "1/10", "--activation", "leaky:1/10"],
    ["--units", "2", "--ridge", "1", "--activation", "abs", "--no-bias"],
  ])
  func thePrintedParametersHaveThePrintedLoss(_ options: [String]) async throws {
    let output = try await Tool.run(["enumerate", "-", "--weights"] + options, input: SampleData.poster)
    #expect(output.status == 0)
    let activation = options.contains("abs") ? -1 : options.contains("leaky:1/10") ? 0.1 : 0.0
    let ridge = options[3] == "1" ? 1 : 0.1
    var (losses, networks): ([Double], [[[Double]]]) = ([], [])
    for line in output.standardOutput.split(separator: "\n") {
      if let row = line.prefixMatch(of: /\*{0,2} +\d+ +(\d+\.\d+) +\d/) {
        losses.append(try #require(Double(row.1)))
        networks.append([])
      } else if line.hasPrefix("      "), !networks.isEmpty {
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        if numbers.count == (options.contains("--no-bias") ? 2 : 3) {
          networks[networks.count - 1].append(numbers)
        }
      }
    }
    #expect(!losses.isEmpty)
    for (loss, units) in zip(losses, networks) {
      #expect(units.count == Int(options[1]))
      var sum = units.joined().reduce(0) { $0 + ridge * $1 * $1 }
      for (x, y) in [(-2.0, 1.0), (-1, -0.5), (0, 1.5), (1, 0), (2, 2)] {
        let outputs = units.map { unit in
          let argument = unit[1] * x + (unit.count > 2 ? unit[2] : 0)
          return unit[0] * (argument >= 0 ? argument : activation * argument)
        }
        sum += pow(y - outputs.reduce(0, +), 2)
      }
      #expect(abs(sum - loss) < 1e-7)
    }
  }

  @Test(arguments: [
    (["--activation", "power:2"], "units  the sign of the output weight\n", false),
    (["--activation", "linear"], "units  the sign of the output weight\n", false),
    (["--activation", "abs"], "and where the unit's argument has one of its two signs;\n", true),
    (["--activation", "leaky:-1/2"], "and where the unit's argument is positive;\n", true),
    (["--activation", "relu", "--no-bias"], "and where the unit's argument is positive\n", true),
  ])
  func legendsAreTrue(_ options: [String], _ legend: String, _ hasPatterns: Bool) async throws {
    let output = try await Tool.run(
      ["enumerate", "-", "--units", "1", "--ridge", "1"] + options, input: SampleData.poster)
    #expect(output.status == 0)
    #expect(output.standardOutput.contains(legend))
    #expect(output.standardOutput.contains("[") == hasPatterns)
    #expect(output.standardOutput.contains("kink") == (hasPatterns && !options.contains("--no-bias")))
  }

  @Test func parametersAreCalledByTheirColumns() async throws {
    let output = try await Tool.run(
      [
        "enumerate", "-", "--units", "1", "--ridge", "1", "--weights", "--output-bias", "--penalize",
        "weights",
      ],
      input: "speed,,y\n1,2,3\n2,1,4\n4,4,1\n")
    #expect(output.standardOutput.contains(#/a +w\(speed\) +w2 +b\n/#))
    #expect(output.standardOutput.contains("output bias c = "))
  }
}
