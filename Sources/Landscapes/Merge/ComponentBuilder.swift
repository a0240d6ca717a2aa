import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Turns local minima into the sorted list of connected components with canonical enclosures.
struct ComponentBuilder<Engine: AlgebraEngine>: Sendable {
  let scaling: Scaling<Engine>
  let division: Division<Engine>
  let certificate: DualCertificate<Engine>
  let exact: ExactDecision<Engine>
  let digits: Int
  /// What describes components exactly, if that is asked for.
  let describer: ExactDescriber<Engine>?

  /// A component, up to its number and its standing among the others.
  private struct Entry: Sendable {
    let draft: ComponentDraft<Engine>
    let loss: Engine.Ball
    var component: LandscapeComponent
    /// Why it could not be described exactly though that was asked for.
    var undescribed: EnumerationResult.Undecided?
  }

  /// Cost: for every minimum a few steps of Newton's method and one scan of all faces; on several threads.
  ///
  /// - Parameter isComplete: whether nothing is undecided; otherwise no minimum is known to be global for the
  ///   width unless its certificate says so.
  /// - Returns: the components, and which of them could not be described exactly though that was asked for.
  func components(
    of minima: [LocalMinimum<Engine>], isComplete: Bool, threads: Int
  ) throws -> (components: [LandscapeComponent], undescribed: [EnumerationResult.Undecided]) {
    let drafts = ComponentGrouping(problem: division.problem).drafts(of: minima)
    let entries = try concurrentMap(count: drafts.count, threads: threads) { number in
      Engine.prepareThread()
      return try self.entries(for: drafts[number])
    }.flatMap { $0 }
    let order = LossOrder<Engine>(digits: digits)
    let ranked = entries.sorted { left, right in
      switch order.compare(left.loss, right.loss) {
      case .negative: true
      case .positive: false
      case .zero, .unknown:
        left.draft.sortKey.lexicographicallyPrecedes(right.draft.sortKey) { Self.precedes($0, $1) }
      }
    }
    let globals = order.globalForWidth(
      ranked.map {
        ($0.loss, $0.component.globalForEveryWidth, stratum: $0.draft.representative.faceIndices)
      },
      isComplete: isComplete)
    let components = ranked.indices.map { index in
      var component = ranked[index].component
      component.id = index + 1
      component.globalForWidth = globals[index]
      return component
    }
    return (components, entries.compactMap(\.undescribed))
  }

  /// Components of the same minima. Each is written down at once, so that the numbers behind only one for each
  /// thread are in memory at a time.
  private func entries(for drafts: [ComponentDraft<Engine>]) throws -> [Entry] {
    let members = (drafts.first?.members ?? []).map {
      RefinedMinimum($0, certificate: certificate, exact: exact, scaling: scaling, digits: digits)
    }
    return try drafts.map { draft in
      let writer = ComponentWriter(
        draft: draft, members: members, problem: division.problem, scaling: scaling)
      var entry = Entry(draft: draft, loss: try members[0].loss(), component: try writer.component())
      switch try describer?.describe(draft) {
      case .success(let description): entry.component.exact = description
      case .failure(let failure):
        entry.undescribed = EnumerationResult.Undecided(
          faces: draft.faces.map(\.pattern), reason: "the exact description: \(failure.reason)")
      case nil: break
      }
      return entry
    }
  }

  /// `−` before `0` before `+`.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    func rank(_ character: UInt8) -> UInt8 {
      switch character {
      case UInt8(ascii: "-"): 0
      case UInt8(ascii: "0"): 1
      case UInt8(ascii: "+"): 2
      default: character
      }
    }
    return left.utf8.lexicographicallyPrecedes(right.utf8) { rank($0) < rank($1) }
  }
}
