/// A horizontal axis that leaves out long empty stretches, where values differ by orders of magnitude.
struct BrokenAxis {
  private let parts: [Scale]

  private static let gap = 26.0
  /// An empty stretch is left out if it takes up more than this share of what is shown.
  private static let emptyShare = 0.75

  init(_ values: [Double], from start: Double, to end: Double) {
    let sorted = Array(Set(values.filter(\.isFinite))).sorted()
    let groups = Self.groups(sorted)
    let counts = groups.map { max(1, Double($0.count)) }
    let length = end - start - Self.gap * Double(groups.count - 1)
    // Half of the length in equal parts, half of it by the number of values.
    var position = start
    parts = zip(groups, counts).map { group, count in
      let share = 0.5 / Double(groups.count) + 0.5 * count / counts.reduce(0, +)
      defer { position += length * share + Self.gap }
      return Scale(group, from: position, to: position + length * share, margin: 0.08)
    }
  }

  /// At most three groups, parted where the longest gaps dwarf the rest.
  private static func groups(_ sorted: [Double]) -> [[Double]] {
    guard let cut = cut(sorted) else { return [sorted] }
    let (low, high) = (Array(sorted[..<cut]), Array(sorted[cut...]))
    if let second = self.cut(low) { return [Array(low[..<second]), Array(low[second...]), high] }
    if let second = self.cut(high) { return [low, Array(high[..<second]), Array(high[second...])] }
    return [low, high]
  }

  private static func cut(_ sorted: [Double]) -> Int? {
    guard sorted.count > 2, let first = sorted.first, let last = sorted.last else { return nil }
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    guard let longest = gaps.indices.max(by: { gaps[$0] < gaps[$1] }),
      gaps[longest] > emptyShare * (last - first)
    else { return nil }
    return longest + 1
  }

  func callAsFunction(_ value: Double) -> Double {
    let part = parts.first { value <= $0.upper } ?? parts[parts.count - 1]
    return part(min(max(value, part.lower), part.upper))
  }

  func draw(in drawing: inout Drawing, area: Area) {
    for part in parts {
      let piece = Area(left: part.start, top: area.top, width: part.end - part.start, height: area.height)
      drawing.rectangle(piece, "plot")
      var free = part.start - 30
      for tick in part.ticks(max(2, Int(piece.width / 90))) {
        let x = part(tick.value)
        drawing.line(Point(x, area.top), Point(x, area.bottom), "grid")
        let half = SVGText.width(tick.label, size: PictureStyle.tickSize) / 2
        guard x - half > free, x + half < part.end + 12 else { continue }
        drawing.label(tick.label, at: Point(x, area.bottom + 15), "tick", .middle)
        free = x + half + 4
      }
      drawing.rectangle(piece, "frame")
    }
    // Two strokes mark each break.
    for part in parts.dropFirst() {
      let middle = part.start - Self.gap / 2
      for offset in [-3.0, 3.0] {
        drawing.line(
          Point(middle + offset - 3, area.bottom + 6), Point(middle + offset + 3, area.bottom - 6), "thin")
      }
    }
  }
}
