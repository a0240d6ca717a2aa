#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A contiguous buffer of plain values that grows at its end and keeps its memory when emptied.
///
/// Hot loops work on `base` directly; it moves when the buffer grows.
final class GrowableBuffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    guard let block = malloc(self.capacity * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory")
    }
    base = block.bindMemory(to: Element.self, capacity: self.capacity)
  }

  deinit { free(base) }

  /// Makes room for this many further elements.
  @inline(__always)
  func reserve(_ additional: Int) {
    if count + additional > capacity { grow(to: count + additional) }
  }

  private func grow(to needed: Int) {
    let newCapacity = max(needed, 2 * capacity)
    // Large blocks are moved by the system without being copied or held twice.
    guard let moved = realloc(base, newCapacity * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory")
    }
    base = moved.bindMemory(to: Element.self, capacity: newCapacity)
    capacity = newCapacity
  }

  @inline(__always)
  func append(_ element: Element) {
    reserve(1)
    base[count] = element
    count += 1
  }

  func append(repeating element: Element, count additional: Int) {
    reserve(additional)
    (base + count).update(repeating: element, count: additional)
    count += additional
  }

  func append(from source: UnsafePointer<Element>, count additional: Int) {
    reserve(additional)
    (base + count).update(from: source, count: additional)
    count += additional
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }
}
