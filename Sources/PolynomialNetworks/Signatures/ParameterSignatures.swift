import LandscapeModel

/// The Hessian in the parameters of a network of quadratic units, from what is known in function space.
///
/// At a critical form X with gradient G (`⟨E, B⟩ = tr(GB)`) and weights in the image of X, the Hessian splits into
/// that on forms of the same rank, and `2 tr(Ĝ βᵀ D β)` for the ways β to move the units' weights out of the image
/// that do not change X to first order: Ĝ is G on a complement of the image, and D, the output weights, has there the
/// signature that X leaves over. The rest are directions along which X stays.
struct ParameterSignatures {
  /// On forms of the same rank.
  let function: TeacherResult.Signature
  /// The inertia of X.
  let form: TeacherResult.Signature
  /// The inertia of Ĝ.
  let gradient: TeacherResult.Signature
  /// Whether X is the teacher, so that G is zero.
  let isTeacher: Bool
  /// That of the critical point.
  var multiplicity = 1
  let inputs: Int

  /// Along the kernel of the Hessian the loss has no extremum: it is like `s^(μ+1)` with an even multiplicity μ.
  private var isFold: Bool { function.zero == 1 && multiplicity % 2 == 0 }

  /// For every number of positive and negative living units that X and the width allow.
  func all(width: Int) -> [TeacherResult.Parameters] {
    let (p, q) = (form.positive, form.negative)
    guard p + q <= width else { return [] }
    return (p...width - q).flatMap { positive in
      (q...width - positive).map { negative in
        let (more, fewer) = (positive - p, negative - q)
        let up = function.positive + gradient.positive * more + gradient.negative * fewer
        let down = function.negative + gradient.positive * fewer + gradient.negative * more
        return TeacherResult.Parameters(
          positiveUnits: positive, negativeUnits: negative,
          signature: TeacherResult.Signature(
            positive: up, negative: down, zero: width * (inputs + 1) - up - down),
          kind: kind(negativeEigenvalues: down, positive, negative, width: width))
      }
    }
  }

  /// The same for units of any degree: for degrees above two all sums of one power, and of several powers those
  /// networks whose living units are as many.
  func all(width: Int, degree: Int, rank: Int) -> [TeacherResult.Parameters] {
    if degree == 2 { return all(width: width) }
    if rank == 1, degree % 2 == 0 {
      return all(width: width).map { entry in
        var entry = entry
        // There is no cone of forms to compare with: only nonsingular cases are decided.
        if entry.kind == .minimum, !isTeacher, function.zero + gradient.zero > 0 { entry.kind = .undecided }
        return entry
      }
    }
    // Odd powers take over signs.
    let positives = degree % 2 == 0 ? [form.positive] : Array(0...rank)
    return positives.map { positive in
      let (up, down) = (function.positive, function.negative)
      let kind: TeacherResult.Parameters.Kind =
        isTeacher
        ? .minimum
        : down > 0 || isFold || rank < width ? .saddle : function.zero == 0 ? .minimum : .undecided
      return TeacherResult.Parameters(
        positiveUnits: positive, negativeUnits: rank - positive,
        signature: TeacherResult.Signature(
          positive: up, negative: down, zero: width * (inputs + 1) - up - down),
        kind: kind)
    }
  }

  private func kind(
    negativeEigenvalues: Int, _ positive: Int, _ negative: Int, width: Int
  ) -> TeacherResult.Parameters.Kind {
    if isTeacher { return .minimum }
    // A unit (a, w) = (0, 0) changes the loss by a wᵀGw, which has both signs.
    if negativeEigenvalues > 0 || isFold || positive + negative < width { return .saddle }
    // All zero directions keep X: the critical set is a manifold of that dimension.
    if function.zero == 0, gradient.zero == 0 { return .minimum }
    // The loss is convex, and its minimum on the cone of semidefinite forms is here.
    if negative == 0, gradient.negative == 0 { return .minimum }
    if positive == 0, gradient.positive == 0 { return .minimum }
    return .undecided
  }
}

extension TeacherResult.Signature {
  /// What a Hessian with these signs on a set of forms of its size says.
  var kind: TeacherResult.CriticalPoint.Kind {
    if zero > 0 { return .degenerate }
    if negative == 0 { return .minimum }
    return positive == 0 ? .maximum : .saddle
  }
}
