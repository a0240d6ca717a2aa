/// What a report says about one result.
public struct ReportPart: Sendable {
  enum Block: Sendable {
    case claim(String, isComplete: Bool)
    case heading(String)
    case paragraph(String)
    case list([String])
    case table(PageTable)
    case figure(Figure)
  }

  let title: String
  private(set) var blocks: [Block]
  /// The result itself, for programs that read the page.
  let json: String

  init(title: String, blocks: [Block], json: String) {
    self.title = title
    self.blocks = blocks
    self.json = Self.compact(json)
  }

  /// JSON without spaces and line ends between its tokens.
  private static func compact(_ json: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(json.utf8.count)
    var (isInText, isEscaped) = (false, false)
    for byte in json.utf8 {
      if isInText {
        isInText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else {
        if [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")].contains(byte) {
          continue
        }
        isInText = byte == UInt8(ascii: "\"")
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Every picture, in the order of the page.
  var figures: [Figure] {
    blocks.compactMap { block in
      if case .figure(let figure) = block { figure } else { nil }
    }
  }

  /// With names of the pictures that tell it apart from other parts.
  func numbered(_ number: Int) -> ReportPart {
    var part = self
    part.blocks = blocks.map { block in
      if case .figure(let figure) = block {
        .figure(figure.renamed("\(figure.name)-\(number)"))
      } else {
        block
      }
    }
    return part
  }

  func write(to page: inout HTMLPage, name: String) {
    page.heading(title, level: 1)
    for block in blocks {
      switch block {
      case .claim(let text, let isComplete):
        page.paragraph(text, style: "claim " + (isComplete ? "complete" : "incomplete"))
      case .heading(let text): page.heading(text)
      case .paragraph(let text): page.paragraph(text)
      case .list(let items): page.list(items)
      case .table(let table): page.table(table)
      case .figure(let figure): page.figure(figure)
      }
    }
    page.data(json, id: name)
  }
}

/// A report: one HTML file that needs nothing else.
///
/// The same input gives the same bytes. Cost: milliseconds.
public struct ReportPage: Sendable {
  private let parts: [ReportPart]

  /// - Parameter parts: at least one.
  public init(_ parts: [ReportPart]) {
    precondition(!parts.isEmpty, "a report is about something")
    self.parts = parts.count == 1 ? parts : parts.enumerated().map { $1.numbered($0 + 1) }
  }

  /// Every picture, in the order of the page, under names of their own.
  public var figures: [Figure] { parts.flatMap(\.figures) }

  public var html: String {
    var page = HTMLPage(title: parts.count == 1 ? parts[0].title : "\(parts.count) results")
    for (index, part) in parts.enumerated() {
      part.write(to: &page, name: index == 0 ? "result" : "result-\(index + 1)")
    }
    return page.text
  }
}
