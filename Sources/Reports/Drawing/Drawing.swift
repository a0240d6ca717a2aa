/// A growing list of SVG elements. Looks are given by classes; see `PictureStyle`.
struct Drawing {
  private(set) var text = ""

  enum Anchor: String {
    case start
    case middle
    case end
  }

  mutating func line(_ from: Point, _ to: Point, _ style: String) {
    text +=
      "<line class=\"\(style)\" x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" "
      + "x2=\"\(number(to.x))\" y2=\"\(number(to.y))\"/>\n"
  }

  mutating func polyline(_ points: [Point], _ style: String) {
    guard !points.isEmpty else { return }
    text += "<path class=\"\(style)\" d=\"\(Self.path(points))\"/>\n"
  }

  mutating func polygon(_ points: [Point], _ style: String) {
    guard !points.isEmpty else { return }
    text += "<path class=\"\(style)\" d=\"\(Self.path(points))Z\"/>\n"
  }

  /// A path of several closed polygons.
  mutating func polygons(_ list: [[Point]], _ style: String) {
    guard !list.isEmpty else { return }
    text += "<path class=\"\(style)\" d=\"\(list.map { Self.path($0) + "Z" }.joined())\"/>\n"
  }

  mutating func rectangle(_ area: Area, _ style: String) {
    text +=
      "<rect class=\"\(style)\" x=\"\(number(area.left))\" y=\"\(number(area.top))\" "
      + "width=\"\(number(area.width))\" height=\"\(number(area.height))\"/>\n"
  }

  /// - Parameter name: what a pointer over it shows.
  mutating func circle(_ centre: Point, radius: Double, _ style: String, name: String? = nil) {
    let start =
      "<circle class=\"\(style)\" cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"\(number(radius))\""
    text += start + closing(name, "circle")
  }

  mutating func diamond(_ centre: Point, radius: Double, _ style: String, name: String? = nil) {
    let corners = [(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]
    mark(corners.map { Point(centre.x + radius * $0.0, centre.y + radius * $0.1) }, style, name)
  }

  mutating func star(_ centre: Point, radius: Double, _ style: String, name: String? = nil) {
    let corners = Star.corners.map { Point(centre.x + radius * 1.5 * $0.x, centre.y + radius * 1.5 * $0.y) }
    mark(corners, style, name)
  }

  mutating func label(_ content: String, at place: Point, _ style: String, _ anchor: Anchor = .start) {
    text +=
      "<text class=\"\(style)\" x=\"\(number(place.x))\" y=\"\(number(place.y))\" "
      + "text-anchor=\"\(anchor.rawValue)\">\(SVGText.escaped(content))</text>\n"
  }

  /// A label that reads upwards.
  mutating func uprightLabel(_ content: String, at place: Point, _ style: String) {
    text +=
      "<text class=\"\(style)\" text-anchor=\"middle\" "
      + "transform=\"translate(\(number(place.x)) \(number(place.y))) rotate(-90)\">"
      + "\(SVGText.escaped(content))</text>\n"
  }

  /// Draws inside an area only.
  mutating func clipped(to area: Area, id: String, _ draw: (inout Drawing) -> Void) {
    var inner = Drawing()
    draw(&inner)
    text +=
      "<clipPath id=\"\(id)\"><rect x=\"\(number(area.left))\" y=\"\(number(area.top))\" "
      + "width=\"\(number(area.width))\" height=\"\(number(area.height))\"/></clipPath>\n"
      + "<g clip-path=\"url(#\(id))\">\n\(inner.text)</g>\n"
  }

  /// Draws inside a circle only.
  mutating func clipped(toCircle centre: Point, radius: Double, id: String, _ draw: (inout Drawing) -> Void) {
    var inner = Drawing()
    draw(&inner)
    text +=
      "<clipPath id=\"\(id)\"><circle cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" "
      + "r=\"\(number(radius))\"/></clipPath>\n<g clip-path=\"url(#\(id))\">\n\(inner.text)</g>\n"
  }

  mutating func add(_ other: Drawing) { text += other.text }

  private mutating func mark(_ corners: [Point], _ style: String, _ name: String?) {
    text += "<path class=\"\(style)\" d=\"\(Self.path(corners))Z\"" + closing(name, "path")
  }

  private func closing(_ name: String?, _ element: String) -> String {
    guard let name else { return "/>\n" }
    return "><title>\(SVGText.escaped(name))</title></\(element)>\n"
  }

  private func number(_ value: Double) -> String { SVGText.coordinate(value) }

  private static func path(_ points: [Point]) -> String {
    var result = ""
    for (index, point) in points.enumerated() {
      result += (index == 0 ? "M" : "L") + SVGText.coordinate(point.x) + " " + SVGText.coordinate(point.y)
    }
    return result
  }

  private enum Star {
    /// Ten corners of a five-pointed star of radius 1, the topmost first; `cos` and `sin` of multiples of 36°.
    static let corners: [Point] = {
      let outer = [
        (0, -1), (0.951057, -0.309017), (0.587785, 0.809017), (-0.587785, 0.809017), (-0.951057, -0.309017),
      ]
      let inner = [
        (0.587785, -0.809017), (0.951057, 0.309017), (0, 1), (-0.951057, 0.309017), (-0.587785, -0.809017),
      ]
      return zip(outer, inner).flatMap { [Point($0.0, $0.1), Point(0.45 * $1.0, 0.45 * $1.1)] }
    }()
  }
}

/// A place in a picture, in pixels from the upper left corner.
struct Point: Hashable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A rectangle in a picture.
struct Area: Hashable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }
}
