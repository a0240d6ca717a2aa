/// One picture, as a part of a page or as a file of its own.
public struct Figure: Sendable {
  /// A name for files and links: lower-case letters, digits and hyphens.
  public private(set) var name: String
  /// A few words.
  public let title: String
  /// What the picture shows, for those who do not see it.
  public let description: String
  /// What a reader should know below the picture.
  public let caption: String
  let width: Double
  let height: Double
  let drawing: Drawing

  init(
    name: String, title: String, description: String, caption: String, width: Double, height: Double,
    drawing: Drawing
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.caption = caption
    self.width = width
    self.height = height
    self.drawing = drawing
  }

  func renamed(_ name: String) -> Figure {
    var figure = self
    figure.name = name
    return figure
  }

  /// As an element of a page that has `PictureStyle.rules`.
  var element: String { svg(attributes: "", style: "") }

  /// As an SVG file.
  public var file: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + svg(
        attributes: " xmlns=\"http://www.w3.org/2000/svg\"", style: "<style>\n\(PictureStyle.rules)</style>\n"
      )
  }

  private func svg(attributes: String, style: String) -> String {
    let (width, height) = (SVGText.coordinate(width), SVGText.coordinate(height))
    return """
      <svg\(attributes) class="picture" role="img" aria-labelledby="\(name)-title \(name)-desc" \
      width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">
      <title id="\(name)-title">\(SVGText.escaped(title))</title>
      <desc id="\(name)-desc">\(SVGText.escaped(description))</desc>
      \(style)<rect class="paper" width="\(width)" height="\(height)"/>
      \(drawing.text)</svg>

      """
  }
}

/// Small multiples: equal panels in rows.
struct PanelGrid {
  let count: Int
  let columns: Int
  let width: Double
  let panelHeight: Double
  let left: Double
  let bottom: Double
  private let gap = 18.0
  private let header = 20.0

  /// - Parameters:
  ///   - left: the room left of every panel of the first column; likewise below the last row.
  init(count: Int, columns: Int, width: Double, panelHeight: Double, left: Double = 58, bottom: Double = 44) {
    self.count = count
    self.columns = max(1, min(columns, count))
    self.width = width
    self.panelHeight = panelHeight
    self.left = left
    self.bottom = bottom
  }

  var rows: Int { (count + columns - 1) / columns }
  var height: Double { Double(rows) * (panelHeight + header + gap) + bottom }

  /// The plot's area of a panel.
  func area(_ index: Int) -> Area {
    let panelWidth = (width - left - gap * Double(columns)) / Double(columns)
    return Area(
      left: left + Double(index % columns) * (panelWidth + gap),
      top: header + Double(index / columns) * (panelHeight + header + gap),
      width: panelWidth, height: panelHeight)
  }

  func isFirstInRow(_ index: Int) -> Bool { index % columns == 0 }

  /// Whether no panel is below.
  func isLastInColumn(_ index: Int) -> Bool { index + columns >= count }

  /// Draws a panel's frame on scales that all panels share; ticks and titles stand at the grid's edges only.
  ///
  /// - Returns: the panel's axes.
  func drawAxes(
    of index: Int, x: Scale, y: Scale, titles: (x: String, y: String), in drawing: inout Drawing
  ) -> Axes {
    let area = area(index)
    let axes = Axes(
      area: area, x: Scale(lower: x.lower, upper: x.upper, from: area.left, to: area.right),
      y: Scale(lower: y.lower, upper: y.upper, from: area.bottom, to: area.top))
    axes.draw(in: &drawing, labelsX: isLastInColumn(index), labelsY: isFirstInRow(index))
    axes.title(
      x: isLastInColumn(index) ? titles.x : nil, y: isFirstInRow(index) ? titles.y : nil, in: &drawing,
      leftOf: 13)
    return axes
  }

  /// The title above a panel.
  func drawTitle(_ text: String, of index: Int, in drawing: inout Drawing) {
    let area = area(index)
    let fitted = SVGText.fitted(text, to: area.width, size: PictureStyle.labelSize)
    drawing.label(fitted, at: Point(area.left, area.top - 6), "name")
  }
}
