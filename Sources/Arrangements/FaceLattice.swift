import Algebra
import LandscapeModel

/// The faces of an arrangement with their incidences, found from the lattice of flats.
///
/// The faces above a face `g` whose zero flat is `Z` are the compositions `g ∘ (±c)` with the signs `c` of the
/// coverings `W ⋖ Z`: step from `g` in a direction that leaves the hyperplanes of `Z` outside of `W`. Starting
/// from the minimal face this reaches every face, once from each of its facets.
struct FaceLattice {
  /// The packed signs of the faces and their numbers in the order of discovery, dimension by dimension.
  private var table: KeyTable
  /// The zero flat of every face.
  private var flats: [Int]
  /// Where the upper faces of a face begin: two for each covering below its flat, + before −.
  private var starts: [Int] = [0]
  private var upperFaces: [Int32] = []

  /// Cost: for every pair of a face and one of its facets one composition and one hash look-up.
  ///
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  init(_ lattice: FlatLattice, rowCount: Int, control: Control) throws {
    table = KeyTable(width: PackedSigns.wordCount(for: rowCount))
    var key = [UInt64](repeating: 0, count: table.width)
    _ = try table.number(of: key)
    flats = [lattice.flats.count - 1]
    var face = 0
    while face < table.count {
      try control.check()
      for index in lattice.coveringsBelow[flats[face]] {
        let covering = lattice.coverings[index]
        for isNegative in [false, true] {
          let start = face * table.width
          for position in 0..<table.width {
            let word = covering.signs[position]
            key[position] =
              table.words[start + position] | (isNegative ? PackedSigns.negated(word) : word)
          }
          let (number, isNew) = try table.number(of: key)
          if isNew { flats.append(covering.lower) }
          upperFaces.append(Int32(number))
        }
      }
      starts.append(upperFaces.count)
      face += 1
    }
  }

  /// The faces in the order of their sign vectors.
  ///
  /// - Throws: `Interruption`.
  func sortedFaces(_ lattice: FlatLattice, rowCount: Int, control: Control) throws -> [Face] {
    let rank = lattice.flats[flats[0]].rank
    let order = table.order(by: PackedSigns.ordered)
    var numbers = [Int32](repeating: 0, count: order.count)
    for (number, index) in order.enumerated() { numbers[index] = Int32(number) }

    var facetCounts = [Int](repeating: 0, count: order.count)
    for upper in upperFaces { facetCounts[Int(numbers[Int(upper)])] += 1 }
    var facets = [[Facet]](repeating: [], count: order.count)
    for number in facets.indices { facets[number].reserveCapacity(facetCounts[number]) }
    for (number, index) in order.enumerated() {
      try control.check()
      for (ray, covering) in lattice.coveringsBelow[flats[index]].enumerated() {
        let facet = Facet(face: number, wall: lattice.coverings[covering].row)
        let position = starts[index] + 2 * ray
        facets[Int(numbers[Int(upperFaces[position])])].append(facet)
        facets[Int(numbers[Int(upperFaces[position + 1])])].append(facet)
      }
    }
    return try order.enumerated().map { number, index in
      try control.check()
      let cofacets = (starts[index]..<starts[index + 1]).map { position in
        let step = position - starts[index]
        return Cofacet(
          face: Int(numbers[Int(upperFaces[position])]), ray: step / 2,
          sign: step.isMultiple(of: 2) ? 1 : -1)
      }
      return Face(
        signs: SignVector(count: rowCount, words: Array(table[index])),
        flat: flats[index], dimension: rank - lattice.flats[flats[index]].rank,
        facets: facets[number], cofacets: cofacets)
    }
  }
}
