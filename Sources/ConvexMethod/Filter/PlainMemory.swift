extension UnsafeBufferPointer {
  /// A copy of plain numbers in memory without a reference count, which all threads would write to. Whoever makes
  /// it deallocates it.
  package static func copy(of elements: [Element]) -> Self {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return Self(copy)
  }
}
