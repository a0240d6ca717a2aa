import Algebra
import CKernels

/// Many integers in digits of 30 bits, from which residues modulo a prime are scalar products with the powers
/// of 2³⁰.
final class DigitTable: @unchecked Sendable {
  private let digits = GrowableBuffer<UInt32>(capacity: 1024)
  /// Where each integer's digits start; one more entry at the end.
  private var starts = [0]
  private var negative: [Bool] = []
  private var longest = 0
  /// What the kernel works on at once.
  private static let block = 8

  var count: Int { negative.count }

  func append(_ value: WideInteger) {
    let needed = (value.bitLength + 29) / 30
    let padded = (needed + Self.block - 1) / Self.block * Self.block
    for digit in 0..<needed {
      let bit = 30 * digit
      let (word, shift) = (bit / 64, UInt64(bit % 64))
      var bits = value.words[word] >> shift
      if shift > 34, word + 1 < value.words.count { bits |= value.words[word + 1] << (64 - shift) }
      digits.append(UInt32(truncatingIfNeeded: bits & 0x3fff_ffff))
    }
    digits.append(repeating: 0, count: padded - needed)
    longest = max(longest, padded)
    starts.append(digits.count)
    negative.append(value.isNegative)
  }

  /// The residues of all integers. Cost: about a nanosecond for each digit.
  func residues(lanes: FieldLanes) -> [UInt32] {
    let field = lanes.fields[0]
    var powers = [UInt32](repeating: 0, count: longest)
    var power: UInt32 = 1 % field.prime
    let radix = (1 << 30) % field.prime
    for i in powers.indices {
      powers[i] = power
      power = field.multiply(power, radix)
    }
    return (0..<count).map { index in
      let length = starts[index + 1] - starts[index]
      let sum = ck_dense_dot(digits.base + starts[index], powers, length, lanes.constants)
      let residue = UInt32(truncatingIfNeeded: sum % UInt64(field.prime))
      return negative[index] ? field.negate(residue) : residue
    }
  }
}
