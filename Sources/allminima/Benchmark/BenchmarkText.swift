#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A benchmark's report as a table.
struct BenchmarkText {
  let report: BenchmarkReport
  let run: BenchmarkReport.Run

  var text: String {
    var lines = [
      "Suite \(report.suite): \(Readable.count(report.rounds, "round")), engines in turn, "
        + Readable.count(run.threads, "thread") + (run.cpu.map { ", \($0)" } ?? "") + ".",
      "CPU time of all threads for doing it once: median (least – greatest).", "",
    ]
    let engines = EngineName.allCases.map(\.rawValue)
    let other = engines.first { $0 != run.reference } ?? run.reference
    var table = [["work", "row"] + engines + ["\(other)/\(run.reference)"]]
    for row in report.rows { table.append([row.work, row.name] + cells(row, engines)) }
    lines += TextTable(table).lines
    let ratios = report.rows.compactMap(\.ratio)
    if !ratios.isEmpty {
      let mean = exp(ratios.map { log($0) }.reduce(0, +) / Double(ratios.count))
      let rows = Readable.count(ratios.count, "row")
      lines += ["", "Answers agree in \(rows); the geometric mean of their ratios is \(Self.digits(mean))."]
    }
    for row in report.rows {
      if row.status == .differ {
        lines.append("The answers differ in '\(row.name)': a fault of this program.")
      }
      for (engine, reason) in (row.reasons ?? [:]).sorted(by: { $0.key < $1.key }) {
        lines.append("No answer of \(engine) in '\(row.name)': \(reason).")
      }
    }
    if let limit = run.limit { lines.append("Rows are missing: \(limit).") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func cells(_ row: BenchmarkReport.Row, _ engines: [String]) -> [String] {
    guard let times = row.times, let ratio = row.ratio else {
      return engines.map { _ in "" } + [row.status == .differ ? "DIFFER" : "undecided"]
    }
    return engines.map { times[$0].map { Self.text($0.cpuSeconds) } ?? "" } + [Self.digits(ratio)]
  }

  /// In the unit that suits the median.
  static func text(_ spread: BenchmarkReport.Spread) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs")]
    let (size, unit) = units.first { spread.median >= $0.0 } ?? (1e-9, "ns")
    func text(_ value: Double) -> String { digits(value / size) }
    return "\(text(spread.median)) \(unit) (\(text(spread.least)) – \(text(spread.greatest)))"
  }

  /// With three significant digits.
  static func digits(_ value: Double) -> String {
    let format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f"
    return withVaList([value]) { arguments in
      // The greatest double has 309 digits.
      String(unsafeUninitializedCapacity: 320) { buffer in
        buffer.withMemoryRebound(to: CChar.self) {
          Int(vsnprintf($0.baseAddress, $0.count, format, arguments))
        }
      }
    }
  }
}
