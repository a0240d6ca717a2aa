/// Numbers padded so that their decimal points stand below each other.
struct DecimalColumn {
  let aligned: [String]

  init(_ numbers: [String]) {
    func whole(_ text: String) -> Int { text.prefix { $0 != "." }.count }
    let before = numbers.map(whole).max() ?? 0
    let after = numbers.map { $0.count - whole($0) }.max() ?? 0
    aligned = numbers.map { text in
      String(repeating: " ", count: before - whole(text)) + text
        + String(repeating: " ", count: after - (text.count - whole(text)))
    }
  }
}
