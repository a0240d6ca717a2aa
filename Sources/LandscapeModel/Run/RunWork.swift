/// What an earlier run left behind.
public struct RunPast: Hashable, Sendable {
  /// Blocks that have been decided, each once; they are not decided again.
  public var finished: [BlockRecord]
  /// The first strata of blocks that were being decided; the run goes on behind them.
  public var begun: [BlockRecord]
  public var screening: [ScreeningPiece]

  public init(
    finished: [BlockRecord] = [], begun: [BlockRecord] = [], screening: [ScreeningPiece] = []
  ) {
    self.finished = finished
    self.begun = begun
    self.screening = screening
  }
}

/// A piece of work that a run keeps.
public enum RunWork: Hashable, Sendable {
  case finished(BlockRecord)
  /// The first strata of a block whose decision was interrupted.
  case begun(BlockRecord)
  case screening(ScreeningPiece)
}

/// Some consecutive rows of the screening table: what a run keeps of it, as the whole may take long to make.
public struct ScreeningPiece: Hashable, Sendable {
  /// The number of faces in the sets of the rows.
  public let size: Int
  /// From 0, among the pieces of this size.
  public let number: Int
  /// The rows, a bit for every face.
  public let words: [UInt64]

  public init(size: Int, number: Int, words: [UInt64]) {
    self.size = size
    self.number = number
    self.words = words
  }
}
