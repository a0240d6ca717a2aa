import Algebra
import ArgumentParser
import LandscapeModel
import Landscapes
import RunStore

/// An enumeration with its store, if it has one.
struct StoredRun<Engine: AlgebraEngine> {
  let enumeration: Enumeration<Engine>
  let run: EnumerationRun
  private let store: RunStore?
  private let name: String

  /// - Parameter part: the blocks that are to be decided.
  /// - Throws: `RunStoreError`.
  init(
    _ enumeration: Enumeration<Engine>, _ options: StoreOptions, part: RunPart = .whole, control: Control
  ) throws {
    self.enumeration = enumeration
    name = options.store ?? ""
    let store = try options.open(for: enumeration.description)
    self.store = store
    guard let store else {
      run = EnumerationRun(part: part)
      return
    }
    run = EnumerationRun(part: part, past: store.past, keep: store.save)
    control.log?("\(name) contains \(run.count) of \(enumeration.strataCount) strata")
  }

  /// Decides what is not decided yet, and waits for more if a limit is reached.
  ///
  /// - Throws: `RunStoreError`.
  func decide() throws { try enumeration.decide(run) }

  /// Whether all blocks of the part are finished.
  var isFinished: Bool {
    let finished = Set(run.records.map(\.block))
    return run.part.blocks(of: enumeration.blocks).allSatisfy(finished.contains)
  }

  /// Keeps the result beside the blocks.
  ///
  /// - Throws: `RunStoreError`.
  func finish(_ result: EnumerationResult) throws {
    if !result.hasUnvisitedStrata { try store?.save(result) }
    try close()
  }

  /// - Throws: `RunStoreError`.
  func close() throws { try store?.close() }

  /// How an interrupted run can be continued; `nil` without a store.
  var hint: String? {
    guard store != nil else { return nil }
    let (done, total) = (Readable.count(run.count), Readable.count(enumeration.strataCount))
    return "'\(name)' contains \(done) of \(total) strata: --resume goes on."
  }
}
