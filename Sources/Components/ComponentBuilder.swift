import Algebra
import LandscapeModel
import Strata

/// The sizes of a network that its components are written with.
package struct NetworkShape: Sendable {
  let rows: Int
  let units: Int
  let weightDimension: Int

  package init(rows: Int, units: Int, weightDimension: Int) {
    self.rows = rows
    self.units = units
    self.weightDimension = weightDimension
  }
}

/// Turns proved minima into the sorted list of connected components with canonical enclosures, for every method.
package struct ComponentBuilder<Numbers: MinimumNumbers>: Sendable {
  package typealias Minimum = Numbers.Minimum
  package typealias Engine = Minimum.Engine
  package typealias Draft = ComponentDraft<Minimum>

  private let shape: NetworkShape
  private let symmetry: Activation<Engine.Rational>.Symmetry
  private let order: LossOrder<Engine>
  private let describesFit: Bool
  private let numbers: @Sendable (Minimum) -> Numbers

  /// - Parameters:
  ///   - describesFit: whether components have their fitted values and residuals.
  ///   - numbers: the numbers of a minimum.
  package init(
    _ shape: NetworkShape, symmetry: Activation<Minimum.Engine.Rational>.Symmetry, digits: Int,
    describesFit: Bool,
    numbers: @escaping @Sendable (Numbers.Minimum) -> Numbers
  ) {
    self.shape = shape
    self.symmetry = symmetry
    self.describesFit = describesFit
    self.numbers = numbers
    order = LossOrder(digits: digits)
  }

  /// Cost: for every minimum a few steps of Newton's method and one scan of all faces; on several threads.
  ///
  /// - Parameters:
  ///   - isComplete: whether nothing is undecided; otherwise no minimum is known to be global for the width
  ///     unless its certificate says so.
  ///   - addition: completes a component that has been written down, and says what of it is undecided.
  /// - Returns: the components, and what could not be added to them.
  package func components(
    of minima: [Minimum], isComplete: Bool, threads: Int,
    adding addition: @Sendable (Draft, inout LandscapeComponent) throws -> Undecided? = {
      _, _ in nil
    }
  ) throws -> (components: [LandscapeComponent], undecided: [Undecided]) {
    let drafts = ComponentGrouping<Minimum>(units: shape.units, symmetry: symmetry).drafts(of: minima)
    let written = try concurrentMap(count: drafts.count, threads: threads) { number in
      Engine.prepareThread()
      return try write(drafts[number], addition)
    }.flatMap { $0 }
    return (
      order.ranked(written.map(\.component), isComplete: isComplete), written.compactMap(\.undecided)
    )
  }

  private struct Written: Sendable {
    let component: UnrankedComponent<Engine, ComponentOrderKey>
    let undecided: Undecided?
  }

  /// Components of the same minima. Each is written down at once, so that the numbers behind only one for each
  /// thread are in memory at a time.
  private func write(
    _ drafts: [Draft],
    _ addition: (Draft, inout LandscapeComponent) throws -> Undecided?
  ) throws -> [Written] {
    let members = (drafts.first?.members ?? []).map(numbers)
    return try drafts.map { draft in
      let writer = ComponentWriter(
        draft: draft, members: members, shape: shape, allowsBothSigns: symmetry == .oddInUnit,
        describesFit: describesFit)
      var component = try writer.component()
      let loss = try members[0].loss()
      let undecided = try addition(draft, &component)
      return Written(
        component: UnrankedComponent(
          component: component, loss: loss, stratum: draft.representative.faceIndices, key: draft.orderKey),
        undecided: undecided)
    }
  }
}
