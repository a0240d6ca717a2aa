import Interchange
import LandscapeModel

/// Writes the parameters of a component's point for people, one line for each unit.
struct WeightsText {
  private static let indent = "       "

  private let inputNames: [String]?
  private let hasBias: Bool

  init(inputNames: [String]?, hasBias: Bool) {
    self.inputNames = inputNames
    self.hasBias = hasBias
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
      lines.append("output bias c = " + c.rounded(toDigits: digits).description)
    }
    return lines.map { line in
      Self.indent + line.replacing(#/ +$/#, with: "")
    }
  }

  private func names(_ width: Int) -> [String] {
    let inputs = hasBias ? width - 1 : width
    let weights = (0..<inputs).map { index -> String in
      guard let name = inputNames?[index], !name.isEmpty else { return inputs == 1 ? "w" : "w\(index + 1)" }
      return "w(\(Excerpt.of(Array(name.utf8))))"
    }
    return weights + (hasBias ? ["b"] : [])
  }
}
