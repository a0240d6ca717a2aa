import Algebra
import CKernels

/// Whether a candidate for a basis over Q fits the system that it was computed for.
///
/// Two statements are tested modulo eight primes each, which took no part in the way to the candidate:
/// - The inputs reduce to zero, so that they belong to the ideal of the candidate. The remainder of an input is a
///   quotient of integers; Hadamard's inequality bounds the size of the numerator by that of the rows of the
///   matrix, B bits together. At most B/30 primes divide it, of about 2.5 · 10⁷, so that one that is not zero is
///   missed with a probability below (B/30 / 2.5 · 10⁷)⁸: 10⁻²⁷ for ten million bits.
/// - `isReached`: the recorded computation leads to the candidate, so that this belongs to the ideal.
struct CandidateCheck {
  let system: IntegerSystem
  /// The monomials of the candidate.
  let reference: [ModularPolynomial]
  let coefficients: PackedIntegers
  let control: Control

  /// Whether the inputs reduce to zero.
  ///
  /// Cost: one reduction of a Macaulay matrix whose lower rows are the inputs.
  ///
  /// - Throws: `Interruption`, `ExponentOverflow`.
  func containsInputs(_ supply: inout PrimeSupply) throws -> Bool {
    let layout = system.layout
    if let first = reference.first, layout.isOne(first.monomials) { return true }
    let (matrix, divisors) = try matrix()
    let starts = reference.starts
    let used = Set((0..<matrix.upper.count).map { Int(matrix.upper[$0].polynomial) }).sorted()
    var fields: [(PrimeField, [[UInt32]])] = []
    while fields.count < FieldLanes.count {
      let next = system.nextPrime(from: &supply, keepingSupport: false)
      let isFit = used.allSatisfy { coefficients.residue(starts[$0], modulo: next.0.prime) != 0 }
      if isFit { fields.append(next) }
    }
    let lanes = FieldLanes(fields.map(\.0))
    let monic = MonicLanes(coefficients, starts: starts, elements: used, lanes: lanes)
    let inputs = IntegerSystem.interleaved(fields.map(\.1))
    let accumulators = GrowableBuffer<UInt64>(capacity: max(1, FieldLanes.count * matrix.columnCount))
    accumulators.append(repeating: 0, count: FieldLanes.count * matrix.columnCount)
    let pivots = GrowableBuffer<CKRow>(capacity: max(1, matrix.pivotCount))
    for column in 0..<matrix.pivotCount {
      let row = matrix.upper[matrix.upperRowNumber(ofColumn: column)]
      pivots.append(row.kernelRow(matrix, coefficients: monic[Int(row.polynomial)]))
    }
    let remainder = GrowableBuffer<UInt32>(capacity: max(1, FieldLanes.count * matrix.remainingCount))
    remainder.reserve(FieldLanes.count * matrix.remainingCount)
    let right = accumulators.base + FieldLanes.count * matrix.pivotCount
    // Tags tell how something arises from the inputs; they do not belong to it.
    let untagged = (0..<matrix.remainingCount).filter {
      !layout.isTagged(matrix.monomial(ofColumn: matrix.pivotCount + $0))
    }
    return try withExtendedLifetime((divisors, monic)) {
      for (number, input) in inputs.enumerated() {
        try control.check()
        input.withUnsafeBufferPointer { input in
          guard let base = input.baseAddress else { return }
          ck_place_lanes(accumulators.base, matrix.lower[number].kernelRow(matrix, coefficients: base))
        }
        ck_eliminate_lanes(
          accumulators.base, pivots.base, 0, UInt32(matrix.pivotCount), lanes.constants)
        ck_pack_lanes(right, matrix.remainingCount, remainder.base, lanes.constants)
        right.update(repeating: 0, count: FieldLanes.count * matrix.remainingCount)
        for column in untagged {
          for lane in 0..<FieldLanes.count where remainder[FieldLanes.count * column + lane] != 0 {
            return false
          }
        }
      }
      return true
    }
  }

  /// The inputs as lower rows, completed by multiples of the candidate's elements.
  private func matrix() throws -> (MacaulayMatrix, PartialBasis) {
    let layout = system.layout
    let divisors = PartialBasis(layout: layout)
    for element in reference { divisors.appendElement(element.copy(words: layout.words), sugar: 0) }
    let inputs = PartialBasis(layout: layout)
    let matrix = MacaulayMatrix(layout: layout)
    for (number, polynomial) in system.polynomials.enumerated() {
      let input = ModularPolynomial(count: polynomial.coefficients.count, words: layout.words)
      for (word, value) in polynomial.monomials.enumerated() { input.monomials[word] = value }
      inputs.appendInput(input)
      guard matrix.appendLower(number, in: inputs, lead: inputs.lead(number)) else {
        throw ExponentOverflow()
      }
    }
    guard try matrix.complete(with: divisors, control: control) else { throw ExponentOverflow() }
    return (matrix, divisors)
  }

  /// Whether the batch, from the recorded computation, agrees with the candidate modulo most of its primes.
  func isReached(by batch: ResidueBatch) -> Bool {
    // Further primes may be unlucky, but hardly two of them.
    guard batch.good.count > FieldLanes.count - 2 else { return false }
    let starts = reference.starts
    let monic = MonicLanes(
      coefficients, starts: starts, elements: Array(reference.indices), lanes: batch.lanes)
    return batch.words.withUnsafeBufferPointer { words in
      guard let words = words.baseAddress else { return true }
      return reference.indices.allSatisfy { element in
        let base = words + FieldLanes.count * starts[element]
        return (0..<FieldLanes.count * reference[element].count).allSatisfy { word in
          monic[element][word] == base[word] || !batch.good.contains(word % FieldLanes.count)
        }
      }
    }
  }
}

/// The monic multiples of some elements modulo eight primes, which divide no leading coefficient of theirs; where one
/// does, everything is zero.
private final class MonicLanes {
  private var words: [Int: UnsafeMutablePointer<UInt32>] = [:]

  init(_ coefficients: PackedIntegers, starts: [Int], elements: [Int], lanes: FieldLanes) {
    let longest = elements.map { element in
      (starts[element]..<starts[element + 1]).reduce(0) { max($0, coefficients.bitLength($1)) }
    }.max()
    let residues = LaneResidues(lanes: lanes, bitLength: longest ?? 0)
    for element in elements {
      let terms = starts[element]..<starts[element + 1]
      let base = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, FieldLanes.count * terms.count))
      residues.write(coefficients, terms, into: base)
      let factors = lanes.fields.indices.map { base[$0] == 0 ? 0 : lanes.fields[$0].inverse(base[$0]) }
      ck_multiply_lanes(base, base, factors, terms.count, lanes.constants)
      words[element] = base
    }
  }

  deinit { for base in words.values { base.deallocate() } }

  subscript(element: Int) -> UnsafePointer<UInt32> {
    guard let base = words[element] else { preconditionFailure("the element was asked for") }
    return UnsafePointer(base)
  }
}

extension [ModularPolynomial] {
  /// Where the terms of each element start in a list of all of them; one more entry at the end.
  fileprivate var starts: [Int] { reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) } }
}

extension MacaulayMatrix.Row {
  /// The row as the kernels for eight primes read it.
  fileprivate func kernelRow(_ matrix: MacaulayMatrix, coefficients: UnsafePointer<UInt32>) -> CKRow {
    CKRow(
      columns: matrix.entries.base + start, shortColumns: nil, coefficients: coefficients, count: count)
  }
}
