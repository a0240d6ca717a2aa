import Interchange

/// A file in the format safetensors: eight bytes with the length of a JSON header, the header, the tensors' bytes.
struct Safetensors {
  struct Malformed: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// A tensor of numbers in the shortest decimals that mean them.
  struct Tensor {
    let shape: [Int]
    let values: [String]
  }

  struct LinearLayer {
    /// What the names of its tensors begin with.
    let name: String
    /// Outputs times inputs.
    let weight: Tensor
    let bias: Tensor?
  }

  private struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private let entries: [String: Entry]
  private let content: ArraySlice<UInt8>

  /// Whether a file begins as this format does, and not as JSON.
  static func isLikely(_ bytes: [UInt8]) -> Bool {
    bytes.count > 8 && bytes[8] == UInt8(ascii: "{") && bytes[4..<8].allSatisfy { $0 == 0 }
  }

  /// - Throws: `Malformed`.
  init(_ bytes: [UInt8]) throws {
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - 8, let header = String(validating: bytes[8..<8 + length], as: UTF8.self)
    else {
      throw Malformed("the header of the safetensors file is cut off")
    }
    do {
      entries = try JSONText.decode([String: AnyEntry].self, from: header).compactMapValues(\.entry)
    } catch {
      throw Malformed("the header of the safetensors file cannot be read")
    }
    content = bytes[(8 + length)...]
  }

  /// A tensor, or the file's metadata.
  private struct AnyEntry: Decodable {
    let entry: Entry?

    init(from decoder: any Decoder) throws {
      let isTensor = try decoder.container(keyedBy: Key.self).contains(.dtype)
      entry = isTensor ? try Entry(from: decoder) : nil
    }

    private enum Key: String, CodingKey {
      case dtype
    }
  }

  /// The two linear layers: `hidden` and `output`, or those of the file by name, numbers in names counting as numbers.
  ///
  /// - Throws: `Malformed`.
  func linearLayers() throws -> [LinearLayer] {
    let suffix = ".weight"
    let all = entries.filter { $0.key.hasSuffix(suffix) && $0.value.shape.count == 2 }.keys
      .map { String($0.dropLast(suffix.count)) }
    let wanted = ["hidden", "output"]
    let names =
      wanted.allSatisfy(all.contains)
      ? wanted : all.sorted { Self.parts($0).lexicographicallyPrecedes(Self.parts($1), by: Self.precedes) }
    guard names.count == 2 else {
      throw Malformed("the safetensors file has \(names.count) linear layers, not two")
    }
    return try names.map { name in
      LinearLayer(
        name: name, weight: try tensor(name + suffix),
        bias: entries[name + ".bias"] == nil ? nil : try tensor(name + ".bias"))
    }
  }

  private static func parts(_ name: String) -> [String] { name.split(separator: ".").map(String.init) }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    if let left = Int(left), let right = Int(right) { return left < right }
    return left < right
  }

  private func tensor(_ name: String) throws -> Tensor {
    guard let entry = entries[name] else { throw Malformed("there is no tensor '\(name)'") }
    let sizes = ["F64": 8, "F32": 4, "F16": 2, "BF16": 2]
    guard let size = sizes[entry.dtype] else {
      throw Malformed("'\(name)' has the type \(entry.dtype), not F64, F32, F16 or BF16")
    }
    let most = content.count / size
    let count = entry.shape.reduce(1) { product, length in
      let (next, overflows) = product.multipliedReportingOverflow(by: length)
      return length < 0 || overflows || product > most ? most + 1 : next
    }
    let offsets = entry.data_offsets
    guard count <= most, offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1],
      offsets[1] <= content.count, offsets[1] - offsets[0] == count * size
    else { throw Malformed("'\(name)' does not fit the size of the file") }
    let start = content.startIndex + offsets[0]
    let values = try (0..<count).map { index in
      let bits = content[(start + index * size)..<(start + (index + 1) * size)].reversed()
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let text = Self.text(bits, entry.dtype) else {
        throw Malformed("'\(name)', entry \(index + 1), is not a finite number")
      }
      return text
    }
    return Tensor(shape: entry.shape, values: values)
  }

  /// The number that bits mean, if it is finite.
  private static func text(_ bits: UInt64, _ type: String) -> String? {
    if type == "F64" {
      let value = Double(bitPattern: bits)
      return value.isFinite ? "\(value)" : nil
    }
    let value: Float =
      switch type {
      case "F32": Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      case "BF16": Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16)
      default: half(UInt32(truncatingIfNeeded: bits))
      }
    return value.isFinite ? "\(value)" : nil
  }

  /// A number of half precision; not every processor that Swift runs on has a type for it.
  private static func half(_ bits: UInt32) -> Float {
    let (exponent, fraction) = (Int(bits >> 10 & 31), Float(bits & 1023))
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    switch exponent {
    case 0: return sign * Float(sign: .plus, exponent: -24, significand: fraction)
    case 31: return .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }
}
