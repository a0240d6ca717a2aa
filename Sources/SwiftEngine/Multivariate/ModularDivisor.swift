import Algebra

/// Greatest common divisors of multivariate polynomials modulo primes, by evaluation and interpolation of one
/// variable after the other (Brown, J. ACM 18, 1971, doi:10.1145/321662.321664).
///
/// What is found modulo enough primes is proved by division. Cost: a univariate divisor for each point of a grid
/// with as many points in each direction as the divisor's degree.
struct ModularDivisor {
  private let left: SparseTerms
  private let right: SparseTerms
  /// The innermost one, in which divisors are computed directly, first.
  private let variables: [Int]
  private let keys: ExponentKeys

  /// - Parameter variables: those of both polynomials, at least two.
  /// - Throws: `AlgebraError.tooLarge` for too many variables of too great degrees.
  init(_ left: SparseTerms, _ right: SparseTerms, variables: [Int]) throws {
    self.left = left
    self.right = right
    let degrees = zip(left.degrees, right.degrees).map { max($0, $1) }
    self.variables = variables.sorted { (-degrees[$0], $0) < (-degrees[$1], $1) }
    try SparseTerms.checkDense(degrees.max() ?? 0)
    keys = try ExponentKeys(count: variables.count, degree: degrees.max() ?? 0)
  }

  func divisor() throws -> SparseTerms {
    let order = leadingCoefficients()
    let leadDivisor = order.0.greatestCommonDivisor(with: order.1)
    var lift: (keys: [UInt128], lift: ResidueLift)?
    var index = 0
    while true {
      let image = ModularImage(
        ring: ResiduePolynomials(prime: Primes.large(index)), keys: keys, attempt: index)
      index += 1
      let field = image.ring.field
      guard field.element(order.0) != 0, field.element(order.1) != 0 else { continue }
      let found = image.divisor(residues(left, field), residues(right, field), level: variables.count - 1)
      let terms = found.terms(level: variables.count - 1, keys)
      guard let lead = terms.first else { continue }
      if lead.key == 0 {
        return .constant(1, variables: left.layout.variables, order: left.layout.order)
      }
      let scale = field.multiply(field.element(leadDivisor), field.inverse(lead.value))
      // Images with a greater leading monomial are unlucky; all before a smaller one were.
      if let known = lift, let first = known.keys.first, lead.key > first { continue }
      if let known = lift, let first = known.keys.first, lead.key < first { lift = nil }
      var state = lift ?? (terms.map(\.key), ResidueLift())
      let values = Self.aligned(terms, &state)
      let isUnchanged = state.lift.add(values.map { field.multiply($0, scale) }, field: field)
      lift = state
      guard isUnchanged || index <= 2 else { continue }
      let candidate = polynomial(state.keys, state.lift.integers)
      if try left.quotient(by: candidate) != nil, try right.quotient(by: candidate) != nil {
        return candidate
      }
    }
  }

  /// The coefficients of the monomials that are leading for the keys.
  private func leadingCoefficients() -> (SwiftEngine.Integer, SwiftEngine.Integer) {
    func lead(_ terms: SparseTerms) -> SwiftEngine.Integer {
      let best = (0..<terms.count).max { key(terms, $0) < key(terms, $1) }
      return best.map { terms.coefficients[$0] } ?? 0
    }
    return (lead(left), lead(right))
  }

  private func key(_ terms: SparseTerms, _ index: Int) -> UInt128 {
    keys.key(variables.map { terms.exponent(of: $0, inTerm: index) })
  }

  private func residues(_ terms: SparseTerms, _ field: ResidueField) -> SlicedPolynomial {
    SlicedPolynomial(
      terms: (0..<terms.count).map { (key(terms, $0), field.element(terms.coefficients[$0])) },
      level: variables.count - 1, keys)
  }

  /// The values in the sequence of the state's keys. An image with monomials that are new starts a new state.
  private static func aligned(
    _ terms: [(key: UInt128, value: UInt)], _ state: inout (keys: [UInt128], lift: ResidueLift)
  ) -> [UInt] {
    let values = Dictionary(uniqueKeysWithValues: terms.map { ($0.key, $0.value) })
    if !Set(state.keys).isSuperset(of: values.keys) {
      // An earlier image lacked monomials, by accident modulo its prime.
      state = (terms.map(\.key), ResidueLift())
    }
    return state.keys.map { values[$0] ?? 0 }
  }

