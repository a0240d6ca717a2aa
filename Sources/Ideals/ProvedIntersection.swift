import Algebra
import GroebnerBases

/// The intersection of ideals with proved bases, and whether it is proved to be it.
struct ProvedIntersection<Engine: AlgebraEngine> {
  let ideal: Ideal<Engine>
  let status: DecompositionCheck.Status

  /// - Parameters:
  ///   - input: lies in all the ideals, and has a proved basis.
  ///   - areCoprime: whether the ideals are known to be pairwise coprime and of dimension zero. Their degrees sum
  ///     up to that of the intersection, which is the input if that has this degree.
  init(of ideals: [Ideal<Engine>], containing input: Ideal<Engine>, areCoprime: Bool, control: Control) throws
  {
    if areCoprime, input.isFinite {
      let degrees = try ideals.map { try $0.dimensionAndDegree(control: control).degree }
      if try input.dimensionAndDegree(control: control).degree == degrees.reduce(0, +) {
        (ideal, status) = (input, .proved)
        return
      }
    }
    var common = try input.unit(control)
    var isProved = true
    for ideal in ideals {
      let next = try common.intersection(ideal, control: control)
      isProved = try isProved && next.isProvedIntersection(of: common, ideal, control: control)
      common = next
    }
    (ideal, status) = (common, isProved ? .proved : .probable)
  }
}
