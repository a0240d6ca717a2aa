import Algebra

extension SwiftEngine {
  /// Coefficients for the isolation of real roots.
  package struct FixedPointVector: FixedPointCoefficients {
    private var list: [Integer]

    private init(_ list: [Integer]) { self.list = list }

    package init(_ polynomial: SwiftEngine.UnivariatePolynomial, powers: [Int]) {
      list = zip(polynomial.coefficients, powers).map { SwiftEngine.shifted($0, by: $1) }
    }

    package var count: Int { list.count }
    package var maximumBits: Int { IntegerVectors.maximumBits(list) }

    package func magnitude(_ index: Int) -> Int? { list[index].magnitude.asInt }

    package func prefix(_ count: Int) -> Self { Self(Array(list.prefix(count))) }

    package func shiftedRight(by shift: Int) -> Self { Self(list.map { $0.flooredRight(by: shift) }) }

    package func derivative() -> Self {
      Self(list.enumerated().dropFirst().map { $0.element * Integer($0.offset) })
    }

    package func half(upper: Bool) -> Self {
      var copy = self
      let top = count - 1
      for index in list.indices { copy.list[index] = list[index].shiftedLeft(by: top - index) }
      copy.translate(by: upper ? 1 : -1)
      for index in list.indices { copy.list[index] = copy.list[index].flooredRight(by: top) }
      return copy
    }

    package func sumOfMagnitudes(isAtMost bound: Int) -> Bool {
      list.reduce(Integer(0)) { $0 + $1.magnitude } <= Integer(bound)
    }

    package func sign(atUpperEnd: Bool, margin: Int) -> Int? {
      var sum: Integer = 0
      for (index, value) in list.enumerated() {
        sum = atUpperEnd || index % 2 == 0 ? sum + value : sum - value
      }
      return sum.magnitude > Integer(margin) ? sum.signum() : nil
    }

    package func isDominated(by term: Int, error: Int) -> Bool {
      var sum: Integer = 0
      for index in 0..<term { sum = (sum + list[index].magnitude).shiftedLeft(by: 1) }
      for index in (term + 1)..<max(count, term + 1) { sum += list[index].magnitude }
      return list[term].magnitude > sum + Integer(error).shiftedLeft(by: term)
    }

    /// By the signs of Bernstein's coefficients with the margin taken off (Lane and Riesenfeld, BIT 21, 1981).
    package func keepsSign(margin: Int) -> Bool {
      guard let first = list.first else { return false }
      let sign = first.signum()
      guard sign != 0 else { return false }
      var form = self
      form.list[0] = first - Integer(sign) * Integer(margin + 1)
      guard form.list[0].signum() == sign else { return false }
      // With y = z − 1 and z = 2/(1 + t), t from 0 to infinity: times (1 + t)^n, the coefficients are positive
      // multiples of Bernstein's.
      form.translate(by: -1)
      guard form.list[0].signum() * sign >= 0 else { return false }
      for index in list.indices { form.list[index] = form.list[index].shiftedLeft(by: index) }
      form.list.reverse()
      form.translate(by: 1)
      return form.list.allSatisfy { $0.signum() * sign >= 0 }
    }

    /// Replaces the variable by itself plus or minus 1.
    private mutating func translate(by sign: Int) {
      TaylorShift.translate(&list, by: sign)
    }
  }
}
