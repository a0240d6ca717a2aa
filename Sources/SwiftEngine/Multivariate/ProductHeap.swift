/// The products of the terms of one polynomial with those of others, the greatest monomial first (Johnson, SIGSAM
/// Bulletin 8, 1974; Monagan and Pearce, CASC 2007, doi:10.1007/978-3-540-75187-8_23).
///
/// Each row is one term times a polynomial, of which a pointer remembers how far it has come; the heap holds one
/// product for each row.
struct ProductHeap {
  /// A product in the heap.
  struct Entry {
    let row: Int
    /// The place in the row's polynomial.
    let place: Int
  }

  private let layout: MonomialLayout
  private var entries: [Entry] = []
  /// The monomial of each row's product.
  private var keys: [UInt] = []
  private var freeSlots: [Int] = []
  private var slots: [Int] = []

  init(_ layout: MonomialLayout) { self.layout = layout }

  var isEmpty: Bool { entries.isEmpty }

  /// Adds a product with the monomial `left · right`.
  mutating func insert(_ entry: Entry, _ left: UnsafePointer<UInt>, _ right: UnsafePointer<UInt>) {
    let width = layout.width
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
    } else {
      slot = keys.count / width
      keys.append(contentsOf: repeatElement(0, count: width))
    }
    for word in 0..<width { keys[slot * width + word] = left[word] &+ right[word] }
    entries.append(entry)
    slots.append(slot)
    siftUp(entries.count - 1)
  }

  /// Copies the greatest monomial.
  func copyTop(to target: UnsafeMutablePointer<UInt>) {
    for word in 0..<layout.width { target[word] = keys[slots[0] * layout.width + word] }
  }

  /// Whether the greatest monomial is this one: −1 if it is smaller, 1 if it is greater.
  func compareTop(_ monomial: UnsafePointer<UInt>) -> Int {
    keys.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { layout.compare($0 + slots[0] * layout.width, monomial) } ?? 0
    }
  }

  /// Removes a product with the greatest monomial.
  mutating func removeTop() -> Entry {
    let top = entries[0]
    freeSlots.append(slots[0])
    let (lastEntry, lastSlot) = (entries.removeLast(), slots.removeLast())
    if !entries.isEmpty {
      entries[0] = lastEntry
      slots[0] = lastSlot
      siftDown()
    }
    return top
  }

  @inline(__always)
  private func isGreater(_ keys: UnsafePointer<UInt>, _ left: Int, _ right: Int) -> Bool {
    layout.compare(keys + left * layout.width, keys + right * layout.width) > 0
  }

  private mutating func siftUp(_ start: Int) {
    keys.withUnsafeBufferPointer { buffer in
      guard let keys = buffer.baseAddress else { return }
      var index = start
      while index > 0 {
        let parent = (index - 1) / 2
        guard isGreater(keys, slots[index], slots[parent]) else { return }
        entries.swapAt(index, parent)
        slots.swapAt(index, parent)
        index = parent
      }
    }
  }

  private mutating func siftDown() {
    keys.withUnsafeBufferPointer { buffer in
      guard let keys = buffer.baseAddress else { return }
      var index = 0
      while true {
        var child = 2 * index + 1
        guard child < slots.count else { return }
        if child + 1 < slots.count, isGreater(keys, slots[child + 1], slots[child]) { child += 1 }
        guard isGreater(keys, slots[child], slots[index]) else { return }
        entries.swapAt(index, child)
        slots.swapAt(index, child)
        index = child
      }
    }
  }
}
