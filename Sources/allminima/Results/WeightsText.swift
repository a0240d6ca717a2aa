import Interchange
import LandscapeModel

/// Writes the parameters of a component's point for people, one line for each unit.
struct WeightsText {
  private static let indent = "       "

  private let inputNames: [String]?
  private let hasBias: Bool
  private let hasSkip: Bool
  private let hasOutputBias: Bool

  init(inputNames: [String]?, hasBias: Bool, hasSkip: Bool, hasOutputBias: Bool) {
    self.inputNames = inputNames
    self.hasBias = hasBias
    self.hasSkip = hasSkip
    self.hasOutputBias = hasOutputBias
  }

  func lines(_ component: LandscapeComponent, digits: Int) -> [String] {
    let point = component.point
    func column(_ numbers: [DecimalEnclosure]) -> [String] {
      DecimalColumn(numbers.map { $0.rounded(toDigits: digits).description }).aligned
    }
    let width = point.w.first?.count ?? 0
    let weights = (0..<width).map { index in column(point.w.map { $0[index] }) }
    let columns = [column(point.a)] + weights
    let rows = point.a.indices.map { unit in [""] + columns.map { $0[unit] } }
    let title = component.kind == .family ? "a member:" : ""
    var lines = TextTable([[title, "a"] + names(width)] + rows, flushRight: []).lines
    if let c = point.c {
      let numbers = c.map { $0.rounded(toDigits: digits).description }
      let skipped = hasSkip ? numbers.dropLast(hasOutputBias ? 1 : 0) : []
      if !skipped.isEmpty {
        let names = inputs(skipped.count, letter: "c")
        lines.append("skip: " + zip(names, skipped).map { "\($0) = \($1)" }.joined(separator: ", "))
      }
      if hasOutputBias, let bias = numbers.last { lines.append("output bias c = " + bias) }
    }
    return lines.map { line in
      Self.indent + line.replacing(#/ +$/#, with: "")
    }
  }

  private func names(_ width: Int) -> [String] {
    inputs(hasBias ? width - 1 : width, letter: "w") + (hasBias ? ["b"] : [])
  }

  private func inputs(_ count: Int, letter: String) -> [String] {
    (0..<count).map { index in
      guard let name = inputNames?[index], !name.isEmpty else {
        return count == 1 ? letter : "\(letter)\(index + 1)"
      }
      return "\(letter)(\(Excerpt.of(Array(name.utf8))))"
    }
  }
}
