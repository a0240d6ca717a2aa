import Algebra
import CKernels

/// Division with remainder over Q by a list of packed polynomials, in exact arithmetic.
///
/// A heap of monomials, each of which is looked at once. Cost: for each cancelled term one rational operation
/// per term of the divisor.
final class ExactDivision<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational

  struct Divisor {
    let monomials: [UInt64]
    let coefficients: [Rational]
  }

  /// One term of a quotient.
  struct QuotientTerm {
    let divisor: Int
    let monomial: [UInt64]
    let coefficient: Rational
  }

  private let layout: MonomialLayout
  private let divisors: [Divisor]
  private let leads: [GrowableBuffer<UInt64>]
  private let control: Control
  // The polynomial that is being divided.
  private let table: MonomialTable
  private var values: [Rational] = []
  private var heap: [UInt32] = []

  /// - Parameter divisors: nonzero, terms in descending order.
  init(divisors: [Divisor], layout: MonomialLayout, control: Control) {
    self.layout = layout
    self.divisors = divisors
    self.control = control
    table = MonomialTable(layout: layout)
    leads = (0..<layout.words).map { _ in GrowableBuffer(capacity: max(divisors.count, 1)) }
    for divisor in divisors {
      for w in 0..<layout.words { leads[w].append(divisor.monomials[w]) }
    }
  }

  /// Adds `coefficient · multiplier · polynomial` to what is to be divided.
  func add(_ polynomial: Divisor, multiplier: [UInt64], coefficient: Rational) throws {
    let count = polynomial.coefficients.count
    let numbers = GrowableBuffer<UInt32>(capacity: count)
    let fits = table.insertProducts(
      of: polynomial.monomials, count: count, with: multiplier, numbers: numbers.base)
    guard fits else { throw ExponentOverflow() }
    for term in 0..<count {
      let id = Int(numbers[term])
      let product = polynomial.coefficients[term] * coefficient
      if id == values.count {
        values.append(product)
        push(UInt32(id))
      } else {
        values[id] += product
      }
    }
  }

  /// Divides what was added; the remainder's terms in descending order. Empties the division.
  func divide(quotient: (QuotientTerm) -> Void = { _ in }) throws -> Divisor {
    var monomials: [UInt64] = []
    var coefficients: [Rational] = []
    let words = layout.words
    var steps = 0
    while let id = pop() {
      steps += 1
      if steps & 63 == 0 { try control.check() }
      let value = values[Int(id)]
      guard value.signum() != 0 else { continue }
      let monomial = Array(
        UnsafeBufferPointer(start: table.monomials.base + Int(id) * words, count: words))
      guard let divisor = firstDivisor(of: monomial) else {
        monomials += monomial
        coefficients.append(value)
        continue
      }
      let polynomial = divisors[divisor]
      let multiplier = (0..<words).map { monomial[$0] &- polynomial.monomials[$0] }
      let factor = try value.divided(by: polynomial.coefficients[0])
      quotient(QuotientTerm(divisor: divisor, monomial: multiplier, coefficient: factor))
      // The leading term cancels in place; its monomial is not pushed again.
      try add(polynomial, multiplier: multiplier, coefficient: -factor)
    }
    table.removeAll()
    values.removeAll(keepingCapacity: true)
    return Divisor(monomials: monomials, coefficients: coefficients)
  }

  private func firstDivisor(of monomial: [UInt64]) -> Int? {
    let pointers = leads.map { UnsafePointer<UInt64>?($0.base) }
    let found = ck_first_divisor(pointers, 0, divisors.count, monomial, layout.guards, layout.words)
    return found < divisors.count ? found : nil
  }

  @inline(__always)
  private func isGreater(_ left: UInt32, _ right: UInt32) -> Bool {
    layout.isGreater(
      table.monomials.base + Int(left) * layout.words, table.monomials.base + Int(right) * layout.words)
  }

  private func push(_ id: UInt32) {
    heap.append(id)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isGreater(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private func pop() -> UInt32? {
    guard let top = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return top }
    heap[0] = last
    var parent = 0
    while true {
      var greatest = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && isGreater(heap[child], heap[greatest]) {
        greatest = child
      }
      guard greatest != parent else { return top }
      heap.swapAt(parent, greatest)
      parent = greatest
    }
  }
}
