import ArgumentParser

/// Options of `enumerate` that are part of its command line and still to come: they are refused, not ignored.
struct UnavailableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Keep the run in a store.", valueName: "file.sqlite"))
  var store: String?

  @Flag(help: "Go on with the run in the store.")
  var resume = false

  @Option(help: ArgumentHelp("Do only part i of N.", valueName: "i/n"))
  var shard: String?

  func validate() throws {
    if store != nil { throw ValidationError.unavailable("--store") }
    if resume { throw ValidationError.unavailable("--resume") }
    if shard != nil { throw ValidationError.unavailable("--shard") }
  }
}
