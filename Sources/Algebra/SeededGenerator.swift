/// A small reproducible random number generator (SplitMix64; Steele, Lea, Flood, OOPSLA 2014,
/// doi:10.1145/2660193.2660195).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// An independent generator for the task with this number, whatever the order in which tasks run.
  public init(seed: UInt64, task: UInt64) {
    var mixer = SeededGenerator(seed: seed ^ (task &* 0xD1B5_4A32_D192_ED03))
    state = mixer.next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
