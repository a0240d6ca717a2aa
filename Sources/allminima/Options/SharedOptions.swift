import Algebra
import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a subcommand runs: the options of all of them.
struct RunningOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the result to a file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("The number of threads (default: all cores).", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("The algebra engine.", valueName: "flint|swift"))
  var engine: EngineName = .flint

  @Option(help: ArgumentHelp("Stop after this time, with the partial result.", valueName: "seconds"))
  var timeLimit: Double?

  @Option(
    help: ArgumentHelp(
      "Stop at this use of memory, with the partial result (default: nine tenths of the machine's).",
      valueName: "gib"))
  var memoryLimit: Double?

  @Option(help: ArgumentHelp("For random choices; no result depends on it.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(name: .shortAndLong, help: "Print only the result and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print on standard error what is being done.")
  var verbose = false

  @Option(
    help: ArgumentHelp(
      "How progress and messages are written on standard error; 'json' is one object a line, for programs.",
      valueName: "line|json"))
  var progress: ProgressFormat = .line

  @Option(
    help: ArgumentHelp(
      "Stop when this process is not the parent any more.", valueName: "pid", visibility: .hidden))
  var parent: Int32?

  func validate() throws {
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads must be from 1 to 4096, not \(threads).")
    }
    if let timeLimit, !(timeLimit > 0 && timeLimit <= 1e9) {
      throw ValidationError("--time-limit must be a positive number of seconds, at most 1e9.")
    }
    if let memoryLimit, !(memoryLimit > 0 && memoryLimit <= 1e6) {
      throw ValidationError("--memory-limit must be a positive number of GiB, at most 1e6.")
    }
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  /// What shows progress, if anything does.
  var progressLine: ProgressLine? {
    if quiet { return nil }
    if progress == .json { return ProgressLine(.json) }
    return StandardError.isTerminal ? ProgressLine(.terminal) : nil
  }

  /// The number of threads to use.
  var threadCount: Int { threads ?? Machine.cores }

  /// What steers the computation, with limits that count from now.
  func control(showing line: ProgressLine?, recording latest: LatestProgress) -> Control {
    var control = Control(
      threads: threadCount, seed: seed,
      deadline: timeLimit.map { ContinuousClock.now + .seconds($0) },
      // Before the system ends the process without a result.
      memoryCeiling: Int(memoryLimit.map { $0 * 0x1p30 } ?? 0.9 * Machine.memory),
      parentProcess: parent)
    if verbose {
      control.log = { message in
        line?.pause()
        StandardError.print(message)
      }
    }
    control.progress = { progress in
      latest.record(progress)
      line?.show(progress)
    }
    return control
  }
}

/// The options of every subcommand that prints a result for people or as JSON.
struct SharedOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How to print the result.", valueName: "text|json"))
  var format: OutputFormat = .text

  @Flag(help: "Leave out of JSON what may differ between equal runs.")
  var noTiming = false

  @OptionGroup
  var running: RunningOptions
}

enum OutputFormat: String, Choice {
  case text
  case json
}

/// How progress is shown.
enum ProgressFormat: String, Choice {
  case line
  case json
}

/// The machine that the tool runs on.
enum Machine {
  /// The number of cores, at least 1.
  static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The memory in bytes.
  static var memory: Double {
    Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
  }
}
