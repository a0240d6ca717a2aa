/// Doubles in unmanaged memory: fast in debug builds, too. The pointer is valid while the buffer is held: whoever
/// keeps one in a local constant says so with `withExtendedLifetime`.
final class NumberBuffer {
  let pointer: UnsafeMutablePointer<Double>
  let count: Int

  init(count: Int) {
    self.count = count
    pointer = .allocate(capacity: max(count, 1))
    pointer.initialize(repeating: 0, count: max(count, 1))
  }

  convenience init(_ values: [Double]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { pointer[index] = value }
  }

  deinit { pointer.deallocate() }

  var values: [Double] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  func copy(_ source: UnsafePointer<Double>) { pointer.update(from: source, count: count) }
}

/// `Σ x_i y_i`.
func innerProduct(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int) -> Double {
  var (sum, i) = (0.0, 0)
  while i < count {
    sum += x[i] * y[i]
    i += 1
  }
  return sum
}
