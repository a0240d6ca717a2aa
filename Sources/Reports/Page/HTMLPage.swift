/// A page in one file: no script, nothing that is fetched.
struct HTMLPage {
  private var body = ""
  let title: String

  init(title: String) { self.title = title }

  mutating func heading(_ text: String, level: Int = 2) {
    body += "<h\(level)>\(SVGText.escaped(text))</h\(level)>\n"
  }

  /// - Parameter style: a class.
  mutating func paragraph(_ text: String, style: String? = nil) {
    let attribute = style.map { " class=\"\($0)\"" } ?? ""
    body += "<p\(attribute)>\(SVGText.escaped(text))</p>\n"
  }

  mutating func list(_ items: [String]) {
    body += "<ul>\n" + items.map { "<li>\(SVGText.escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  mutating func table(_ table: PageTable) { body += table.element }

  mutating func figure(_ figure: Figure) {
    let caption =
      "<figcaption><strong>\(SVGText.escaped(figure.title)).</strong> \(SVGText.escaped(figure.caption))</figcaption>"
    body += "<figure id=\"\(figure.name)\">\n\(figure.element)\(caption)\n</figure>\n"
  }

  /// JSON for programs that read the file.
  mutating func data(_ json: String, id: String) {
    // Inside a script element only its end has a meaning.
    let safe = json.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
    body += "<script type=\"application/json\" id=\"\(id)\">\n\(safe)\n</script>\n"
  }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <title>\(SVGText.escaped(title))</title>
    <style>
    \(Self.rules)\(PictureStyle.rules)</style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
  }

  private static let rules = """
    body{margin:0;background:#ffffff;color:#16191d;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
    main{max-width:840px;margin:0 auto;padding:24px 20px 60px}
    h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
    h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
    p{margin:.4rem 0}
    figure{margin:1rem 0 1.6rem;break-inside:avoid}
    figcaption{font-size:.88rem;color:#444c55;margin-top:.3rem}
    .picture{max-width:100%;height:auto;display:block}
    .claim{padding:.7rem .9rem;border-left:5px solid;font-weight:600}
    .complete{border-color:#009e73;background:#e8f6f1}
    .incomplete{border-color:#d55e00;background:#fdf0e7}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;width:100%}
    caption{text-align:left;font-size:.88rem;color:#444c55;padding-bottom:.3rem}
    th,td{padding:.25rem .4rem;text-align:right;border-bottom:1px solid #d9dde1;vertical-align:top}
    th.text,td.text{text-align:left}
    thead th{border-bottom:2px solid #8a9199}
    @media (prefers-color-scheme:dark){
    body{background:#15181c;color:#e6e9ec}
    figcaption,caption{color:#b3bac2}
    .complete{background:#10302a}
    .incomplete{background:#3a2213}
    th,td{border-color:#353b42}
    thead th{border-color:#7d848c}
    }
    @media print{main{max-width:none;padding:0}}

    """
}

/// A table with a header for its columns and one for every row.
struct PageTable {
  struct Column {
    let name: String
    var isText = false
  }

  let caption: String
  let columns: [Column]
  /// The first cell of a row is its header.
  let rows: [[String]]

  var element: String {
    func style(_ column: Int) -> String { columns[column].isText ? " class=\"text\"" : "" }
    let head = columns.indices.map {
      "<th scope=\"col\"\(style($0))>\(SVGText.escaped(columns[$0].name))</th>"
    }
    let body = rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == 0
          ? "<th scope=\"row\"\(style(0))>\(SVGText.escaped(cell))</th>"
          : "<td\(style(index))>\(SVGText.escaped(cell))</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return "<div class=\"scroll\"><table>\n<caption>\(SVGText.escaped(caption))</caption>\n"
      + "<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n\(body.joined())</tbody>\n</table></div>\n"
  }
}
