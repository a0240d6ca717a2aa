/// How pictures look: plain rules, which other programs than browsers understand, too.
///
/// The colours are those of Okabe and Ito (2008), which can be told apart by people with any kind of colour vision.
enum PictureStyle {
  static let tickSize = 11.0
  static let labelSize = 12.0

  /// The classes `c0` … `c6` colour lines, `f0` … `f6` areas.
  static let colours = 7

  static func line(_ index: Int) -> String { "line c\(index % colours)" }
  static func fill(_ index: Int) -> String { "mark f\(index % colours)" }
  static func hollow(_ index: Int) -> String { "hollow c\(index % colours)" }

  static let rules: String = {
    let light = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a7a7a"]
    let dark = ["#56b4e9", "#ff8c42", "#2cc7a0", "#e6a3c8", "#f0b429", "#8fd3ff", "#a8a8a8"]
    func coloured(_ colours: [String]) -> String {
      colours.enumerated().map { ".c\($0){stroke:\($1)}.f\($0){fill:\($1)}" }.joined(separator: "\n") + "\n"
    }
    return """
      .picture{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      .paper{fill:#ffffff}
      .plot{fill:#f7f7f7}
      .frame{fill:none;stroke:#8a8a8a;stroke-width:1}
      .grid{stroke:#e2e2e2;stroke-width:1}
      .tick{font-size:11px;fill:#444444}
      .axis,.note{font-size:12px;fill:#222222}
      .name{font-size:12px;font-weight:600;fill:#111111}
      .line{fill:none;stroke-width:1.8;stroke-linejoin:round}
      .negative{stroke-dasharray:7 3}
      .weak{stroke-dasharray:3 3;stroke-width:1.4}
      .link{stroke:#b4b4b4;stroke-width:1}
      .thin{fill:none;stroke:#666666;stroke-width:1}
      .dashed{fill:none;stroke:#444444;stroke-width:1.2;stroke-dasharray:5 4}
      .mark{stroke:#ffffff;stroke-width:0.8}
      .hollow{fill:#ffffff;stroke-width:1.8}
      .datum{fill:#555555;fill-opacity:0.65}
      .band{fill-opacity:0.3;stroke:none}
      .b0{fill:#08306b}.b1{fill:#2f6ca8}.b2{fill:#7fb0d6}.b3{fill:#cfe1f0}.b4{fill:#f6f6f6}
      .b5{fill:#fbdcc4}.b6{fill:#f2a772}.b7{fill:#d96b2b}.b8{fill:#8c3b06}
      \(coloured(light))@media (prefers-color-scheme:dark){
      .paper{fill:#15181c}
      .plot{fill:#1d2126}
      .frame{stroke:#7d848c}
      .grid{stroke:#2d333a}
      .tick{fill:#b9c0c8}
      .axis,.note{fill:#d6dbe1}
      .name{fill:#eef1f4}
      .link{stroke:#565d66}
      .thin{stroke:#9aa2ab}
      .dashed{stroke:#c2c8cf}
      .mark{stroke:#15181c}
      .hollow{fill:#15181c}
      .datum{fill:#b4bac2}
      .b0{fill:#a9cdf0}.b1{fill:#5b93c9}.b2{fill:#2f639b}.b3{fill:#1d3b5c}.b4{fill:#23272c}
      .b5{fill:#5a3416}.b6{fill:#96511c}.b7{fill:#d07a35}.b8{fill:#f7b98a}
      \(coloured(dark))}

      """
  }()
}
