import Dispatch
import Synchronization

/// Applies the body to 0..<count on up to `threads` threads, with the results in order.
func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  guard threads > 1, count > 1 else { return (0..<count).map(body) }
  let results = Mutex([Result?](repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let item = next.add(1, ordering: .relaxed).oldValue
      guard item < count else { return }
      let result = body(item)
      results.withLock { $0[item] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
