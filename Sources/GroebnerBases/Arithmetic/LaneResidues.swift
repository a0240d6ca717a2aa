import CKernels

/// Residues of integers modulo eight primes at once.
struct LaneResidues {
  private let lanes: FieldLanes
  /// Eight words for each half of a word: the powers of 2³².
  private let powers: [UInt32]

  /// - Parameter bitLength: of the longest integer.
  init(lanes: FieldLanes, bitLength: Int) {
    self.lanes = lanes
    var present = lanes.fields.map { 1 % $0.prime }
    let radix = lanes.fields.map { UInt32((1 << 32) % UInt64($0.prime)) }
    var powers: [UInt32] = []
    powers.reserveCapacity(FieldLanes.count * (bitLength / 32 + 2))
    for _ in 0..<bitLength / 32 + 2 {
      powers += present
      for lane in present.indices { present[lane] = lanes.fields[lane].multiply(present[lane], radix[lane]) }
    }
    self.powers = powers
  }

  /// Writes eight words for each of some integers of a list.
  ///
  /// Cost: a few nanoseconds for each word of the integers.
  func write(
    _ integers: PackedIntegers, _ range: Range<Int>, into result: UnsafeMutablePointer<UInt32>
  ) {
    for (place, index) in range.enumerated() {
      let residues = result + FieldLanes.count * place
      integers.magnitude(index).withUnsafeBufferPointer { words in
        ck_residue_lanes(words.baseAddress, words.count, powers, residues, lanes.constants)
      }
      guard integers.isNegative(index) else { continue }
      for lane in 0..<FieldLanes.count { residues[lane] = lanes.fields[lane].negate(residues[lane]) }
    }
  }
}
