import Foundation
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
      PlainNetwork(component.point, of: result.problem).map { (component, $0) }
    }
    guard !drawable.isEmpty else {
      notes.append("The numbers of these components are too large or too small for pictures.")
      return
    }
    let (components, networks) = (drawable.map(\.0), drawable.map(\.1))
    let omitted = result.components.count - components.count
    switch data.inputNames.count {
    case 1:
      list.append(
        FunctionFigure(components: components, networks: networks, data: data, omitted: omitted).figure())
    case 2:
      list.append(
        ContourFigure(components: components, networks: networks, data: data, omitted: omitted).figure())
    default:
      list.append(
        FittedFigure(components: components, networks: networks, data: data, omitted: omitted).figure())
    }
    addCertificate(components, networks, data)
    if data.inputNames.count == 1, networks[0].activation.hasKink {
      list.append(
        UnitFigure(components: components, networks: networks, data: data, omitted: omitted).figure())
    }
    if networks.count > 1 {
      let count = min(networks.count, Self.mostSegments + 1)
      list.append(
        SegmentFigure(
          components: Array(components.prefix(count)), networks: Array(networks.prefix(count)), data: data,
          problem: result.problem, ridge: ridge, omitted: result.components.count - count
        ).figure())
    }
  }

  private mutating func addCertificate(
    _ components: [LandscapeComponent], _ networks: [PlainNetwork], _ data: TrainingData
  ) {
    guard case .twoPiece(let slope) = networks[0].activation, components[0].certificateRatio != nil else {
      return
    }
    guard result.problem.bias, data.inputNames.count <= 2, !data.inputNames.isEmpty else {
      notes.append("The dual certificate is drawn for one or two inputs and units with a bias only.")
      return
    }
    if data.inputNames.count == 2 {
      list.append(
        SphereFigure(component: components[0], network: networks[0], data: data, ridge: ridge).figure())
    } else {
      let count = min(components.count, Self.mostCertificates)
      list.append(
        CertificateFigure(
          components: Array(components.prefix(count)), networks: Array(networks.prefix(count)), data: data,
          ridge: ridge, slope: slope, omitted: result.components.count - count
        ).figure())
    }
  }

  private mutating func addFamilies() {
    let families = result.components.filter(FamilyFigure.applies)
    guard !families.isEmpty else { return }
    let shown = Array(families.prefix(Self.mostPanels))
    list.append(FamilyFigure(components: shown, omitted: families.count - shown.count).figure())
  }

  /// `λ` in doubles.
  private var ridge: Double {
    let parts = result.problem.ridge.split(separator: "/").compactMap { Double($0) }
    return parts.count == 2 ? parts[0] / parts[1] : parts.first ?? .nan
  }
}