  private func polynomial(_ list: [UInt128], _ coefficients: [SwiftEngine.Integer]) -> SparseTerms {
    let vectors = list.map { key in
      var exponents = [Int](repeating: 0, count: left.layout.variables)
      for (place, variable) in variables.enumerated() { exponents[variable] = keys.exponent(place, of: key) }
      return exponents
    }
    return SparseTerms(
      exponents: vectors, coefficients: coefficients, variables: left.layout.variables,
      order: left.layout.order
    ).primitivePart
  }
}

/// Packs exponents into one number; the last variable is the most significant one.
struct ExponentKeys: Sendable {
  let bits: Int

  /// - Throws: `AlgebraError.tooLarge` if the exponents do not fit.
  init(count: Int, degree: Int) throws {
    bits = 64 - UInt(max(degree, 1)).leadingZeroBitCount
    guard bits * count <= 127 else {
      throw AlgebraError.tooLarge("polynomials of degree \(degree) in \(count) variables")
    }
  }

  func key(_ exponents: some Sequence<Int>) -> UInt128 {
    var key: UInt128 = 0
    for (place, exponent) in exponents.enumerated() { key |= UInt128(exponent) << UInt128(place * bits) }
    return key
  }

  func exponent(_ place: Int, of key: UInt128) -> Int {
    Int(key >> UInt128(place * bits) & ((1 << UInt128(bits)) - 1))
  }

  /// Splits off the exponent at a place and all above.
  func split(_ key: UInt128, at place: Int) -> (below: UInt128, exponent: Int) {
    let shift = UInt128(place * bits)
    return (key & ((1 << shift) - 1), Int(key >> shift))
  }
}

/// A polynomial modulo a prime as one in the variables below a level, its coefficients univariate in that level's
/// variable.
struct SlicedPolynomial {
  /// By decreasing keys; no coefficient is zero.
  var slices: [(key: UInt128, coefficient: [UInt])]

  /// - Parameter terms: different monomials in the variables up to the level.
  init(terms: [(key: UInt128, value: UInt)], level: Int, _ keys: ExponentKeys) {
    var table: [UInt128: [UInt]] = [:]
    for (key, value) in terms where value != 0 {
      let (below, exponent) = keys.split(key, at: level)
      var list = table.removeValue(forKey: below) ?? []
      if list.count <= exponent { list += Array(repeating: 0, count: exponent + 1 - list.count) }
      list[exponent] = value
      table[below] = list
    }
    slices = table.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
  }

  init(slices: [(key: UInt128, coefficient: [UInt])]) { self.slices = slices }

  /// By decreasing monomials, the level's variable the most significant.
  func terms(level: Int, _ keys: ExponentKeys) -> [(key: UInt128, value: UInt)] {
    var list: [(key: UInt128, value: UInt)] = []
    for (key, coefficient) in slices {
      for (exponent, value) in coefficient.enumerated() where value != 0 {
        list.append((key | UInt128(exponent) << UInt128(level * keys.bits), value))
      }
    }
    return list.sorted { $0.key > $1.key }
  }

  var degree: Int { slices.lazy.map { $0.coefficient.count - 1 }.max() ?? -1 }

  func mapCoefficients(_ transform: ([UInt]) -> [UInt]) -> SlicedPolynomial {
    SlicedPolynomial(slices: slices.map { ($0.key, transform($0.coefficient)) })
  }
}

/// Greatest common divisors modulo one prime.
struct ModularImage {
  let ring: ResiduePolynomials
  let keys: ExponentKeys
  /// Evaluation points differ from one attempt to the next.
  let attempt: Int

