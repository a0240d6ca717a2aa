import Algebra
import LandscapeModel
import RealSolving

/// The values of the parameter at which the Hessian at W = I is singular, with what happens there, and the index of
/// W = I in between.
struct CriticalValues<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Rational = Engine.Rational

  let units: Int
  let family: BifurcationResult.Family
  let digits: Int

  private var search: EnclosureSearch { EnclosureSearch(digits: digits) }

  static var verticalFamily: String { "all W whose rows add up to (1, ..., 1) are critical" }

  /// - Throws: `AlgebraError.tooLarge` if the digits cannot be had.
  func criticalValues() throws -> [BifurcationResult.CriticalValue] {
    switch family {
    case .slope: [degeneracy(at: "1", crossing: false)]
    case .homotopy:
      try [
        degeneracy(at: "0", crossing: true),
        crossing(
          .standard, closedForm: "2*pi*(k*pi+4)/((k-1)*pi^2+4*pi+4)", blocks: Array(1...units / 2)),
        crossing(
          .trivial, closedForm: "2*pi*(k*pi+2+2*(k-1)^2)/((k-1)*(pi^2+2*(k-2)*pi-4))", blocks: [0]),
      ]
    }
  }

  /// The linear network: Q = 0, and the Hessian is P|Σ xᵢ|². Along the slope Q = (1−α)²/4 does not change its sign,
  /// along the homotopy Q = λ/4 does.
  private func degeneracy(at value: DecimalNumber, crossing: Bool) -> BifurcationResult.CriticalValue {
    BifurcationResult.CriticalValue(
      value: DecimalEnclosure(exact: value), closedForm: value.description, crossing: crossing,
      kernel: IsotypicType.allCases.map { type in
        BifurcationResult.Kernel(type: type.name, multiplicity: Self.degeneracyMultiplicity(type))
      },
      nullity: units * units - units, verticalFamily: Self.verticalFamily, branches: [])
  }

  /// All copies but one of (k) and one of (k−1,1), which together are the sums of the rows.
  static func degeneracyMultiplicity(_ type: IsotypicType) -> Int {
    switch type {
    case .trivial, .standard: type.multiplicity - 1
    case .symmetric, .antisymmetric: type.multiplicity
    }
  }

  /// A simple crossing of the homotopy.
  private func crossing(
    _ type: IsotypicType, closedForm: String, blocks: [Int]
  ) throws -> BifurcationResult.CriticalValue {
    BifurcationResult.CriticalValue(
      value: try search.enclosure {
        KernelDirection<Ball>(units: units, firstBlock: blocks[0], precision: $0).criticalValue
      },
      closedForm: closedForm, crossing: true,
      kernel: [BifurcationResult.Kernel(type: type.name, multiplicity: 1)],
      nullity: type.dimension(units: units), verticalFamily: nil,
      branches: try blocks.flatMap(halfBranches))
  }

  /// Both halves of a branch; one if they are images of each other.
  private func halfBranches(firstBlock j: Int) throws -> [BifurcationResult.HalfBranch] {
    var directions = BifurcationResult.HalfBranch.Direction.allCases
    if 2 * j == units { directions.removeLast() }
    return try directions.map { direction in
      func enclosure(_ quantity: (KernelDirection<Ball>, Ball) -> Ball) throws -> DecimalEnclosure {
        try search.enclosure { precision in
          let kernel = KernelDirection<Ball>(units: units, firstBlock: j, precision: precision)
          let cubics = kernel.cubics
          return quantity(kernel, direction == .plus ? cubics.above : cubics.below)
        }
      }
      // The reduced loss ρ'(λ−λ*)s²/2 + c|s|³ is critical at |s| = −ρ'(λ−λ*)/(3c).
      let slope = try enclosure { kernel, cubic in
        -kernel.eigenvalueSlope / (Ball(Rational(3), precision: kernel.matrix[0][0].precision) * cubic)
      }
      return BifurcationResult.HalfBranch(
        isotropy: YoungSubgroup(units: units, firstBlock: j).name,
        side: slope.lower.isNegative ? .below : .above, direction: direction,
        cubic: try enclosure { $1 }, slope: slope)
    }
  }

  /// The index of W = I between the critical values.
  ///
  /// It is constant there: P v vᵀ + Q D is singular only where Q or P S + Q is zero.
  ///
  /// - Throws: `AlgebraError.tooLarge` if the signs cannot be had.
  func morseIndices(
    _ criticalValues: [BifurcationResult.CriticalValue]
  ) throws -> [BifurcationResult.IndexInterval] {
    let ends = [nil] + criticalValues.map { Optional($0.value) } + [nil]
    return try zip(samples, ends.indices).map { sample, position in
      BifurcationResult.IndexInterval(
        from: ends[position], to: ends[position + 1], index: try index(at: sample))
    }
  }

  /// A number in each interval between critical values, ascending.
  private var samples: [Rational] {
    get throws {
      guard family == .homotopy else { return [0, 2] }
      // (k−1,1) comes before (k).
      let bounds = try [1, 0].map {
        try KernelDirection<Ball>(units: units, firstBlock: $0, precision: 128).criticalValue.bounds()
      }
      let between = try (bounds[0].upper + bounds[1].lower).divided(by: 2)
      guard 1 < bounds[0].lower, bounds[0].upper < bounds[1].lower else {
        preconditionFailure("the critical values of the homotopy are 0 < 2 < those of (k-1,1) < those of (k)")
      }
      return [-1, 1, between, bounds[1].upper + 1]
    }
  }

  /// The index of W = I at a value that is not critical.
  private func index(at value: Rational) throws -> Int {
    var precision = 128
    while precision <= 1 << 16 {
      let hessian = IdentityHessian<Ball>(
        units: units, weights: LossWeights(family, at: value), precision: precision)
      if let index = hessian.index { return index }
      precision *= 2
    }
    throw AlgebraError.tooLarge("the signs of the eigenvalues at \(value)")
  }
}
