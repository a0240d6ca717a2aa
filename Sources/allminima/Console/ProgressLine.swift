import Algebra
import Interchange
import Synchronization

/// Says how far the run has come, a few times a second: on a terminal in one line that is shown only when the run
/// takes a moment and is gone at the end; for programs in lines of JSON.
final class ProgressLine: Sendable {
  enum Style {
    case terminal
    case json
  }

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
  private let style: Style
  private let state = Mutex(State())

  init(_ style: Style) { self.style = style }

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
      guard pause >= Self.interval else { return }
      if style == .json {
        state.lastShown = now
        StandardError.write(
          object: ProgressRecord(progress, since: state.doneAtStart, seconds: elapsed.inSeconds))
        return
      }
      guard elapsed >= Self.delay || progress.total == 0 || state.isVisible else { return }
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

/// Progress for programs.
private struct ProgressRecord: Encodable {
  let stage: String
  let done: Int
  /// 0 if it is not known.
  let total: Int
  /// Units of work in a second, and the seconds that the rest will take at this rate; where that can be told.
  let rate: Double?
  let remaining: Double?
  /// Further numbers that tell how far it is.
  let figures: [String: Int]?

  init(_ progress: Progress, since doneAtStart: Int, seconds: Double) {
    stage = progress.stage
    done = progress.done
    total = progress.total
    figures = progress.figures.isEmpty ? nil : progress.figures
    let rate = Double(progress.done - doneAtStart) / seconds
    let isKnown = rate > 0 && rate.isFinite && progress.total > 0
    self.rate = isKnown ? rate : nil
    remaining = isKnown ? Double(progress.total - progress.done) / rate : nil
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
