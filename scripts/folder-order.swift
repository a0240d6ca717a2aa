#!/usr/bin/env swift
// folder-order [SOURCES]: whether the folders of every target know each other in one direction only.
//
// A folder knows another one of its target if its code, without comments and texts, names a type that only the other
// one declares. Prints the folders that run in circles, and what makes them do so; exit code 1 if there are any.
import Foundation

/// The code without comments and the insides of texts.
func code(_ text: String) -> String {
  text.replacing(#///.*/#, with: "")
    .replacing(#/"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"/#, with: "\"\"")
}

/// The types that stand outside of any other.
func declarations(in text: String) -> [String] {
  let type =
    #/^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|final|indirect|open|nonisolated)\s+)*(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)/#
  return text.matches(of: type.anchorsMatchLineEndings()).map { String($0.1) }
}

struct File {
  let folder: String
  let name: String
  let names: Set<String>
}

/// What makes a folder know each of the others.
func knowledge(of files: [File], declaredIn folders: [String: Set<String>]) -> [String: [String: Set<String>]]
{
  var knows: [String: [String: Set<String>]] = [:]
  for file in files {
    for name in file.names {
      guard let places = folders[name], places.count == 1, let other = places.first, other != file.folder
      else { continue }
      knows[file.folder, default: [:]][other, default: []].insert("\(name) (\(file.name))")
    }
  }
  return knows
}

/// Groups of folders of which each one leads to all others.
func circles(_ knows: [String: [String: Set<String>]]) -> [[String]] {
  func reach(_ start: String) -> Set<String> {
    var (seen, open): (Set<String>, [String]) = ([], [start])
    while let folder = open.popLast() {
      for next in (knows[folder] ?? [:]).keys where seen.insert(next).inserted { open.append(next) }
    }
    return seen
  }
  let reached = Dictionary(uniqueKeysWithValues: knows.keys.map { ($0, reach($0)) })
  let groups = reached.keys.filter { reached[$0]?.contains($0) == true }.map { folder in
    reached.keys.filter { reached[folder]?.contains($0) == true && reached[$0]?.contains(folder) == true }
      .sorted()
  }
  return Set(groups).sorted { $0[0] < $1[0] }
}

func examine(_ target: URL) throws -> Int {
  var files: [File] = []
  var declared: [String: Set<String>] = [:]
  for path in try FileManager.default.subpathsOfDirectory(atPath: target.path).sorted()
  where path.hasSuffix(".swift") {
    let text = code(try String(contentsOf: target.appendingPathComponent(path), encoding: .utf8))
    let parts = path.split(separator: "/")
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
    for name in declarations(in: text) { declared[name, default: []].insert(folder) }
    // Unicode's word boundaries would take `Type.member` for one word.
    let names = Set(text.matches(of: #/\b[A-Z]\w+\b/#.wordBoundaryKind(.simple)).map { String($0.0) })
    files.append(File(folder: folder, name: String(parts[parts.count - 1]), names: names))
  }
  let knows = knowledge(of: files, declaredIn: declared)
  let found = circles(knows)
  for circle in found {
    print("\(target.lastPathComponent): in a circle: \(circle.joined(separator: ", "))")
    for folder in circle {
      for (other, names) in (knows[folder] ?? [:]).sorted(by: { $0.key < $1.key })
      where circle.contains(other) {
        print("  \(folder) -> \(other): \(names.sorted().prefix(4).joined(separator: ", "))")
      }
    }
  }
  return found.count
}

let sources = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? "Sources")
var count = 0
for target in try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
where !target.hasPrefix(".") {
  count += try examine(sources.appendingPathComponent(target))
}
print("\(count) circles of folders")
exit(count == 0 ? 0 : 1)
