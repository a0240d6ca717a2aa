/// The pictures of networks and their data.
struct NetworkFigures {
  /// At least one; the best first.
  let networks: [DrawnNetwork]
  /// How many are left out.
  let omitted: Int
  let data: TrainingData
  let ridge: Double
  /// Whether hidden units have a bias.
  let hasBias: Bool

  enum Certificate {
    case figure(Figure)
    /// Why there is none.
    case note(String)
    case nothing
  }

  /// The networks' outputs and the observed targets.
  func outputs() -> Figure {
    switch data.inputNames.count {
    case 1: FunctionFigure(networks: networks, data: data, omitted: omitted).figure()
    case 2: ContourFigure(networks: networks, data: data, omitted: omitted).figure()
    default: FittedFigure(networks: networks, data: data, omitted: omitted).figure()
    }
  }

  /// The dual certificate.
  func certificate(atMost count: Int) -> Certificate {
    guard case .twoPiece(let slope) = networks[0].network.activation else { return .nothing }
    guard hasBias, (1...2).contains(data.inputNames.count) else {
      return .note("The dual certificate is drawn for one or two inputs and units with a bias only.")
    }
    if data.inputNames.count == 2 {
      return .figure(SphereFigure(drawn: networks[0], data: data, ridge: ridge).figure())
    }
    let shown = Array(networks.prefix(count))
    return .figure(
      CertificateFigure(
        networks: shown, data: data, ridge: ridge, slope: slope,
        omitted: omitted + networks.count - shown.count
      ).figure())
  }

  /// Kinks and changes of slope, for one input.
  func units() -> Figure? {
    guard data.inputNames.count == 1, networks[0].network.activation.hasKink else { return nil }
    return UnitFigure(networks: networks, data: data, omitted: omitted).figure()
  }
}
