import Algebra
import CKernels

/// A graded quotient ring modulo one prime. Vectors have coordinates in the standard monomials of one class,
/// in as many words as the greatest class, rounded up, has members.
final class GradedAlgebra: @unchecked Sendable {
  // Used by one thread at a time.
  let quotient: GradedQuotient
  let field: PrimeField
  let stride: Int
  private let lanes: FieldLanes
  /// The normal forms of the border monomials.
  private let border: GrowableBuffer<UInt32>
  /// What the kernel adds up; here rather than in arrays, as there are very many short sums.
  private let sources: UnsafeMutablePointer<UnsafePointer<UInt32>?>
  private let factors: UnsafeMutablePointer<UInt32>
  /// Multiplication by the element that was chosen to generate the invariant elements, where it was needed.
  var multiplications: [UInt64: InvariantMultiplication] = [:]

  struct Vector {
    var classOfMonomials: UInt64
    var words: [UInt32]

    var isZero: Bool { words.allSatisfy { $0 == 0 } }
  }

  /// `nil` if the prime divides a leading coefficient.
  init?(_ quotient: GradedQuotient, modulo field: PrimeField) {
    self.quotient = quotient
    self.field = field
    lanes = FieldLanes(repeating: field)
    stride = FieldLanes.padded(quotient.members.values.map(\.count).max() ?? 0)
    let starts = quotient.basis.packed.starts
    let residues = quotient.table.residues(lanes: lanes)
    guard !starts.dropLast().contains(where: { residues[$0] == 0 }) else { return nil }
    sources = .allocate(capacity: stride + 1)
    factors = .allocate(capacity: stride + 1)
    border = GrowableBuffer(capacity: max(1, quotient.border.count * stride))
    border.append(repeating: 0, count: quotient.border.count * stride)
    for (number, monomial) in quotient.border.enumerated() {
      let target = border.base + number * stride
      switch monomial.origin {
      case .element(let element):
        let factor = field.negate(field.inverse(residues[starts[element]]))
        for (i, place) in quotient.tails[element].enumerated() {
          target[quotient.places[place]] = field.multiply(residues[starts[element] + 1 + i], factor)
        }
      case .product(let variable, let other):
        let source = quotient.border[other].classOfMonomial
        addProduct(of: border.base + other * stride, in: source, by: variable, scaledBy: 1, to: target)
      }
    }
  }

  deinit {
    sources.deallocate()
    factors.deallocate()
  }

  /// The normal form of a border monomial.
  func normalForm(ofBorder number: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: border.base + number * stride, count: stride)
  }

  /// `target += scale · variable · vector`; the target is another vector.
  private func addProduct(
    of vector: UnsafePointer<UInt32>, in classOfVector: UInt64, by variable: Int, scaledBy scale: UInt32,
    to target: UnsafeMutablePointer<UInt32>
  ) {
    var count = 0
    for (place, monomial) in quotient.members(classOfVector).enumerated() where vector[place] != 0 {
      let factor = scale == 1 ? vector[place] : field.multiply(vector[place], scale)
      let image = quotient.images[variable][monomial]
      if image >= 0 {
        let place = quotient.places[image]
        target[place] = field.add(target[place], factor)
      } else {
        sources[count] = UnsafePointer(border.base + (-1 - image) * stride)
        factors[count] = factor
        count += 1
      }
    }
    addSources(count, to: target)
  }

  private func addSources(_ count: Int, to target: UnsafeMutablePointer<UInt32>) {
    guard count > 0 else { return }
    var address: UnsafeMutablePointer<UInt32>? = target
    ck_add_dense(&address, 1, sources, count, factors, 0, stride, lanes.constants)
  }

  func one() -> Vector {
    var words = [UInt32](repeating: 0, count: stride)
    words[0] = 1
    return Vector(classOfMonomials: SignGrading.invariant, words: words)
  }

  func standardMonomial(_ number: Int) -> Vector {
    var words = [UInt32](repeating: 0, count: stride)
    words[quotient.places[number]] = 1
    return Vector(classOfMonomials: quotient.classes[number], words: words)
  }

  /// The product with a variable.
  func product(_ vector: Vector, variable: Int) -> Vector {
    var result = Vector(
      classOfMonomials: quotient.grading.product(
        vector.classOfMonomials, quotient.variableClasses[variable]),
      words: [UInt32](repeating: 0, count: stride))
    vector.words.withUnsafeBufferPointer { source in
      result.words.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        addProduct(of: source, in: vector.classOfMonomials, by: variable, scaledBy: 1, to: target)
      }
    }
    return result
  }

  /// The product with a monomial.
  func product(_ vector: Vector, monomial: some Sequence<UInt32>) -> Vector {
    var result = vector
    for (variable, exponent) in monomial.enumerated() {
      for _ in 0..<exponent { result = product(result, variable: variable) }
    }
    return result
  }

  /// Multiplication by an invariant element on one class: a row for each standard monomial.
  struct InvariantMultiplication {
    let classOfMonomials: UInt64
    let count: Int
    fileprivate let rows: GrowableBuffer<UInt32>
    fileprivate let stride: Int

    func row(_ number: Int) -> UnsafePointer<UInt32> { UnsafePointer(rows.base + number * stride) }
  }

  /// - Parameter element: a sum of invariant monomials with small coefficients.
  func multiplication(by element: SparsePolynomial<WideInteger>, on own: UInt64) -> InvariantMultiplication {
    let members = quotient.members(own)
    let rows = GrowableBuffer<UInt32>(capacity: max(1, members.count * stride))
    for member in members {
      let start = standardMonomial(member)
      var sum = [UInt32](repeating: 0, count: stride)
      for term in 0..<element.termCount {
        let coefficient = element.coefficients[term].residue(modulo: field.prime)
        let image = product(start, monomial: element.exponents(ofTerm: term))
        for (i, value) in image.words.enumerated() where value != 0 {
          sum[i] = field.add(sum[i], field.multiply(coefficient, value))
        }
      }
      rows.append(from: sum, count: stride)
    }
    return InvariantMultiplication(
      classOfMonomials: own, count: members.count, rows: rows, stride: stride)
  }

  /// The product of a vector and a polynomial in the element, coefficients from the constant term upwards.
  func product(_ vector: [UInt32], polynomial: [UInt32], in element: InvariantMultiplication) -> [UInt32] {
    var (result, next) = (vector, vector)
    vector.withUnsafeBufferPointer { vector in
      result.withUnsafeMutableBufferPointer { result in
        next.withUnsafeMutableBufferPointer { next in
          guard let vector = vector.baseAddress, var present = result.baseAddress,
            var other = next.baseAddress
          else { return }
          let start = present
          present.update(repeating: 0, count: stride)
          for coefficient in polynomial.reversed() {
            var count = 0
            for place in 0..<element.count where present[place] != 0 {
              sources[count] = UnsafePointer(element.rows.base + place * stride)
              factors[count] = present[place]
              count += 1
            }
            sources[count] = vector
            factors[count] = coefficient
            other.update(repeating: 0, count: stride)
            addSources(count + 1, to: other)
            swap(&present, &other)
          }
          if present != start { start.update(from: present, count: stride) }
        }
      }
    }
    return result
  }
}
