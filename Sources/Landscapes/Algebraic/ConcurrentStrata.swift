import Algebra
import Dispatch
import Synchronization

/// Visits numbered strata on several threads, with results in their order.
enum ConcurrentStrata {
  /// - Returns: `nil` for strata that a limit has left over.
  /// - Throws: what the body throws, but limits.
  static func map<Engine: AlgebraEngine, Result: Sendable>(
    count: Int, engine: Engine.Type, control: Control, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result?] {
    let results = Mutex((list: [Result?](repeating: nil, count: count), done: 0))
    let failure = Mutex<(any Error)?>(nil)
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(control.threads, count))) { _ in
      Engine.prepareThread()
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count, failure.withLock({ $0 == nil }) else { return }
        do {
          try control.check()
          let result = try body(number)
          let done = results.withLock { results in
            results.list[number] = result
            results.done += 1
            return results.done
          }
          control.progress?(Progress(stage: "strata", done: done, total: count))
        } catch is LimitReached {
          return
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.withLock { $0.list }
  }
}
