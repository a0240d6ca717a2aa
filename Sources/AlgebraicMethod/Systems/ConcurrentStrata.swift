import Algebra
import Synchronization

/// Visits numbered strata on several threads, with results in their order.
package enum ConcurrentStrata {
  /// - Returns: `nil` for strata that a limit has left over.
  /// - Throws: what the body throws, but limits.
  package static func map<Engine: AlgebraEngine, Result: Sendable>(
    count: Int, engine: Engine.Type, control: Control, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result?] {
    let results = Mutex((list: [Result?](repeating: nil, count: count), done: 0))
    try concurrently(count: count, threads: control.threads) { next in
      Engine.prepareThread()
      do {
        while let number = next() {
          try control.check()
          let result = try body(number)
          let done = results.withLock { results in
            results.list[number] = result
            results.done += 1
            return results.done
          }
          control.progress?(Progress(stage: "strata", done: done, total: count))
        }
      } catch is Interruption {
        return
      }
    }
    return results.withLock { $0.list }
  }
}
