import LandscapeModel

/// The pictures of bifurcations.
struct BifurcationFigures {
  private let result: BifurcationResult
  private(set) var list: [Figure] = []
  /// What is left out, and why.
  private(set) var notes: [String] = []

  init(_ result: BifurcationResult) {
    self.result = result
    if let spectrum = SpectrumFigure(result)?.figure() {
      list.append(spectrum)
    } else {
      notes.append("The spectrum at W = I cannot be evaluated in doubles.")
    }
    if let branches = result.branches, !branches.isEmpty {
      list.append(BranchFigure(result: result, branches: branches).figure())
    } else if result.branches == nil {
      notes.append("Branches are drawn where --branches follows them.")
    }
    if let degrees = result.degrees {
      if degrees.classes.count <= OrbitTypeFigure.mostClasses {
        list.append(OrbitTypeFigure(degrees: degrees).figure())
      } else {
        notes.append("The lattice of \(degrees.classes.count) orbit types is too large for a picture.")
      }
    }
  }
}

/// The eigenvalues of the Hessian at W = I against the parameter.
struct SpectrumFigure {
  private let result: BifurcationResult
  /// For every isotypic component its eigenvalues.
  private let curves: [[Formula]]
  private let weights: (p: Formula, q: Formula)

  private static let width = 720.0
  private static let steps = 240

  /// - Returns: `nil` if a closed form cannot be read.
  init?(_ result: BifurcationResult) {
    self.result = result
    let name = result.family == .homotopy ? "lambda" : "alpha"
    guard let p = Formula(result.weights.P, variables: [name]),
      let q = Formula(result.weights.Q, variables: [name])
    else { return nil }
    weights = (p, q)
    var curves: [[Formula]] = []
    for component in result.isotypic {
      let formulas = component.closedForms.compactMap { Formula($0, variables: ["P", "Q", "k", "pi"]) }
      guard formulas.count == component.closedForms.count else { return nil }
      curves.append(formulas)
    }
    self.curves = curves
  }

  func figure() -> Figure {
    let critical = result.criticalValues.map(\.value.doubleValue)
    let special = result.family == .homotopy ? [0.0, 2.0] : [-1.0, 1.0]
    let range = Scale(critical + special, from: 0, to: 1, margin: 0.12)
    let places = (0...Self.steps).map {
      range.lower + (range.upper - range.lower) * Double($0) / Double(Self.steps)
    }
    let lines = curves.map { formulas in
      formulas.map { formula in places.map { ($0, value(formula, at: $0)) } }
    }
    let area = Area(left: 66, top: 14, width: Self.width - 86, height: 300)
    // The large eigenvalues would hide where the small ones change their sign.
    let least = lines.joined().joined().map(\.1).filter(\.isFinite)
    let sorted = least.map { abs($0) }.sorted()
    let bound = sorted.isEmpty ? 1 : max(2.5 * sorted[sorted.count / 2], 0.3 * (sorted.last ?? 1))
    let axes = Axes(
      area: area, x: Scale(lower: range.lower, upper: range.upper, from: area.left, to: area.right),
      y: Scale(least.filter { abs($0) <= bound } + [0], from: area.bottom, to: area.top))
    var drawing = Drawing()
    axes.draw(in: &drawing)
    axes.title(x: result.family == .homotopy ? "λ" : "slope α", y: "eigenvalue", in: &drawing, leftOf: 13)
    for value in critical {
      drawing.line(axes.place(value, axes.y.lower), axes.place(value, axes.y.upper), "dashed")
    }
    drawing.line(axes.place(range.lower, 0), axes.place(range.upper, 0), "thin")
    drawing.clipped(to: area, id: "spectrum-area") { inner in
      for (index, formulas) in lines.enumerated() {
        for line in formulas {
          for run in line.split(whereSeparator: { !$0.1.isFinite }) {
            inner.polyline(
              run.map { axes.place($0.0, min(max($0.1, axes.y.lower - 1), axes.y.upper + 1)) },
              PictureStyle.line(index))
          }
        }
      }
      for value in critical {
        inner.circle(axes.place(value, 0), radius: 4.5, PictureStyle.fill(6), name: "singular")
      }
    }
    let legend = LineLegend(
      entries: result.isotypic.enumerated().map { index, component in
        (PictureStyle.line(index), "\(component.type), each \(component.dimension)-fold")
      })
    let below = legend.draw(in: &drawing, left: area.left, top: area.bottom + 54, width: area.width)
    return Figure(
      name: "spectrum", title: "Spectrum at W = I",
      description:
        "The eigenvalues of the Hessian at W = I against the parameter, by isotypic component; singular at "
        + critical.map { Rounded.text($0, digits: 6) }.joined(separator: ", ") + ".",
      caption:
        "Dashed: critical values, where an eigenvalue vanishes. Larger eigenvalues are outside of the picture.",
      width: Self.width, height: below + 16, drawing: drawing)
  }

  private func value(_ formula: Formula, at place: Double) -> Double {
    formula([weights.p([place]), weights.q([place]), Double(result.units), .pi])
  }
}
