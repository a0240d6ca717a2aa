import Algebra
import Dispatch
import FlintEngine
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("FLINT on several threads", .serialized)
struct ThreadTests {
  typealias Integer = FlintEngine.Integer
  typealias Univariate = FlintEngine.UnivariatePolynomial

  /// Runs the closure on a thread of its own, which ends before this returns.
  private func onNewThread(_ body: @escaping @Sendable () -> Void) throws {
    final class Task: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let task = Unmanaged.passRetained(Task(body))
    let status = pthread_create(
      &thread, nil,
      { argument in
        // Glibc and Darwin disagree on whether the argument is optional.
        let pointer: UnsafeMutableRawPointer? = argument
        pointer.map { Unmanaged<Task>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, task.toOpaque())
    try #require(status == 0)
    pthread_join(thread, nil)
  }

  /// Work that fills FLINT's caches and leaves large numbers behind.
  @Sendable private static func work(_ seed: Int) -> [Integer] {
    FlintEngine.prepareThread()
    let polynomial = Univariate(
      coefficients: (1...40).map { (try? Integer(seed + $0).power(60)) ?? 0 })
    return (polynomial * polynomial).coefficients
  }

  private func growth(of body: () throws -> Void) rethrows -> Int {
    let before = ProcessMemory.residentBytes ?? 0
    try body()
    return (ProcessMemory.residentBytes ?? 0) - before
  }

  @Test("What FLINT caches for a thread is released when the thread ends")
  func threadsThatEnd() throws {
    let growth = try growth {
      for round in 0..<1000 { try onNewThread { _ = Self.work(round) } }
    }
    // Without the release this is more than 200 MB.
    #expect(growth < 60_000_000)
  }

  @Test("Values outlive the thread that made them")
  func valuesOutliveThreads() throws {
    let expected = Self.work(7)
    let growth = try growth {
      for _ in 0..<1000 {
        let results = Mutex<[Integer]>([])
        try onNewThread { results.withLock { $0 = Self.work(7) } }
        let values = results.withLock { $0 }
        #expect(values == expected)
        #expect(values.reduce(0, +) == expected.reduce(0, +))
      }
    }
    #expect(growth < 60_000_000)
  }

  @Test("Threads share rings, polynomials and numbers")
  func sharedValues() throws {
    let ring = try FlintEngine.PolynomialRing(variables: ["x", "y", "z"], order: .degreeReverseLexicographic)
    let (x, y, z) = (ring.variable(0), ring.variable(1), ring.variable(2))
    let base = try x.adding(y.scaled(by: 3)).subtracting(z).adding(ring.constant(1))
    let product = try base.power(3).multiplied(by: x.subtracting(y))
    let big = try Integer(3).power(1000)
    let matrix = try FlintEngine.RationalMatrix(rows: 2, columns: 2, entries: [1, 2, 3, 4])
    let factorisation = try product.factored()
    let agreements = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 200) { index in
      FlintEngine.prepareThread()
      var copy = matrix
      copy[0, 0] = FlintEngine.Rational(big)
      let agrees =
        (try? product.factored()) == factorisation
        && (try? base.power(3).multiplied(by: x.subtracting(y))) == product
        && big * Integer(index) == (0..<index).reduce(Integer(0)) { sum, _ in sum + big } && matrix[0, 0] == 1
        && (try? copy.determinant()) == FlintEngine.Rational(big * 4 - 6)
      if agrees { agreements.withLock { $0 += 1 } }
    }
    #expect(agreements.withLock { $0 } == 200)
  }

  @Test("Short-lived tasks leave no memory behind")
  func tasks() async {
    let before = ProcessMemory.residentBytes ?? 0
    for round in 0..<100 {
      await withTaskGroup(of: Int.self) { group in
        for task in 0..<20 { group.addTask { Self.work(round * 20 + task).count } }
        for await count in group { #expect(count == 79) }
      }
    }
    #expect((ProcessMemory.residentBytes ?? 0) - before < 60_000_000)
  }
}
