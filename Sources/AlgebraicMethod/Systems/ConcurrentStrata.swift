import Algebra
import Synchronization

/// Visits numbered strata on several threads, with results in their order.
package enum ConcurrentStrata {
  /// - Parameter results: receives them as they come; `nil` stays for strata that a limit has left over.
  /// - Throws: what the body throws, but limits.
  package static func map<Engine: AlgebraEngine, Result: Sendable>(
    into results: StratumResults<Result>, engine: Engine.Type, control: Control,
    _ body: @Sendable (Int) throws -> Result
  ) throws {
    let count = results.count
    try concurrently(count: count, threads: control.threads) { next in
      Engine.prepareThread()
      do {
        while let number = next() {
          try control.check()
          let result = try body(number)
          let done = results.set(number, result)
          control.progress?(Progress(stage: "strata", done: done, total: count))
        }
      } catch is Interruption {
        return
      }
    }
  }
}

/// The results of numbered strata, which one thread may look at while others find them.
package final class StratumResults<Result: Sendable>: Sendable {
  private let state: Mutex<(list: [Result?], done: Int)>
  package let count: Int

  package init(count: Int) {
    self.count = count
    state = Mutex(([Result?](repeating: nil, count: count), 0))
  }

  /// `nil` for strata that have not been decided.
  package var list: [Result?] { state.withLock { $0.list } }

  /// - Returns: the number of decided strata.
  package func set(_ number: Int, _ result: Result) -> Int {
    state.withLock { state in
      state.list[number] = result
      state.done += 1
      return state.done
    }
  }
}
