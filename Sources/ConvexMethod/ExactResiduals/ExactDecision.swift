import Algebra
import GroebnerBases
import Synchronization

/// The third stage: knows the residual of a stratum exactly, as vectors over number fields, which turns every
/// open condition into the sign of an algebraic number.
///
/// Cheap descriptions come first; a Gröbner basis is computed only where they do not settle a condition, and
/// then with the equations in question assumed: if they hold they make the system small, and if they do not,
/// its contradiction is found quickly and more precision will tell.
package struct ExactDecision<Engine: AlgebraEngine>: Sendable {
  private var control: Control
  private let found = FoundBlocks<Engine>()

  package init(control: Control) { self.control = control }

  /// The same stage without limits, for points that it has described before: a partial result is written down
  /// after a limit was reached.
  package var withoutLimits: Self {
    var copy = self
    copy.control = Control(threads: 1)
    return copy
  }

  /// The answer of `rule` on an exact description of the residual.
  ///
  /// - Parameters:
  ///   - suspects: equations of which the balls do not exclude that they hold.
  ///   - rule: returns `nil` if a description does not suffice.
  /// - Returns: `nil` if no description is known: then no suspect is known to hold.
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  package func decide<Answer>(
    _ system: StratumSystem<Engine>, at point: CriticalPoint<Engine>, suspects: [ResidualEquation<Engine>],
    by rule: (ExactResidual<Engine>) throws -> Answer?
  ) throws -> Answer? {
    if let residual = try ExactResidual.elementary(of: system, at: point), let answer = try rule(residual) {
      return answer
    }
    guard !point.support.isEmpty, let block = try block(system, point, suspects) else { return nil }
    return try rule(ExactResidual(system: system, blocks: [block]))
  }

  /// The residual as a vector over one number field.
  ///
  /// - Throws: what `decide` throws; `AlgebraError.domain` if the point's balls are too wide to tell it from
  ///   other solutions of its equations.
  package func description(
    of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>, suspects: [ResidualEquation<Engine>]
  ) throws -> ExactResidual<Engine>.Block {
    if let block = try ExactResidual.elementary(of: system, at: point)?.onlyBlock { return block }
    if let block = try block(system, point, suspects) { return block }
    guard let block = try block(system, point, []) else {
      throw AlgebraError.domain("a local minimum is not told from other solutions of its equations")
    }
    return block
  }

  /// The whole support as one block.
  private func block(
    _ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>, _ suspects: [ResidualEquation<Engine>]
  ) throws -> ExactResidual<Engine>.Block? {
    let faces = point.support.map { system.faces[$0].index }
    if let known = found[faces] {
      return ExactResidual.Block(support: point.support, field: known.field, residual: known.residual)
    }
    let support = try AlgebraicSupport(system, point, control: control)
    var attempts = [suspects]
    // One that holds is enough to describe the point.
    if suspects.count > 1 { attempts += suspects.map { [$0] } }
    for assumptions in attempts {
      if let block = try support.block(assuming: assumptions) {
        found.insert(block, faces: faces)
        return block
      }
    }
    return nil
  }
}

/// The blocks that were found last, by the faces of their support: many strata share a support.
private final class FoundBlocks<Engine: AlgebraEngine>: Sendable {
  typealias Block = ExactResidual<Engine>.Block

  private struct State {
    var blocks: [[Int]: Block] = [:]
    var order: [[Int]] = []
  }

  private static var capacity: Int { 256 }
  private let state = Mutex(State())

  subscript(faces: [Int]) -> Block? { state.withLock { $0.blocks[faces] } }

  func insert(_ block: Block, faces: [Int]) {
    state.withLock { state in
      if state.blocks.updateValue(block, forKey: faces) == nil { state.order.append(faces) }
      if state.order.count > Self.capacity { state.blocks[state.order.removeFirst()] = nil }
    }
  }
}
