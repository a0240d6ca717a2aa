import Algebra
import Synchronization

/// One line on a terminal that says how far the run has come: shown only when it takes a moment, renewed a few
/// times a second, and gone at the end.
final class ProgressLine: Sendable {
  private struct State {
    var stage = ""
    /// When the stage was first heard of, and how much was done by then.
    var stageStart = ContinuousClock.now
    var doneAtStart = 0
    var lastShown: ContinuousClock.Instant?
    var isVisible = false
    var isFinished = false
  }

  private static let delay = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(200)
  private let state = Mutex(State())

  /// May be called from any thread.
  func show(_ progress: Progress) {
    let now = ContinuousClock.now
    state.withLock { state in
      guard !state.isFinished else { return }
      if progress.stage != state.stage {
        state.stage = progress.stage
        state.stageStart = now
        state.doneAtStart = progress.done
      }
      let elapsed = now - state.stageStart
      let pause = state.lastShown.map { now - $0 } ?? Self.interval
      guard pause >= Self.interval, elapsed >= Self.delay || progress.total == 0 || state.isVisible else {
        return
      }
      state.lastShown = now
      state.isVisible = true
      let text = Self.text(progress, since: state.doneAtStart, seconds: elapsed.inSeconds)
      StandardError.write("\r" + text + "\u{1B}[K")
    }
  }

  /// Clears the line, to make room for a message.
  func pause() {
    state.withLock { state in
      if state.isVisible { StandardError.write("\r\u{1B}[K") }
      state.isVisible = false
    }
  }

  /// Clears the line for good.
  func finish() {
    pause()
    state.withLock { $0.isFinished = true }
  }

  /// What the line says after so many seconds, at the beginning of which some was done already.
  static func text(_ progress: Progress, since doneAtStart: Int, seconds: Double) -> String {
    guard progress.figures.isEmpty else { return Readable.state(progress) }
    guard progress.total > 0 else { return "\(progress.stage) …" }
    let share = Double(progress.done) / Double(progress.total)
    var text =
      "\(progress.stage): \(Readable.count(progress.done)) of \(Readable.count(progress.total))"
      + " (\(Int(share * 100)) %)"
    let rate = Double(progress.done - doneAtStart) / seconds
    guard rate > 0, rate.isFinite else { return text }
    text += ", \(Readable.count(about: rate)) per second"
    text += ", \(Readable.duration(Double(progress.total - progress.done) / rate)) left"
    return text
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
