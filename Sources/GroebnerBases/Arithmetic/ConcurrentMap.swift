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

/// Applies the body to consecutive ranges that make up 0..<count, none much shorter than `leastSize`; the results
/// are in order.
func concurrentMap<Result: Sendable>(
  rangesOf count: Int, leastSize: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Result
) -> [Result] {
  let pieces = max(1, min(threads, count / leastSize))
  return concurrentMap(count: pieces, threads: threads) { piece in
    body(count * piece / pieces..<count * (piece + 1) / pieces)
  }
}
