import Dispatch
import Synchronization

/// The ranks of the matrices of a computation, which another one may follow while they are being found.
final class RankSequence: Sendable {
  private struct State {
    var ranks: [Int] = []
    var isFinished = false
  }

  private let state = Mutex(State())
  /// Signalled at every change.
  private let change = DispatchSemaphore(value: 0)

  func append(_ rank: Int) {
    state.withLock { $0.ranks.append(rank) }
    change.signal()
  }

  /// There will be no more ranks, as the computation has ended in one way or another.
  func finish() {
    state.withLock { $0.isFinished = true }
    change.signal()
  }

  /// The rank of the matrix with this number, `nil` if there is none. Waits for it; only one thread may.
  func rank(_ number: Int) -> Int? {
    while true {
      let (rank, isFinal) = state.withLock { state in
        number < state.ranks.count ? (state.ranks[number], true) : (nil, state.isFinished)
      }
      if isFinal { return rank }
      change.wait()
    }
  }
}
