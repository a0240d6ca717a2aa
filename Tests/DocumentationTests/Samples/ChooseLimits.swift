import Algebra
import FlintEngine
import Landscapes

/// The code of the article “Choose limits”.
func chooseLimits(_ problem: Problem<FlintEngine>, print: @escaping @Sendable (Any...) -> Void) throws {
  let control = Control(
    threads: 2,
    deadline: .now.advanced(by: .seconds(600)),
    memoryCeiling: 2 << 30,
    progress: { progress in print("\(progress.stage): \(progress.done) of \(progress.total)") })
  let watchdog = Watchdog(watching: control) { reason in print("still not ended though \(reason)") }
  defer { watchdog.stop() }

  let result = try Enumeration(problem, control: control).run()
  if !result.complete { print("\(result.strata.undecided) strata are undecided") }

  let collected = EnumerationRun()
  let enumeration = try Enumeration(problem, control: control)
  _ = try enumeration.run(collected)
  let snapshot = try enumeration.result(of: collected)
  print("\(snapshot.components.count) components so far")

  control.cancellation.cancel(.interrupted)
}
