import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving
import Strata

/// Writes down a path.
struct PathWriter<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Result = InfiniteWidthPathResult

  let scaling: Scaling<Engine>
  /// The least ridge, unscaled.
  let target: Engine.Rational
  /// Significant digits of all enclosures.
  let digits: Int
  /// Whether minimal polynomials are given as well.
  let describesExactly: Bool
  let control: Control

  private static var samples: Int { 5 }

  /// Adds events, pieces and what is undecided to a result that knows the greatest ridge.
  ///
  /// - Throws: `Interruption`, `AlgebraError`.
  func write(_ path: RidgePath<Engine>, into result: inout Result) throws {
    guard let maximum = result.ridgeMaximum else { return }
    var from = maximum
    for index in path.pieces.indices {
      try control.check()
      let (joint, piece) = path.pieces[index]
      switch joint {
      case .first: from = maximum
      case .event(let end): from = try enclosure(of: end)
      case .open(let upper, let lower):
        from = decimal(lower)
        result.add(
          undecided: "what happens between the ridges \(decimal(lower).lower) and \(decimal(upper).lower)")
      }
      guard !piece.parts.isEmpty else { return }
      var to = try DecimalEnclosure(exactly: target, digits: digits)
      var isLast = true
      if index + 1 < path.pieces.count {
        switch path.pieces[index + 1].joint {
        case .event(let end):
          switch try side(of: end) {
          case .positive: (to, isLast) = (try enclosure(of: end), false)
          case .negative: break
          case .zero, .unknown:
            result.add(undecided: "whether the list of atoms changes at the end of the path")
          }
        case .open(let upper, _): (to, isLast) = (decimal(upper), false)
        case .first: break
        }
      }
      try add(piece, joint, from, to, path.greatestSquare, &result)
      if isLast { return }
    }
  }

  /// The event's ridge in exact numbers; `nil` if that is not asked for, or not within reach.
  private func exact(
    _ joint: RidgePath<Engine>.Joint, _ greatest: Engine.Rational
  ) throws -> ExactDescription.Number? {
    guard describesExactly else { return nil }
    switch joint {
    case .first:
      let square = try greatest * Engine.Rational(4).power(scaling.ridgeExponent)
      let field = try SquareRootField<Engine>(radicands: [square])
      return try ExactText(field: field.field, digits: digits, control: control).number(
        field.roots[0])
    case .event(let end):
      return try ExactEvent(end, control: control)?.number(
        scaledBy: scaling.ridgeExponent, digits: digits, control: control)
    case .open: return nil
    }
  }

  private func add(
    _ piece: RidgePath<Engine>.Piece, _ joint: RidgePath<Engine>.Joint, _ from: DecimalEnclosure,
    _ to: DecimalEnclosure, _ greatest: Engine.Rational, _ result: inout Result
  ) throws {
    let atoms = piece.list.sorted { $0.key < $1.key }.map {
      Result.Atom(pattern: $0.key.description, sign: $0.value)
    }
    var isUnique: Bool? = true
    var samples: [Result.Sample] = []
    for ridge in try ridges(between: to.upper, from.lower) {
      try control.check()
      guard let sample = try sample(piece, at: ridge) else { continue }
      samples.append(sample.sample)
      if let unique = sample.isUnique { isUnique = isUnique.map { $0 && unique } } else { isUnique = nil }
    }
    let last = result.pieces.last
    let new = Result.Piece(from: from, to: to, atoms: atoms, unique: isUnique, samples: samples)
    result.pieces.append(new)
    if case .open = joint { return }
    let (above, below) = (Set(last?.atoms.map(\.pattern) ?? []), Set(atoms.map(\.pattern)))
    let (added, removed) = (below.subtracting(above), above.subtracting(below))
    let kind: Result.Event.Kind =
      if last == nil {
        .appear
      } else if isUnique == false && last?.unique == true {
        .nonunique
      } else if added.count == removed.count {
        .wall
      } else {
        added.count > removed.count ? .enter : .leave
      }
    let exact = try exact(joint, greatest)
    if describesExactly, exact == nil {
      result.add(
        undecided: "the exact description of the event at the ridge \(from.lower) is not within reach")
    }
    result.events.append(
      Result.Event(
        ridge: from, kind: kind, atomsAbove: last?.atoms.count ?? 0, atomsBelow: atoms.count,
        added: atoms.map(\.pattern).filter(added.contains),
        removed: (last?.atoms ?? []).map(\.pattern).filter(removed.contains),
        exact: exact))
  }

  /// Ridges inside of a piece, from the greatest to the least, with few digits.
  private func ridges(between lower: DecimalNumber, _ upper: DecimalNumber) throws -> [DecimalNumber] {
    let (low, high) = try (Engine.Rational(exactly: lower), Engine.Rational(exactly: upper))
    guard low < high else { return [] }
    for digits in [6, 12, 24, 48] {
      let numbers = try (0..<Self.samples).map { index in
        let share = try Engine.Rational(
          numerator: Engine.Integer(2 * (Self.samples - index) - 1),
          denominator: Engine.Integer(2 * Self.samples))
        return DecimalNumber(rounding: low + (high - low) * share, toDigits: digits)
      }
      let values = try [high] + numbers.map { try Engine.Rational(exactly: $0) } + [low]
      if zip(values, values.dropFirst()).allSatisfy({ $0 > $1 }) { return numbers }
    }
    return []
  }

  /// The optimum at a ridge inside of a piece; `nil` where no branch was followed.
  private func sample(
    _ piece: RidgePath<Engine>.Piece, at ridge: DecimalNumber
  ) throws -> (sample: Result.Sample, isUnique: Bool?)? {
    let scaled = try Engine.Rational(exactly: ridge) * Engine.Rational(2).power(-scaling.ridgeExponent)
    for part in piece.parts {
      guard let shares = part.shares(at: scaled.doubleValue) else { continue }
      let old = part.branch.optimum
      let system = old.system.with(ridge: scaled)
      let precision = CriticalPoint<Engine>.precisions[0]
      guard
        let point = CriticalPoint(
          system, support: old.point.support, from: shares.map { Ball($0, precision: precision) },
          precision: precision)
      else { continue }
      guard point.shares.allSatisfy({ $0.sign == .positive }) else { continue }
      let optimum = SparseOptimum(
        division: old.division.with(ridge: scaled), system: system, point: point, signs: old.signs,
        touching: old.touching, cells: old.cells)
      return try write(optimum, at: ridge)
    }
    return nil
  }

  private func write(
    _ optimum: SparseOptimum<Engine>, at ridge: DecimalNumber
  ) throws -> (sample: Result.Sample, isUnique: Bool?) {
    let exact = BoundedExactDecision<Engine>(control: control)
    let known = try SolutionPolytope(optimum, exact: exact, control: control)
    let polytope = known ?? SolutionPolytope(onlyPointOf: optimum)
    let numbers = RefinedOptimum(optimum, polytope: polytope, digits: digits)
    let writer = OptimumWriter(optimum: optimum, numbers: numbers, exact: exact, scaling: scaling)
    let positions = optimum.extremal.indices
    let sample = Result.Sample(
      ridge: DecimalEnclosure(exact: ridge), loss: try writer.loss(),
      masses: known == nil ? nil : try positions.map { try writer.mass($0) },
      directions: try positions.map { try writer.direction($0) })
    return (sample, known.map { $0.dimension == 0 })
  }

  // MARK: - Ridges

  private func enclosure(of end: PathEnd<Engine>) throws -> DecimalEnclosure {
    let scale = try Engine.Rational(2).power(scaling.ridgeExponent)
    return try EnclosureSearch(digits: digits).enclosure { precision in
      guard let ridge = try end.ridge(precision: precision) else { return Ball(.nan, precision: precision) }
      return ridge * Ball(scale, precision: precision)
    }
  }

  /// Whether an end lies above the path's end.
  private func side(of end: PathEnd<Engine>) throws -> BallSign {
    let scaled = try target * Engine.Rational(2).power(-scaling.ridgeExponent)
    var sign = BallSign.unknown
    for precision in CriticalPoint<Engine>.precisions {
      guard let ridge = try end.ridge(precision: precision) else { continue }
      sign = (ridge - Ball(scaled, precision: precision)).sign
      if sign != .unknown { break }
    }
    return sign
  }

  /// A double as a decimal, in the units of the data.
  private func decimal(_ ridge: Double) -> DecimalEnclosure {
    let value = ridge * Double(sign: .plus, exponent: scaling.ridgeExponent, significand: 1)
    let text = "\(value)"
    do {
      return DecimalEnclosure(exact: try DecimalNumber(text: text))
    } catch {
      preconditionFailure("a finite double is a decimal: \(text)")
    }
  }
}

extension DecimalEnclosure {
  /// A rational number: exactly, if it is a decimal of few digits.
  fileprivate init<R: ExactRational>(exactly value: R, digits: Int) throws {
    let rounded = DecimalNumber(rounding: value, toDigits: digits)
    if try R(exactly: rounded) == value {
      self.init(exact: rounded)
    } else if let enclosure = DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true)
    {
      self = enclosure
    } else {
      preconditionFailure("an exact number has a nearest decimal")
    }
  }
}
