import Algebra
import LandscapeModel
import RealSolving
import Strata

/// The numbers of a balanced problem's local minima.
package struct BalancedNumbers<Engine: AlgebraEngine>: MinimumNumbers {
  package typealias Ball = Engine.Ball
  package typealias Minimum = BalancedMinimum<Engine>

  private let minimum: Minimum
  private let problem: TrainingProblem<Engine>
  private let division: Division<Engine>
  private let digits: Int

  package init(
    _ minimum: Minimum, of problem: TrainingProblem<Engine>, _ division: Division<Engine>, digits: Int
  ) {
    self.minimum = minimum
    self.problem = problem
    self.division = division
    self.digits = digits
  }

  /// The residual is the same at all vertices.
  private var solution: BalancedSolution<Engine> { minimum.vertices[0].solution }

  private func enclosure(_ quantity: (Int) throws -> Ball) throws -> DecimalEnclosure {
    try EnclosureSearch(digits: digits).enclosure(quantity)
  }

  // MARK: - Loss and certificate

  package func loss() throws -> Ball {
    try loss(precision: EnclosureSearch(digits: digits).firstPrecision)
  }

  package func lossEnclosure() throws -> DecimalEnclosure { try enclosure(loss(precision:)) }

  /// `Σ r_i²/ω_i + 2 λ Σ s + Σ μ_j c_j²`.
  private func loss(precision: Int) throws -> Ball {
    let coordinates = try solution.coordinates(precision: precision)
    var loss = Ball(0.0, precision: precision)
    for (row, value) in solution.residual(at: coordinates, precision: precision).enumerated() {
      let weight = problem.observationWeights?[row] ?? 1
      loss = loss + value * value / Ball(weight, precision: precision)
    }
    for variable in solution.system.shareVariables {
      loss = loss + coordinates[variable] * Ball(problem.ridge + problem.ridge, precision: precision)
    }
    for (variable, penalty) in zip(solution.system.linearVariables, problem.featurePenalties) {
      let square = coordinates[variable] * coordinates[variable]
      loss = loss + square * Ball(penalty, precision: precision)
    }
    return loss
  }

  /// `max |η| / λ`, alive faces included.
  package func ratio() throws -> DecimalEnclosure {
    if minimum.isGlobalForEveryWidth, !minimum.faces.isEmpty { return .one }
    let solution = self.solution
    let control = Control()
    let candidates = try division.faces.filter { face in
      try solution.outputSign(on: face, in: division, control) != 0
    }.map { try division.gradientForms(on: $0).map { try solution.system.form($0) } }
    if candidates.isEmpty { return .zero }
    return try enclosure { precision in
      let coordinates = try solution.coordinates(precision: precision)
      var best = Ball(0.0, precision: precision)
      for gradient in candidates {
        let square = gradient.reduce(Ball(0.0, precision: precision)) { sum, entry in
          let value = entry.enclosure(at: coordinates, precision: precision)
          return sum + value * value
        }
        switch (square - best).sign {
        case .positive: best = square
        case .negative, .zero: break
        case .unknown: best = best.union(square)
        }
      }
      return best.squareRoot(clampingAtZero: true) / Ball(problem.ridge, precision: precision)
    }
  }

  // MARK: - Shares and weights

  package func vertexCount() -> Int { minimum.vertices.count }

  package func share(
    of position: Int, atVertex vertex: Int
  ) throws -> (approximation: Double, enclosure: DecimalEnclosure) {
    guard try share(of: position, at: minimum.vertices[vertex], precision: 64) != nil else {
      return (0, .zero)
    }
    func value(_ precision: Int) throws -> Ball {
      try share(of: position, at: minimum.vertices[vertex], precision: precision)
        ?? Ball(0.0, precision: precision)
    }
    return (try value(64).approximation, try enclosure(value))
  }

  /// `nil` if the vertex has no share on the face.
  private func share(of position: Int, at vertex: Minimum.Vertex, precision: Int) throws -> Ball? {
    guard let place = vertex.faces.firstIndex(of: minimum.faces[position].index) else { return nil }
    return vertex.solution.share(of: place, at: try vertex.solution.coordinates(precision: precision))
  }

  package func outputWeight(of position: Int, sharedBy count: Int) throws -> DecimalEnclosure {
    try enclosure { try outputWeight(of: position, sharedBy: count, precision: $0) }
  }

  /// With an equal part of the mean of the vertices.
  private func outputWeight(of position: Int, sharedBy count: Int, precision: Int) throws -> Ball {
    let sum = try minimum.vertices.reduce(Ball(0.0, precision: precision)) { sum, vertex in
      try share(of: position, at: vertex, precision: precision).map { sum + $0 } ?? sum
    }
    let divisor = Ball(Engine.Rational(count * minimum.vertices.count), precision: precision)
    return Ball(Engine.Rational(minimum.outputSigns[position]), precision: precision)
      * (sum / divisor).squareRoot(clampingAtZero: true)
  }

  package func direction(of position: Int) throws -> [DecimalEnclosure] {
    let sign = Engine.Rational(minimum.outputSigns[position])
    return try weights(of: position) { Ball(sign, precision: $0) }
  }

  package func hiddenWeight(of position: Int, sharedBy count: Int) throws -> [DecimalEnclosure] {
    try weights(of: position) { try outputWeight(of: position, sharedBy: count, precision: $0) }
  }

  /// The enclosures of a number times `w/a`.
  private func weights(of position: Int, factor: (Int) throws -> Ball) throws -> [DecimalEnclosure] {
    let face = minimum.faces[position].index
    guard let vertex = minimum.vertices.first(where: { $0.faces.contains(face) }),
      let place = vertex.faces.firstIndex(of: face)
    else { preconditionFailure("every face has a positive share at some vertex") }
    return try (0..<problem.weightDimension).map { column in
      try enclosure { precision in
        let coordinates = try vertex.solution.coordinates(precision: precision)
        return try factor(precision)
          * vertex.solution.direction(of: place, at: coordinates, precision: precision)[column]
      }
    }
  }

  package func linearCoefficients() throws -> [DecimalEnclosure]? {
    guard !problem.featurePenalties.isEmpty else { return nil }
    return try problem.featurePenalties.indices.map { column in
      try enclosure { precision in
        let sum = try minimum.vertices.reduce(Ball(0.0, precision: precision)) { sum, vertex in
          let variable = vertex.solution.system.linearVariables.lowerBound + column
          return sum + (try vertex.solution.coordinates(precision: precision))[variable]
        }
        return sum / Ball(Engine.Rational(minimum.vertices.count), precision: precision)
      }
    }
  }

  // MARK: - Fit

  package func fit() throws -> Fit {
    let solution = self.solution
    let ring = solution.system.notation.ring
    return try Fit(
      residuals: solution.system.residual, weights: problem.observationWeights,
      targets: problem.targets.map { ring.constant($0) }, digits: digits
    ) { polynomial, precision in
      polynomial.enclosure(at: try solution.coordinates(precision: precision), precision: precision)
    }
  }
}
