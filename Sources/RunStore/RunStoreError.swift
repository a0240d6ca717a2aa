/// Why a store cannot be used.
public struct RunStoreError: Error, Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    /// There is a file already, and nobody asked to go on with it.
    case exists
    /// The system's or SQLite's reason.
    case unreadable(String)
    /// Another kind of file.
    case notAStore
    case damaged(String)
    /// Of another problem, other options or another version; the text says what differs.
    case otherRun(String)
    /// Another process has it open.
    case inUse
    /// What was committed before is not lost. SQLite's reason.
    case unwritable(String)
  }

  public let path: String
  public let problem: Problem

  public init(path: String, problem: Problem) {
    self.path = path
    self.problem = problem
  }
}

extension RunStoreError: CustomStringConvertible {
  public var description: String {
    switch problem {
    case .exists: "there is already a file '\(path)'"
    case .unreadable(let reason): "the run store '\(path)' cannot be opened: \(reason)"
    case .notAStore: "'\(path)' is not a run store"
    case .damaged(let what): "the run store '\(path)' is damaged: \(what)"
    case .otherRun(let difference): "the run store '\(path)' belongs to another run: \(difference)"
    case .inUse: "the run store '\(path)' is in use by another process"
    case .unwritable(let reason): "cannot write the run store '\(path)': \(reason)"
    }
  }
}
