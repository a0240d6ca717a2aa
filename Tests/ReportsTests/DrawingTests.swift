import Testing

@testable import Reports

struct DrawingTests {
  @Test(arguments: [
    (0.0, 1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    (-3, 12, ["0", "5", "10"]),
    (1e-9, 4e-9, ["1e−9", "1.5e−9", "2e−9", "2.5e−9", "3e−9", "3.5e−9", "4e−9"]),
    (11557, 11661, ["11560", "11580", "11600", "11620", "11640", "11660"]),
  ])
  func ticksAreRoundNumbers(lower: Double, upper: Double, labels: [String]) {
    let ticks = Scale(lower: lower, upper: upper, from: 0, to: 100).ticks(5)
    #expect(ticks.map(\.label) == labels)
  }

  @Test func ticksAreInsideAndInOrder() {
    var generator = SystemSeed()
    for _ in 0..<500 {
      let size = generator.next(from: -200, to: 200)
      let lower = generator.next(from: -1, to: 1) * power(size)
      let scale = Scale(lower: lower, upper: lower + power(size), from: 0, to: 1)
      let values = scale.ticks(6).map(\.value)
      #expect(values.count >= 2 && values.count <= 13)
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
      #expect(values.allSatisfy { scale($0) > -1e-6 && scale($0) < 1 + 1e-6 })
    }
  }

  @Test func labelsInAColumnDoNotOverlap() {
    let places = LabelColumn.places([5, 5, 6, 90, 91], distance: 10, within: 0...100)
    let sorted = places.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 10 - 1e-9 })
    #expect(places[3] <= 100 && places[4] <= 100 && places[0] >= 0)
    #expect(places[0] < places[2])
  }

  @Test func numbersForPeople() {
    #expect(Rounded.text(11557.6722446, digits: 8) == "11557.672")
    #expect(Rounded.text(-0.00012345, digits: 3) == "−0.000123")
    #expect(Rounded.text(1.5e-300, digits: 2) == "1.5e−300")
    #expect(Rounded.text(0) == "0")
    #expect(SVGText.coordinate(-0.004) == "0" && SVGText.coordinate(1.05) == "1.05")
  }

  @Test func aBrokenAxisKeepsTheOrder() {
    let values = [1.0, 1.001, 1.002, 50, 51, 4000]
    let axis = BrokenAxis(values, from: 0, to: 600)
    let places = values.map { axis($0) }
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 > 3 })
    #expect(places.allSatisfy { (0...600).contains($0) })
  }

  @Test func contoursCoverExactlyTheRest() {
    // f(x, y) = x on a grid: at least 1.5 is a strip of width 1.5.
    let contours = FilledContours(values: (0...3).map { _ in [0, 1, 2, 3] })
    let area = contours.polygons(atLeast: 1.5).map(Self.area).reduce(0, +)
    #expect(abs(area - 4.5) < 1e-12)
  }

  private static func area(_ polygon: [Point]) -> Double {
    abs(zip(polygon, polygon.dropFirst() + [polygon[0]]).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y })
      / 2
  }

  private func power(_ exponent: Double) -> Double {
    var value = 1.0
    for _ in 0..<Int(exponent.magnitude) { value *= exponent < 0 ? 0.1 : 10 }
    return value
  }
}

/// A small generator with a fixed seed.
private struct SystemSeed {
  private var state: UInt64 = 42

  mutating func next(from lower: Double, to upper: Double) -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return lower + (upper - lower) * Double(state >> 11) / Double(1 << 53)
  }
}
