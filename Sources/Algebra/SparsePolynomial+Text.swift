/// Writes polynomials as text, term by term: `3*x^2*y-z+1`.
public struct PolynomialTextWriter {
  private let names: [[UInt8]]
  private var bytes: [UInt8] = []

  /// - Parameter variables: one name for each variable.
  public init(variables: [String]) {
    names = variables.map { Array($0.utf8) }
  }

  /// The text so far, `0` if no term was written.
  public var text: String { bytes.isEmpty ? "0" : String(decoding: bytes, as: UTF8.self) }

  /// Appends a term whose coefficient is not zero.
  ///
  /// Buffers rather than any collections: a generic would not be specialised for other modules.
  public mutating func append(
    isNegative: Bool, magnitude words: UnsafeBufferPointer<UInt64>, exponents: UnsafeBufferPointer<UInt32>
  ) {
    precondition(exponents.count == names.count)
    if isNegative {
      bytes.append(UInt8(ascii: "-"))
    } else if !bytes.isEmpty {
      bytes.append(UInt8(ascii: "+"))
    }
    let isOne = words.count == 1 && words.first == 1
    let isConstant = exponents.allSatisfy { $0 == 0 }
    if !isOne || isConstant {
      DecimalDigits.append(words, to: &bytes)
      if !isConstant { bytes.append(UInt8(ascii: "*")) }
    }
    var isFirst = true
    for (variable, exponent) in exponents.enumerated() where exponent > 0 {
      if !isFirst { bytes.append(UInt8(ascii: "*")) }
      isFirst = false
      bytes += names[variable]
      if exponent > 1 {
        bytes.append(UInt8(ascii: "^"))
        DecimalDigits.append(UInt64(exponent), to: &bytes)
      }
    }
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// The polynomial as text, in the sequence of its terms: `3*x^2*y-z+1`, `0` for zero.
  ///
  /// - Parameter variables: one name for each variable.
  public func text(variables: [String]) -> String {
    precondition(variables.count == variableCount)
    var writer = PolynomialTextWriter(variables: variables)
    exponents.withUnsafeBufferPointer { exponents in
      for term in 0..<termCount {
        let vector = UnsafeBufferPointer(
          rebasing: exponents[term * variableCount..<(term + 1) * variableCount])
        coefficients[term].words.withUnsafeBufferPointer {
          writer.append(isNegative: coefficients[term].isNegative, magnitude: $0, exponents: vector)
        }
      }
    }
    return writer.text
  }
}
