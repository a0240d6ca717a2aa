import LandscapeModel

/// Masses, kinks and losses against the ridge, with the events.
struct PathFigures {
  private let result: InfiniteWidthPathResult
  private let tracks: [AtomTrack]
  private let events: [Double]
  private(set) var list: [Figure] = []
  /// What is left out, and why.
  private(set) var notes: [String] = []

  private static let width = 720.0

  init(_ result: InfiniteWidthPathResult, data: TrainingData?) {
    self.result = result
    tracks = AtomTrack.all(in: result.pieces)
    events = result.events.map(\.ridge.doubleValue)
    let ridges = result.pieces.flatMap(\.samples).map(\.ridge.doubleValue).filter { $0 > 0 && $0.isFinite }
    let shown = ridges + events.filter { $0 > 0 }
    guard !ridges.isEmpty, let least = shown.min(), let greatest = shown.max(), least < greatest else {
      notes.append("There is no piece of the path to be drawn.")
      return
    }
    list.append(curves(least, greatest, kind: .masses, data: data))
    if result.problem.inputs == 1, result.problem.bias {
      list.append(curves(least, greatest, kind: .kinks, data: data))
    } else {
      notes.append("Kinks are drawn for one input and units with a bias only.")
    }
    list.append(loss(least, greatest))
    if result.pieces.contains(where: { $0.samples.contains { $0.masses == nil } }) {
      notes.append("Masses that are not known are left out.")
    }
  }

  private enum Quantity {
    case masses
    case kinks
  }

  /// The frame of a picture against the ridge, with the events as lines that are numbered above.
  private func frame(
    _ least: Double, _ greatest: Double, _ y: Scale, _ title: String, in drawing: inout Drawing
  ) -> Axes {
    let area = Area(left: 76, top: 26, width: Self.width - 96, height: 260)
    let axes = Axes(
      area: area,
      x: Scale(lower: least, upper: greatest, from: area.left, to: area.right, isLogarithmic: true),
      y: Scale(lower: y.lower, upper: y.upper, from: area.bottom, to: area.top))
    axes.draw(in: &drawing)
    axes.title(x: "ridge λ", y: title, in: &drawing, leftOf: 13)
    var free = Double.infinity
    for (index, event) in events.enumerated()
    where axes.x(event) >= area.left - 1 && axes.x(event) <= area.right + 1 {
      let x = axes.x(event)
      drawing.line(Point(x, area.top), Point(x, area.bottom), "thin")
      let text = "\(index + 1)"
      let half = SVGText.width(text, size: PictureStyle.tickSize) / 2
      guard x + half < free else { continue }
      drawing.label(text, at: Point(x, area.top - 6), "tick", .middle)
      free = x - half - 3
    }
    return axes
  }

  private func curves(_ least: Double, _ greatest: Double, kind: Quantity, data: TrainingData?) -> Figure {
    let input = result.problem.columns?.inputs.first ?? "x"
    func value(_ point: AtomTrack.Place) -> Double? {
      switch kind {
      case .masses: return point.mass
      case .kinks: return point.direction[0] == 0 ? nil : -point.direction[1] / point.direction[0]
      }
    }
    let lines = tracks.map { track in
      track.runs.map { run in run.compactMap { place in value(place).map { (ridge: place.ridge, value: $0) } }
      }
    }
    let values = lines.joined().joined().map(\.value)
    let observed = data?.inputs.map { $0[0] } ?? []
    // Kinks far beyond the data would make all others look alike.
    let scale: Scale
    switch kind {
    case .masses: scale = Scale([0] + values, from: 0, to: 1)
    case .kinks: scale = Scale(observed.isEmpty ? values : observed, from: 0, to: 1, margin: 0.25)
    }
    var drawing = Drawing()
    let axes = frame(
      least, greatest, scale,
      kind == .masses ? "mass" : SVGText.fitted("kink, \(input)", to: 200, size: PictureStyle.labelSize),
      in: &drawing)
    if kind == .kinks {
      for x in Set(observed).sorted() {
        let y = axes.y(x)
        drawing.line(Point(axes.area.left - 4, y), Point(axes.area.left, y), "thin")
        drawing.line(Point(axes.area.right, y), Point(axes.area.right + 4, y), "thin")
      }
    }
    drawing.clipped(to: axes.area, id: kind == .masses ? "mass-area" : "kink-area") { inner in
      for (index, runs) in lines.enumerated() {
        let style = PictureStyle.line(tracks[index].colour)
        for run in runs {
          inner.polyline(
            run.map { axes.place($0.ridge, $0.value) }, tracks[index].sign > 0 ? style : style + " negative")
        }
      }
    }
    let below =
      LineLegend(entries: [
        (PictureStyle.line(0), "positive output weight"), (PictureStyle.line(0) + " negative", "negative"),
      ]).draw(in: &drawing, left: axes.area.left, top: axes.area.bottom + 54, width: axes.area.width)
    return Figure(
      name: kind == .masses ? "masses" : "kinks",
      title: kind == .masses ? "Masses of the atoms along the path" : "Kinks of the atoms along the path",
      description: (kind == .masses ? "The masses" : "The positions of the kinks")
        + " of \(ResultNotes.count(tracks.count, "atom")) against the ridge on a logarithmic axis, with "
        + "\(ResultNotes.count(events.count, "event")).",
      caption: "Numbered lines are the events of the table. An atom keeps its colour while it moves."
        + (kind == .kinks && !observed.isEmpty ? " Short ticks at the sides are the data." : ""),
      width: Self.width, height: below + 16, drawing: drawing)
  }

  private func loss(_ least: Double, _ greatest: Double) -> Figure {
    let samples = result.pieces.flatMap(\.samples).map { ($0.ridge.doubleValue, $0.loss.doubleValue) }
      .sorted { $0.0 < $1.0 }
    var drawing = Drawing()
    let axes = frame(least, greatest, Scale(samples.map(\.1), from: 0, to: 1), "least loss", in: &drawing)
    // Pieces are joined where one begins at the end of another.
    var run: [Point] = []
    var end: DecimalEnclosure?
    for piece in result.pieces {
      if let end, !end.overlaps(piece.from) {
        drawing.polyline(run, PictureStyle.line(0))
        run = []
      }
      run += piece.samples.map { axes.place($0.ridge.doubleValue, $0.loss.doubleValue) }
      end = piece.to
    }
    drawing.polyline(run, PictureStyle.line(0))
    return Figure(
      name: "losses", title: "Least loss of all widths along the path",
      description: "The least loss against the ridge on a logarithmic axis: it grows from "
        + "\(Rounded.text(samples.first?.1 ?? .nan, digits: 5)) to \(Rounded.text(samples.last?.1 ?? .nan, digits: 5)).",
      caption: "Numbered lines are the events of the table.", width: Self.width,
      height: axes.area.bottom + 48, drawing: drawing)
  }
}
