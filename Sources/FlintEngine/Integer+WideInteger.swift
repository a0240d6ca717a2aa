import Algebra
import CFLINT

extension FlintEngine.Integer {
  public init(_ value: WideInteger) {
    guard !value.isZero else {
      self.init(0)
      return
    }
    let words = value.words.map { UInt($0) }
    self.init { result in
      // FLINT wants at least one word.
      guard !words.isEmpty else { return fmpz_zero(result) }
      fmpz_set_ui_array(result, words, words.count)
      if value.isNegative { fmpz_neg(result, result) }
    }
  }

  public var wide: WideInteger {
    read { number in
      let count = fmpz_size(number)
      guard count > 0 else { return WideInteger(0) }
      var words = [UInt](repeating: 0, count: Int(count))
      var magnitude: fmpz = 0
      fmpz_abs(&magnitude, number)
      fmpz_get_ui_array(&words, count, &magnitude)
      fmpz_clear(&magnitude)
      return WideInteger(isNegative: fmpz_sgn(number) < 0, words: words.map { UInt64($0) })
    }
  }
}
