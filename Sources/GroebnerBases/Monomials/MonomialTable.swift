/// The distinct monomials of one matrix, numbered in the sequence of their arrival.
///
/// Open addressing with linear probing. A slot keeps a part of the hash beside the number, so that most
/// probes touch one cache line.
final class MonomialTable {
  let layout: MonomialLayout
  /// Packed vectors, `layout.words` words each.
  let monomials: GrowableBuffer<UInt64>
  private(set) var count = 0
  private var slots: UnsafeMutablePointer<UInt64>
  private var logarithm: Int
  private let multipliers: UnsafeMutablePointer<UInt64>

  init(layout: MonomialLayout) {
    self.layout = layout
    monomials = GrowableBuffer(capacity: 64 * layout.words)
    logarithm = 7
    slots = .allocate(capacity: 1 << logarithm)
    slots.update(repeating: 0, count: 1 << logarithm)
    multipliers = .allocate(capacity: layout.words)
    var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    for w in 0..<layout.words {
      multipliers[w] = seed | 1
      seed = (seed ^ (seed >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  deinit {
    slots.deallocate()
    multipliers.deallocate()
  }

  func removeAll() {
    slots.update(repeating: 0, count: 1 << logarithm)
    monomials.count = 0
    count = 0
  }

  /// Makes room for further monomials, so that `insert` need not grow the table.
  @inline(__always)
  func reserve(_ additional: Int) {
    monomials.reserve(additional * layout.words)
    if 2 * (count + additional) > 1 << logarithm { rehash(for: count + additional) }
  }

  private func rehash(for needed: Int) {
    while 2 * needed > 1 << logarithm { logarithm += 1 }
    slots.deallocate()
    slots = .allocate(capacity: 1 << logarithm)
    slots.update(repeating: 0, count: 1 << logarithm)
    let mask = (1 << logarithm) - 1
    for id in 0..<count {
      let hash = hash(monomials.base + id * layout.words)
      var slot = Int(truncatingIfNeeded: hash >> UInt64(64 - logarithm))
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Self.entry(hash, id)
    }
  }

  @inline(__always)
  private func hash(_ monomial: UnsafePointer<UInt64>) -> UInt64 {
    var sum: UInt64 = 0
    for w in 0..<layout.words {
      sum = (sum ^ monomial[w]) &* multipliers[w]
      sum ^= sum >> 32
    }
    return sum &* 0x9E37_79B9_7F4A_7C15
  }

  /// The hash's lower half above the number plus one; zero is an empty slot.
  @inline(__always)
  private static func entry(_ hash: UInt64, _ id: Int) -> UInt64 {
    hash << 32 | UInt64(truncatingIfNeeded: id + 1)
  }

  /// The number of the monomial, which is entered if it is new. The caller has reserved room.
  @inline(__always)
  func insert(_ monomial: UnsafePointer<UInt64>) -> UInt32 {
    let hash = hash(monomial)
    let mask = (1 << logarithm) - 1
    var slot = Int(truncatingIfNeeded: hash >> UInt64(64 - logarithm))
    while true {
      let entry = slots[slot]
      if entry == 0 {
        let id = count
        slots[slot] = Self.entry(hash, id)
        let place = monomials.base + id * layout.words
        for w in 0..<layout.words { place[w] = monomial[w] }
        monomials.count += layout.words
        count += 1
        return UInt32(truncatingIfNeeded: id)
      }
      if entry >> 32 == hash & 0xffff_ffff {
        let id = UInt32(truncatingIfNeeded: entry) &- 1
        if layout.areEqual(monomials.base + Int(id) * layout.words, monomial) { return id }
      }
      slot = (slot + 1) & mask
    }
  }

  /// Enters all products of the `count` monomials at `source` with `multiplier` and writes their numbers;
  /// false if an exponent overflows.
  func insertProducts(
    of source: UnsafePointer<UInt64>, count termCount: Int, with multiplier: UnsafePointer<UInt64>,
    numbers: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    reserve(termCount)
    switch layout.words {
    case 1: return insertProducts(of: source, termCount, multiplier, numbers, words: 1)
    case 2: return insertProducts(of: source, termCount, multiplier, numbers, words: 2)
    default: return insertProducts(of: source, termCount, multiplier, numbers, words: layout.words)
    }
  }

  @inline(__always)
  private func insertProducts(
    of source: UnsafePointer<UInt64>, _ termCount: Int, _ multiplier: UnsafePointer<UInt64>,
    _ numbers: UnsafeMutablePointer<UInt32>, words: Int
  ) -> Bool {
    let guards = layout.guards
    let multipliers = multipliers
    let slots = slots
    let known = monomials.base
    let shift = UInt64(64 - logarithm)
    let mask = (1 << logarithm) - 1
    var next = count
    var overflow: UInt64 = 0
    for term in 0..<termCount {
      let factor = source + term * words
      // The product is written where it would stay if it is new.
      let place = known + next * words
      var hash: UInt64 = 0
      for w in 0..<words {
        let word = factor[w] &+ multiplier[w]
        overflow |= word & guards[w]
        place[w] = word
        hash = (hash ^ word) &* multipliers[w]
        hash ^= hash >> 32
      }
      hash = hash &* 0x9E37_79B9_7F4A_7C15
      var slot = Int(truncatingIfNeeded: hash >> shift)
      while true {
        let entry = slots[slot]
        if entry == 0 {
          slots[slot] = Self.entry(hash, next)
          numbers[term] = UInt32(truncatingIfNeeded: next)
          next += 1
          break
        }
        if entry >> 32 == hash & 0xffff_ffff {
          let id = Int(UInt32(truncatingIfNeeded: entry) &- 1)
          let candidate = known + id * words
          var difference: UInt64 = 0
          for w in 0..<words { difference |= candidate[w] ^ place[w] }
          if difference == 0 {
            numbers[term] = UInt32(truncatingIfNeeded: id)
            break
          }
        }
        slot = (slot + 1) & mask
      }
    }
    monomials.count = next * words
    count = next
    return overflow == 0
  }
}
