import LandscapeModel

/// The pictures of an enumeration's result.
struct LandscapeFigures {
  let result: EnumerationResult
  /// The data, where they are known.
  let data: TrainingData?

  /// So many marks can be told apart.
  static let mostMarks = 60
  /// So many small panels, and so many curves in one plot.
  private static let mostPanels = 12
  private static let mostSegments = 12
  private static let mostCertificates = 6

  /// What is left out, and why.
  private(set) var notes: [String] = []
  private(set) var list: [Figure] = []

  init(_ result: EnumerationResult, data: TrainingData?) {
    self.result = result
    self.data = data
    guard !result.components.isEmpty else { return }
    addLadder()
    if let data {
      addWithData(data)
    } else {
      notes.append(
        "Functions, the dual certificate and the loss between minima need the data: give them with --data.")
    }
    addFamilies()
  }

  private mutating func addLadder() {
    let shown = Array(result.components.prefix(Self.mostMarks))
    list.append(LadderFigure(components: shown, omitted: result.components.count - shown.count).figure())
  }

  private mutating func addWithData(_ data: TrainingData) {
    let drawable = result.components.prefix(Self.mostPanels).compactMap { component in
      DrawnNetwork(component, of: result.problem).map { (component, $0) }
    }
    guard !drawable.isEmpty else {
      notes.append("The numbers of these components are too large or too small for pictures.")
      return
    }
    let networks = drawable.map(\.1)
    let pictures = NetworkFigures(
      networks: networks, omitted: result.components.count - networks.count, data: data, ridge: ridge,
      hasBias: result.problem.bias)
    list.append(pictures.outputs())
    if drawable[0].0.certificateRatio != nil {
      switch pictures.certificate(atMost: Self.mostCertificates) {
      case .figure(let figure): list.append(figure)
      case .note(let note): notes.append(note)
      case .nothing: break
      }
    }
    if let units = pictures.units() { list.append(units) }
    if networks.count > 1 {
      let count = min(networks.count, Self.mostSegments + 1)
      list.append(
        SegmentFigure(
          networks: Array(networks.prefix(count)), labels: drawable.prefix(count).map { "\($0.0.id)" },
          data: data,
          problem: result.problem, ridge: ridge, omitted: result.components.count - count
        ).figure())
    }
  }

  private mutating func addFamilies() {
    let families = result.components.filter(FamilyFigure.applies)
    guard !families.isEmpty else { return }
    let shown = Array(families.prefix(Self.mostPanels))
    list.append(FamilyFigure(components: shown, omitted: families.count - shown.count).figure())
  }

  private var ridge: Double { Formula.value(of: result.problem.ridge) ?? .nan }
}
