import LandscapeModel

/// One mark for each component at its loss.
struct LadderFigure {
  let components: [LandscapeComponent]
  /// How many are left out.
  let omitted: Int

  func figure() -> Figure {
    var drawing = Drawing()
    let ladder = ValueLadder(
      rows: components.map { component in
        ValueLadder.Row(
          label: "\(component.id)", value: component.loss.doubleValue, mark: Self.mark(component),
          name: "component \(component.id), \(Self.kind(component))")
      },
      title: "loss", legend: legend)
    let height = ladder.draw(in: &drawing)
    return Figure(
      name: "ladder", title: "Losses of all listed components",
      description: "One mark for each component at its loss: "
        + zip(components, ladder.texts).prefix(12).map { "\($0.id): \($1)" }.joined(separator: ", ")
        + (components.count > 12 ? ", and so on." : "."),
      caption: omitted == 0
        ? ""
        : "\(omitted) components of greater loss are left out; the result embedded in this file has them.",
      width: ValueLadder.width, height: height, drawing: drawing)
  }

  private static func mark(_ component: LandscapeComponent) -> ValueLadder.Mark {
    ValueLadder.Mark(
      shape: component.globalForWidth == .yes ? .star : component.kind == .isolated ? .circle : .diamond,
      colour: min(component.dimension, PictureStyle.colours - 1), isHollow: component.ends == .open,
      meaning: component.kind == .isolated
        ? "isolated"
        : "family, dimension \(component.dimension)" + (component.ends == .open ? ", open ends" : ""))
  }

  private static func kind(_ component: LandscapeComponent) -> String {
    component.kind == .isolated
      ? "isolated" : "a family of dimension \(component.dimension) with \(component.ends.rawValue) ends"
  }

  /// Only what occurs.
  private var legend: [ValueLadder.Mark] {
    var marks: [ValueLadder.Mark] = []
    if components.contains(where: { $0.globalForWidth == .yes }) {
      marks.append(.init(shape: .star, colour: 0, meaning: "global"))
    }
    if components.contains(where: { $0.kind == .isolated }) {
      marks.append(.init(shape: .circle, colour: 0, meaning: "isolated"))
    }
    let families = components.filter { $0.kind != .isolated }.map { component in
      var mark = Self.mark(component)
      mark.shape = .diamond
      return mark
    }
    let sorted = Set(families).sorted {
      ($0.colour, $0.isHollow ? 1 : 0, $0.meaning) < ($1.colour, $1.isHollow ? 1 : 0, $1.meaning)
    }
    return marks + sorted
  }
}
