import Algebra
import LandscapeModel
import RealSolving

/// The analysis of the critical point W = I of a student with k leaky ReLU units and k Gaussian inputs, and of the
/// landscape around it, as the slope changes (Liu, arXiv:2510.25060, has the problem).
///
/// What it says about W = I is proved: signs are decided in ball arithmetic, and no Hessian is singular between the
/// critical values. The result is the same for every engine. Cost: milliseconds without branches.
public struct BifurcationAnalysis<Engine: AlgebraEngine> {
  /// What is known until now; complete when `run` has ended.
  public private(set) var result: BifurcationResult
  private let options: BifurcationOptions<Engine.Rational>

  /// Finds the critical values and the index of W = I.
  ///
  /// - Throws: `AlgebraError.tooLarge` if the digits cannot be had.
  public init(_ options: BifurcationOptions<Engine.Rational>) throws {
    self.options = options
    let values = CriticalValues<Engine>(
      units: options.units, family: options.family, digits: options.digits)
    let criticalValues = try values.criticalValues()
    result = BifurcationResult(
      units: options.units, family: options.family, complete: false, weights: options.family.weights,
      isotypic: IsotypicType.allCases.map {
        BifurcationResult.IsotypicComponent($0, units: options.units)
      },
      criticalValues: criticalValues, morseIndex: try values.morseIndices(criticalValues))
  }

  /// Does the rest of what the options ask for.
  ///
  /// - Throws: `AlgebraError.tooLarge` if the digits cannot be had, `Interruption`.
  public mutating func run(control: Control) throws {
    try control.check()
    if let value = options.at {
      result.at = value.description
      result.atIsActivation = options.family.hasActivation(at: value)
      result.spectrum = try spectrum(at: value)
    }
    if options.computesDegrees {
      let degrees = try EquivariantDegrees(units: options.units, control: control)
      let printed = BifurcationResult.Degrees(degrees)
      result.degrees = printed
      for position in result.criticalValues.indices {
        addDegrees(degrees, printed.classes, position)
      }
    }
    if let blocks = options.search, let value = options.at {
      try search(YoungSubgroup(blocks: blocks), at: value, control)
    }
    if let end = options.branchesTo { try followBranches(to: end, control) }
    result.complete = result.undecided == nil
  }

  /// Along the slope α the loss is (1+α²) times that of the homotopy at λ = (1−α)²/(1+α²).
  private mutating func search(
    _ subgroup: YoungSubgroup, at value: Engine.Rational, _ control: Control
  ) throws {
    var (lambda, scale) = (value, Engine.Rational(1))
    if options.family == .slope {
      scale = 1 + value * value
      lambda = try ((1 - value) * (1 - value)).divided(by: scale)
    }
    guard lambda != 0 else {
      result.found = []
      undecided("the critical points of the linear network are not isolated: none is searched for")
      return
    }
    let search = CriticalPointSearch<Engine>(
      subgroup: subgroup, lambda: lambda, lossScale: scale, digits: options.digits)
    let (found, unproved) = try search.points(control: control)
    result.found = found
    if unproved > 0 { undecided("\(unproved) candidates for critical points could not be proved") }
  }

  /// Along the slope no branch leaves W = I.
  private mutating func followBranches(to end: Engine.Rational, _ control: Control) throws {
    let follower = BranchFollower<Engine>(
      units: options.units, digits: options.digits,
      window: try BranchFollower<Engine>.window(units: options.units, to: end))
    let beginnings = BranchFollower<Engine>.beginnings(result.criticalValues, units: options.units)
    let outcomes = concurrentMap(count: beginnings.count, threads: control.threads) {
      follower.follow(beginnings[$0], control: control)
    }
    result.branches = outcomes.map(\.branch)
    for sentence in outcomes.flatMap(\.undecided) { undecided(sentence) }
    try control.check()
  }

  private mutating func undecided(_ sentence: String) {
    result.undecided = (result.undecided ?? []) + [sentence]
  }

  private func spectrum(at value: Engine.Rational) throws -> [BifurcationResult.Spectrum] {
    let search = EnclosureSearch(digits: options.digits)
    let weights = LossWeights(options.family, at: value)
    return try IsotypicType.allCases.map { type in
      BifurcationResult.Spectrum(
        type: type.name, dimension: type.dimension(units: options.units),
        eigenvalues: try (0..<type.multiplicity).map { position in
          try search.enclosure { precision in
            IdentityHessian<Engine.Ball>(units: options.units, weights: weights, precision: precision)
              .eigenvalues(type)[position]
          }
        })
    }
  }
}

extension BifurcationAnalysis {
  /// Completes a critical value by the jump of the degree and the maximal orbit types of the kernel.
  private mutating func addDegrees(
    _ degrees: EquivariantDegrees, _ classes: [BifurcationResult.Degrees.SubgroupClass], _ position: Int
  ) {
    let value = result.criticalValues[position]
    let kernel = IsotypicType.allCases.filter { type in value.kernel.contains { $0.type == type.name } }
    let coefficients = degrees.jump(
      from: negativeTypes(interval: position), to: negativeTypes(interval: position + 1))
    result.criticalValues[position].invariant = zip(classes, coefficients).filter { $0.1 != 0 }.reversed()
      .map { subgroup, coefficient in
        BifurcationResult.OrbitType(
          orbitType: subgroup.orbitType, order: subgroup.order, generators: subgroup.generators,
          coefficient: coefficient)
      }
    // A vector of the trivial representation breaks no symmetry.
    result.criticalValues[position].maximalOrbitTypes = kernel.filter { $0 != .trivial }.flatMap { type in
      degrees.maximalOrbitTypes(type).reversed().map { subgroup in
        BifurcationResult.MaximalOrbitType(
          type: type.name, orbitType: classes[subgroup].orbitType, order: classes[subgroup].order,
          fixedDimension: degrees.fixedDimensions(type)[subgroup])
      }
    }
  }

  /// How many copies of each type are negative in an interval between critical values.
  private func negativeTypes(interval: Int) -> [IsotypicType: Int] {
    guard options.family == .homotopy else { return [:] }
    return switch interval {
    case 0:
      Dictionary(
        uniqueKeysWithValues: IsotypicType.allCases.map {
          ($0, CriticalValues<Engine>.degeneracyMultiplicity($0))
        })
    case 1: [:]
    case 2: [.standard: 1]
    default: [.standard: 1, .trivial: 1]
    }
  }
}

extension BifurcationResult.Degrees {
  init(_ degrees: EquivariantDegrees) {
    let group = degrees.table.classes.group
    self.init(
      classes: zip(degrees.table.classes.classes, degrees.names.names).map { subgroup, name in
        SubgroupClass(
          orbitType: name, order: subgroup.order, conjugates: subgroup.conjugates,
          generators: subgroup.generators.map(group.oneLine))
      },
      subgroups: degrees.table.coveringPairs,
      basic: IsotypicType.allCases.map {
        Basic(type: $0.name, coefficients: degrees.basicDegree($0))
      })
  }
}

extension BifurcationResult.IsotypicComponent {
  init(_ type: IsotypicType, units: Int) {
    self.init(
      type: type.name, partition: type.partition(units: units), dimension: type.dimension(units: units),
      multiplicity: type.multiplicity, closedForms: type.eigenvalueForms)
  }
}
