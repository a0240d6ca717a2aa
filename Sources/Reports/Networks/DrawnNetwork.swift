import LandscapeModel

/// A network and what pictures say about it.
struct DrawnNetwork {
  let network: PlainNetwork
  /// What it is called in sentences.
  let name: String
  /// What its panels begin with; empty where there is only one.
  let label: String
  let loss: Double
  /// `max|η|/λ`.
  let ratio: Double?
  /// Whether no number of units reaches a smaller loss.
  let isOptimal: Bool
  /// The number of the colour of its curves.
  let colour: Int

  init(
    _ network: PlainNetwork, name: String, label: String, loss: Double, ratio: Double?, isOptimal: Bool,
    colour: Int
  ) {
    self.network = network
    self.name = name
    self.label = label
    self.loss = loss
    self.ratio = ratio
    self.isOptimal = isOptimal
    self.colour = colour
  }

  /// - Returns: `nil` if a number of the component's point is no double.
  init?(_ component: LandscapeComponent, of problem: EnumerationResult.ProblemSummary) {
    guard let network = PlainNetwork(component.point, of: problem) else { return nil }
    self.init(
      network, name: "component \(component.id)", label: "\(component.id): ",
      loss: component.loss.doubleValue, ratio: component.certificateRatio?.doubleValue,
      isOptimal: component.globalForEveryWidth, colour: min(component.dimension, PictureStyle.colours - 1))
  }

  /// Above a panel.
  var title: String { "\(label)loss \(Rounded.text(loss, digits: 8))" }

  var ratioText: String { ratio.map { Rounded.text($0, digits: 5) } ?? "?" }
}
