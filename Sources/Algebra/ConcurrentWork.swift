import Dispatch
import Synchronization

/// Runs the body on up to `threads` threads, this one among them, and hands out the numbers `0..<count` in order.
///
/// - Parameter body: asks `next` for numbers until there are no more, which is also so once another thread's body
///   has thrown an error.
/// - Throws: the error that was thrown first.
package func concurrently<Failure: Error>(
  count: Int, threads: Int, _ body: @Sendable (_ next: () -> Int?) throws(Failure) -> Void
) throws(Failure) {
  let handedOut = Atomic(0)
  guard threads > 1, count > 1 else {
    try body {
      let number = handedOut.add(1, ordering: .relaxed).oldValue
      return number < count ? number : nil
    }
    return
  }
  let failure = Mutex<Failure?>(nil)
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    do throws(Failure) {
      try body {
        let number = handedOut.add(1, ordering: .relaxed).oldValue
        return number < count && failure.withLock { $0 == nil } ? number : nil
      }
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }
  if let error = failure.withLock({ $0 }) { throw error }
}

/// Applies the body to `0..<count` on up to `threads` threads, with the results in order.
///
/// - Throws: the error that was thrown first.
package func concurrentMap<Result: Sendable, Failure: Error>(
  count: Int, threads: Int, _ body: @Sendable (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
  let results = Mutex([Result?](repeating: nil, count: count))
  try concurrently(count: count, threads: threads) { next throws(Failure) in
    while let item = next() {
      let result = try body(item)
      results.withLock { $0[item] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}

/// Applies the body to consecutive ranges that make up `0..<count`, none much shorter than `leastSize`; the results
/// are in order.
package func concurrentMap<Result: Sendable>(
  rangesOf count: Int, leastSize: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Result
) -> [Result] {
  let pieces = max(1, min(threads, count / leastSize))
  return concurrentMap(count: pieces, threads: threads) { piece in
    body(count * piece / pieces..<count * (piece + 1) / pieces)
  }
}