  /// The monic greatest common divisor, up to bad luck with the points.
  func divisor(_ left: SlicedPolynomial, _ right: SlicedPolynomial, level: Int) -> SlicedPolynomial {
    let (leftContent, rightContent) = (content(left), content(right))
    let content = ring.greatestCommonDivisor(leftContent, rightContent)
    guard level > 0 else { return SlicedPolynomial(slices: [(0, content)]) }
    let (a, b) = (divide(left, by: leftContent), divide(right, by: rightContent))
    guard let leftLead = a.slices.first?.coefficient, let rightLead = b.slices.first?.coefficient else {
      return SlicedPolynomial(slices: [(0, content)])
    }
    let leadDivisor = ring.greatestCommonDivisor(leftLead, rightLead)
    let primitive = interpolated(a, b, leads: (leftLead, rightLead), leadDivisor: leadDivisor, level: level)
    return primitive.mapCoefficients { ring.multiply($0, content) }
  }

  /// The divisor of polynomials without content in the level's variable, itself without content.
  private func interpolated(
    _ a: SlicedPolynomial, _ b: SlicedPolynomial, leads: ([UInt], [UInt]), leadDivisor: [UInt], level: Int
  ) -> SlicedPolynomial {
    let field = ring.field
    let bound = min(a.degree, b.degree) + leadDivisor.count
    var generator = SeededGenerator(seed: UInt64(attempt), task: UInt64(level))
    var table: [UInt128: [UInt]] = [:]
    var (leadKey, modulus, points, unchanged): (UInt128?, [UInt], Int, Int) = (nil, [field.one], 0, 0)
    while points < bound, unchanged < 2 {
      let point = UInt.random(in: 1..<field.prime, using: &generator)
      let modulusValue = ring.value(of: modulus, at: point)
      let scale = ring.value(of: leadDivisor, at: point)
      guard modulusValue != 0, ring.value(of: leads.0, at: point) != 0,
        ring.value(of: leads.1, at: point) != 0
      else { continue }
      let image = divisor(
        evaluated(a, at: point, level: level), evaluated(b, at: point, level: level), level: level - 1
      )
      .terms(level: level - 1, keys)
      guard let lead = image.first else { continue }
      if lead.key == 0 { return SlicedPolynomial(slices: [(0, [field.one])]) }
      if let known = leadKey, lead.key > known { continue }
      if lead.key != leadKey {
        (leadKey, table, modulus, points, unchanged) = (lead.key, [:], [field.one], 0, 0)
      }
      let factor = field.multiply(scale, field.inverse(lead.value))
      let inverse = field.inverse(ring.value(of: modulus, at: point))
      let values = Dictionary(image.map { ($0.key, field.multiply($0.value, factor)) }) { first, _ in first }
      var isUnchanged = points > 0
      for key in Set(values.keys).union(table.keys) {
        let present = table[key] ?? []
        let difference = field.subtract(values[key] ?? 0, ring.value(of: present, at: point))
        guard difference != 0 else { continue }
        isUnchanged = false
        table[key] = ring.add(present, ring.scale(modulus, by: field.multiply(difference, inverse)))
      }
      unchanged = isUnchanged ? unchanged + 1 : 0
      modulus = ring.multiply(modulus, [field.negate(point), field.one])
      points += 1
    }
    let whole = SlicedPolynomial(
      slices: table.filter { !$0.value.isEmpty }.sorted { $0.key > $1.key }.map { ($0.key, $0.value) })
    return divide(whole, by: content(whole))
  }

  private func content(_ polynomial: SlicedPolynomial) -> [UInt] {
    var content: [UInt] = []
    for (_, coefficient) in polynomial.slices {
      content = ring.greatestCommonDivisor(content, coefficient)
      if content.count == 1 { break }
    }
    return content
  }

  private func divide(_ polynomial: SlicedPolynomial, by divisor: [UInt]) -> SlicedPolynomial {
    guard divisor.count > 1 else { return polynomial }
    return polynomial.mapCoefficients { ring.divide($0, by: divisor).quotient }
  }

  private func evaluated(_ polynomial: SlicedPolynomial, at point: UInt, level: Int) -> SlicedPolynomial {
    SlicedPolynomial(
      terms: polynomial.slices.map { ($0.key, ring.value(of: $0.coefficient, at: point)) }, level: level - 1,
      keys)
  }
}
