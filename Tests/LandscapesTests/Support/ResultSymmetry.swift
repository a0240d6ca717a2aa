import LandscapeModel

/// What a symmetry of the problem does to a result.
struct ResultSymmetry {
  /// The row of the first problem that stands at each place of the second.
  var rows: [Int]?
  /// Factors of the losses (after which `lossShift` is added) and of the sums of `a²`.
  var lossFactor = 1.0
  var lossShift = 0.0
  var totalFactor = 1.0
  /// Whether `+` and `−` are exchanged.
  var flipsPatterns = false
  /// Whether the output weights change their signs.
  var flipsOutputs = false
  /// Absolute value: patterns are taken up to sign.
  var patternsUpToSign = false

  /// How the second result differs from the image of the first; `nil` if it does not.
  func difference(_ first: EnumerationResult, _ second: EnumerationResult) -> String? {
    let image = first.components.map { key($0, isImage: true) }.sorted()
    let found = second.components.map { key($0, isImage: false) }.sorted()
    if image != found { return "components \(image) became \(found)" }
    let undecided = first.undecided.map { $0.faces.map { pattern($0.description) }.sorted() }
    let undecidedFound = second.undecided.map { $0.faces.map { canonical(Array($0.description)) }.sorted() }
    if Set(undecided) != Set(undecidedFound) { return "undecided \(undecided) became \(undecidedFound)" }
    if first.strata.total != second.strata.total { return "number of strata" }
    // Components with the same key are told apart by their losses.
    func numbers(_ result: EnumerationResult, isImage: Bool) -> [(String, [Double])] {
      result.components.map { component in
        let loss = middle(component.loss)
        let units = sortedUnits(component, isImage: isImage)
        return (
          key(component, isImage: isImage),
          [isImage ? loss * lossFactor + lossShift : loss, middle(component.certificateRatio)]
            + units.flatMap { unit in
              [unit.lower, unit.upper].map { isImage ? $0 * totalFactor : $0 }
            }
        )
      }.sorted { ($0.0, $0.1[0]) < ($1.0, $1.1[0]) }
    }
    for (left, right) in zip(numbers(first, isImage: true), numbers(second, isImage: false)) {
      for (a, b) in zip(left.1, right.1) where abs(a - b) > 1e-12 * (abs(a) + abs(b) + abs(lossShift)) {
        return "numbers of \(left.0): \(left.1) became \(right.1)"
      }
    }
    return nil
  }

  private func key(_ component: LandscapeComponent, isImage: Bool) -> String {
    let units = sortedUnits(component, isImage: isImage).map(\.text).joined(separator: " ")
    return "\(units) dimension \(component.dimension) \(component.kind) \(component.ends) "
      + "\(component.location) \(component.kinks) orbit \(component.orbitSize) "
      + "global \(component.globalForWidth) \(component.globalForEveryWidth) "
      + "vertices \(component.vertices?.count ?? 1)"
  }

  private func sortedUnits(
    _ component: LandscapeComponent, isImage: Bool
  ) -> [(text: String, lower: Double, upper: Double)] {
    component.units.map { unit in
      let pattern = isImage ? pattern(unit.pattern.description) : canonical(Array(unit.pattern.description))
      let sign = isImage && flipsOutputs ? -unit.outputSign : unit.outputSign
      return (
        "\(pattern) \(sign) ×\(unit.count)", unit.total?.lower.doubleValue ?? .nan,
        unit.total?.upper.doubleValue ?? .nan
      )
    }.sorted { $0.text < $1.text }
  }

  /// The image of a pattern.
  private func pattern(_ text: String) -> String {
    let signs = Array(text)
    guard signs != Array("all") else { return text }
    let ordered = rows.map { $0.map { signs[$0] } } ?? signs
    return canonical(flipsPatterns ? ordered.map(Self.flipped) : ordered)
  }

  private func canonical(_ signs: [Character]) -> String {
    guard patternsUpToSign, signs.first(where: { $0 != "0" }) == "-" else { return String(signs) }
    return String(signs.map(Self.flipped))
  }

  private static func flipped(_ sign: Character) -> Character {
    switch sign {
    case "+": "-"
    case "-": "+"
    default: sign
    }
  }
}
