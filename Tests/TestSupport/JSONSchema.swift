import Foundation

/// A JSON Schema (draft 2020-12), as far as this project's schemas need it.
///
/// Known are `$ref` (to `#/$defs/…`), `type`, `const`, `enum`, `pattern`, `minimum`, `maximum`, `properties`,
/// `required`, `additionalProperties`, `items`, `minItems`, `maxItems`, `anyOf`, and `if`/`then`/`else`. Everything
/// else but annotations is an error, so that no rule is passed over in silence.
public struct JSONSchema {
  /// What a schema contains that is not known here.
  public struct UnknownKeyword: Error {
    public let keyword: String
  }

  private static let annotations: Set<String> = [
    "$schema", "$id", "$defs", "$comment", "title", "description", "examples",
  ]

  private let root: [String: Any]

  public init(_ data: Data) throws {
    guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw UnknownKeyword(keyword: "a schema that is no object")
    }
    root = object
  }

  /// What is wrong with a document, each line with the place; empty if it is valid.
  public func violations(in document: Data) throws -> [String] {
    try violations(JSONSerialization.jsonObject(with: document, options: .fragmentsAllowed), root, "$")
  }

  private func violations(_ value: Any, _ schema: Any, _ place: String) throws -> [String] {
    if let isAllowed = schema as? Bool { return isAllowed ? [] : ["\(place): must not be there"] }
    guard let schema = schema as? [String: Any] else { throw UnknownKeyword(keyword: "\(schema)") }
    var found: [String] = []
    for (keyword, rule) in schema.sorted(by: { $0.key < $1.key }) {
      found += try violations(value, keyword, rule, schema, place)
    }
    return found
  }

  private func violations(
    _ value: Any, _ keyword: String, _ rule: Any, _ schema: [String: Any], _ place: String
  ) throws -> [String] {
    func check(_ isValid: Bool) -> [String] { isValid ? [] : ["\(place): \(keyword) \(rule)"] }
    let object = value as? [String: Any]
    let array = value as? [Any]
    switch keyword {
    case "$ref": return try violations(value, definition(rule), place)
    case "type":
      let types = rule as? [String] ?? [rule as? String ?? ""]
      return check(
        types.contains(Self.type(of: value)) || types.contains("number") && Self.type(of: value) == "integer")
    case "const": return check(Self.areEqual(value, rule))
    case "enum": return check((rule as? [Any] ?? []).contains { Self.areEqual(value, $0) })
    case "pattern":
      guard let text = value as? String, let pattern = rule as? String else { return [] }
      return check(text.range(of: pattern, options: .regularExpression) != nil)
    case "minimum": return check((value as? NSNumber).map { $0.doubleValue >= Self.number(rule) } ?? true)
    case "maximum": return check((value as? NSNumber).map { $0.doubleValue <= Self.number(rule) } ?? true)
    case "minItems": return check(array.map { Double($0.count) >= Self.number(rule) } ?? true)
    case "maxItems": return check(array.map { Double($0.count) <= Self.number(rule) } ?? true)
    case "items":
      return try (array ?? []).enumerated().flatMap { try violations($1, rule, "\(place)[\($0)]") }
    case "required":
      return (rule as? [String] ?? []).filter { object?[$0] == nil && object != nil }
        .map { "\(place): '\($0)' is missing" }
    case "properties":
      let rules = rule as? [String: Any] ?? [:]
      return try (object ?? [:]).sorted { $0.key < $1.key }.flatMap { key, value in
        try rules[key].map { try violations(value, $0, "\(place).\(key)") } ?? []
      }
    case "additionalProperties":
      let known = schema["properties"] as? [String: Any] ?? [:]
      return try (object ?? [:]).filter { known[$0.key] == nil }.sorted { $0.key < $1.key }.flatMap {
        try violations($1, rule, "\(place).\($0)")
      }
    case "anyOf":
      return check(try (rule as? [Any] ?? []).contains { try violations(value, $0, place).isEmpty })
    case "if":
      let branch = try violations(value, rule, place).isEmpty ? "then" : "else"
      return try schema[branch].map { try violations(value, $0, place) } ?? []
    case "then", "else": return []
    default:
      guard Self.annotations.contains(keyword) else { throw UnknownKeyword(keyword: keyword) }
      return []
    }
  }

  private func definition(_ reference: Any) throws -> Any {
    let prefix = "#/$defs/"
    guard let reference = reference as? String, reference.hasPrefix(prefix),
      let definition = (root["$defs"] as? [String: Any])?[String(reference.dropFirst(prefix.count))]
    else { throw UnknownKeyword(keyword: "$ref \(reference)") }
    return definition
  }

  private static func type(of value: Any) -> String {
    switch value {
    case is NSNull: return "null"
    case is String: return "string"
    case is [Any]: return "array"
    case is [String: Any]: return "object"
    case let number as NSNumber:
      if isBoolean(number) { return "boolean" }
      return number.doubleValue.rounded() == number.doubleValue ? "integer" : "number"
    default: return ""
    }
  }

  private static func isBoolean(_ number: NSNumber) -> Bool {
    // Foundation keeps booleans as characters.
    String(cString: number.objCType) == "c"
  }

  private static func number(_ rule: Any) -> Double { (rule as? NSNumber)?.doubleValue ?? .nan }

  private static func areEqual(_ left: Any, _ right: Any) -> Bool {
    guard type(of: left) == type(of: right), let left = left as? NSObject, let right = right as? NSObject
    else {
      return (left as? String).map { $0 == right as? String } ?? false
    }
    return left == right
  }
}
