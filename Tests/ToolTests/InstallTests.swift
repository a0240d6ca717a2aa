import Foundation
import TestSupport
import Testing

/// `scripts/install` puts the tool, completions and a manual page in place.
@Suite(.timeLimit(.minutes(5))) struct InstallTests {
  private struct Output {
    let status: Int32
    let text: String
  }

  private func run(_ program: String, _ arguments: [String], in folder: TemporaryFolder) async throws
    -> Output
  {
    let file = try folder.file("output-\(UUID())", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: file)
    let statuses = AsyncStream<Int32> { continuation in
      process.terminationHandler = { process in
        continuation.yield(process.terminationStatus)
        continuation.finish()
      }
    }
    try process.run()
    let status = await statuses.reduce(into: -1) { $0 = $1 }
    return Output(status: status, text: try String(contentsOf: file, encoding: .utf8))
  }

  @Test func everythingIsPutInPlace() async throws {
    let folder = try TemporaryFolder()
    let prefix = folder.url.appendingPathComponent("a prefix").path
    let install = packageFolder.appendingPathComponent("scripts/install").path
    let installed = try await run(install, ["--binary", Tool.executable.path, prefix], in: folder)
    #expect(installed.status == 0)
    let files = [
      "bin/allminima", "share/bash-completion/completions/allminima", "share/zsh/site-functions/_allminima",
      "share/fish/vendor_completions.d/allminima.fish", "share/man/man1/allminima.1",
    ].map { "\(prefix)/\($0)" }
    #expect(installed.text == files.map { $0 + "\n" }.joined())

    let version = try await run(files[0], ["--version"], in: folder).text
    #expect(try await Tool.run(["--version"]).standardOutput == version)

    let completion = """
      source "$1"; COMP_WORDS=(allminima enumerate --ri); COMP_CWORD=2; COMP_LINE="${COMP_WORDS[*]}"
      COMP_POINT=${#COMP_LINE}; _allminima allminima --ri enumerate; echo "${COMPREPLY[@]}"
      """
    let completed = try await run("/bin/bash", ["-c", completion, "bash", files[1]], in: folder)
    #expect(completed.text.split(whereSeparator: \.isWhitespace) == ["--ridge"])
    let commands = ["enumerate", "shard", "groebner", "decompose", "solve", "benchmark"]
    for file in files[2...3] {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(commands.allSatisfy(text.contains))
    }

    // The page has every option that the help texts have.
    let page = try String(contentsOfFile: files[4], encoding: .utf8).replacingOccurrences(
      of: "\\-", with: "-")
    #expect(page.hasPrefix(".TH ALLMINIMA 1 \"\" \"allminima "))
    for command in commands + ["shard plan", "shard run", "shard merge"] {
      #expect(page.contains(".SS allminima \(command)\n"))
      let arguments = command.split(separator: " ").map(String.init) + ["--help"]
      let help = try await Tool.run(arguments).standardOutput
      let options = Set(
        help.matches(of: #/^ +(?:-\w, )?(--[a-z-]+)/#.anchorsMatchLineEndings()).map { String($0.1) })
      #expect(!options.isEmpty)
      for option in options.subtracting(["--help", "--version"]) {
        #expect(page.contains("\\fB\(option)\\fP"), "\(option)")
      }
    }
  }

  @Test func wrongUseIsRefused() async throws {
    let folder = try TemporaryFolder()
    let install = packageFolder.appendingPathComponent("scripts/install").path
    #expect(try await run(install, ["--help"], in: folder).status == 64)
  }
}
