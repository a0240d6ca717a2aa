import Algebra
import GroebnerBases
import Testing

@Suite("Bases that Singular has computed")
struct ReferenceTests {
  @Test("there are references to compare with")
  func referencesExist() {
    #expect(Systems.references.count > 150)
    #expect(Set(Systems.references.map(\.name)).count > 20)
  }

  @Test(
    "reduced basis, dimension and degree agree",
    arguments: Systems.references.filter { Systems.wantsLongTests || !Systems.isLong($0) })
  func agrees(_ reference: Systems.Reference) throws {
    let system = try Systems.load(reference.name, characteristic: reference.characteristic)
    let basis = try GroebnerBasis(of: system, order: reference.order)
    let values = basis.polynomials.map { Systems.value($0, characteristic: reference.characteristic) }
    #expect(values == reference.values)
    let series = try basis.hilbertSeries()
    #expect(series.dimension == reference.dimension)
    if reference.order != .lexicographic || reference.dimension == 0 {
      #expect(series.degree == reference.degree)
    }
  }

  @Test("the exact variant gives the same bases", arguments: ["cyclic5", "katsura6", "eco8", "dgp_butcher"])
  func exact(_ name: String) throws {
    let system = try Systems.load(name, characteristic: 32003)
    let exact = try GroebnerBasis(of: system, options: GroebnerOptions(guarantee: .proved))
    let probable = try GroebnerBasis(of: system)
    #expect(exact.guarantee == .proved)
    #expect(probable.guarantee == .probable)
    #expect(exact.polynomials == probable.polynomials)
  }
}
