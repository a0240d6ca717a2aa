import Bifurcations
import LandscapeModel

extension BifurcationText {
  /// The classes of subgroups.
  var subgroups: [String] {
    guard let degrees = result.degrees else { return [] }
    let rows = degrees.classes.map { subgroup in
      [
        subgroup.orbitType, "\(subgroup.order)", "\(subgroup.conjugates)",
        subgroup.generators.map(Self.cycles).joined(separator: ", "),
      ]
    }
    return table(
      "Subgroups of S\(result.units) up to conjugacy:", ["name", "order", "conjugates", "generators"], rows,
      flushRight: [1, 2])
  }

  /// Degrees as sums of orbit types.
  var degrees: [String] {
    guard let degrees = result.degrees else { return [] }
    let names = degrees.classes.map(\.orbitType)
    let basic = degrees.basic.map { degree in
      "  deg \(degree.type) = " + Self.sum(zip(names, degree.coefficients).reversed())
    }
    let jumps = result.criticalValues.enumerated().compactMap { position, value in
      value.invariant.map { invariant in
        "  ω at \(position + 1) = " + Self.sum(invariant.map { ($0.orbitType, $0.coefficient) })
      }
    }
    let maximal = result.criticalValues.enumerated().flatMap { position, value in
      IsotypicNames.unique(value.maximalOrbitTypes ?? []).map { type, types in
        "  at \(position + 1) in \(type): "
          + types.map {
            $0.orbitType + ($0.fixedDimension == 1 ? "" : " (fixes dimension \($0.fixedDimension))")
          }
          .joined(separator: ", ")
      }
    }
    return ["Degrees of −1, and their jumps ω, in the Burnside ring:"] + basic + jumps
      + (maximal.isEmpty ? [] : ["Maximal orbit types of the kernels:"] + maximal)
  }

  private static func sum(_ terms: some Sequence<(String, Int)>) -> String {
    let text: String = terms.filter { $0.1 != 0 }.map { name, coefficient -> String in
      let size: String = abs(coefficient) == 1 ? "" : "\(abs(coefficient))"
      return "\(coefficient < 0 ? "−" : "+")\(size)(\(name))"
    }.joined(separator: " ")
    return text.isEmpty ? "0" : text.hasPrefix("+") ? String(text.dropFirst()) : text
  }

  /// A permutation as a product of cycles.
  private static func cycles(_ oneLine: [Int]) -> String {
    var seen: Set<Int> = []
    var text = ""
    for start in 1...oneLine.count where !seen.contains(start) && oneLine[start - 1] != start {
      var cycle: [Int] = []
      var point = start
      while seen.insert(point).inserted {
        cycle.append(point)
        point = oneLine[point - 1]
      }
      text += "(" + cycle.map(String.init).joined(separator: " ") + ")"
    }
    return text.isEmpty ? "()" : text
  }
}

/// Lists by their types, in the order of appearance.
private enum IsotypicNames {
  static func unique(
    _ types: [BifurcationResult.MaximalOrbitType]
  ) -> [(String, [BifurcationResult.MaximalOrbitType])] {
    var names: [String] = []
    for type in types where !names.contains(type.type) { names.append(type.type) }
    return names.map { name in (name, types.filter { $0.type == name }) }
  }
}
