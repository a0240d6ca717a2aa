#!/usr/bin/env swift
// manual-page VERSION: a manual page in the form of man(7), from what `allminima --experimental-dump-help` prints.
import Foundation

struct Help: Decodable {
  let command: Command
}

struct Command: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool?
  let arguments: [Argument]?
  let subcommands: [Command]?
}

struct Argument: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String

    var text: String { (kind == "long" ? "--" : "-") + name }
  }

  let kind: String
  let abstract: String?
  let defaultValue: String?
  let isOptional: Bool
  let isRepeating: Bool
  let names: [Name]?
  let sectionTitle: String?
  let shouldDisplay: Bool
  let valueName: String?

  var value: String { "<\(valueName ?? "value")>" + (isRepeating ? " ..." : "") }

  /// Whether every command has it.
  var isCommon: Bool { names?.contains { $0.name == "help" || $0.name == "version" } == true }

  /// As it stands at the beginning of its description.
  var label: String {
    let names = (names ?? []).map { bold($0.text) }.joined(separator: ", ")
    return kind == "positional" ? escaped(value) : kind == "flag" ? names : "\(names) \(escaped(value))"
  }

  var synopsis: String {
    guard let name = names?.last?.text else { return isOptional ? "[\(escaped(value))]" : escaped(value) }
    return "\(bold(name)) \(escaped(value))"
  }
}

func escaped(_ text: String) -> String {
  text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
}

func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fP" }

/// A line of text; what would be a request at its beginning is none.
func line(_ text: String) -> String { text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text }

func paragraphs(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.isEmpty ? ".PP" : line(escaped(String($0))) }
}

/// What a command is called for, such as `allminima shard plan`, and all below it.
func section(_ command: Command, named name: String) -> [String] {
  let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isCommon }
  var lines: [String] = []
  if command.subcommands == nil {
    let needed = arguments.filter { $0.kind == "positional" || ($0.kind == "option" && !$0.isOptional) }
    let hasOptions = arguments.contains { $0.kind != "positional" && $0.isOptional }
    let usage = [bold(name)] + (hasOptions ? ["[<options>]"] : []) + needed.map(\.synopsis)
    lines += [".SS \(escaped(name))", line(usage.joined(separator: " ")), ".PP"]
  } else {
    lines += [".SS \(escaped(name))"]
  }
  lines += paragraphs(command.abstract ?? "")
  if let discussion = command.discussion { lines += [".PP"] + paragraphs(discussion) }
  var title: String?
  for argument in arguments {
    if argument.sectionTitle != title, let new = argument.sectionTitle {
      lines += [".PP", "\(escaped(new)):"]
    }
    title = argument.sectionTitle
    let standard = argument.defaultValue.map { " (default: \($0))" } ?? ""
    lines += [".TP", argument.label, line(escaped((argument.abstract ?? "") + standard))]
  }
  for child in command.subcommands ?? [] { lines += section(child, named: "\(name) \(child.commandName)") }
  return lines
}

let input = FileHandle.standardInput.readDataToEndOfFile()
let tool = try JSONDecoder().decode(Help.self, from: input).command
let version = CommandLine.arguments.dropFirst().first ?? ""
let name = tool.commandName
let commands = (tool.subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
var page = [
  ".TH \(escaped(name.uppercased())) 1 \"\" \"\(escaped(version))\"", ".SH NAME",
  "\(escaped(name)) \\- \(escaped(tool.abstract ?? ""))", ".SH SYNOPSIS",
  "\(bold(name)) <command> [<options>]", ".br", "\(bold(name)) <command> \(bold("--help"))", ".br",
  "\(bold(name)) \(bold("--version"))", ".SH DESCRIPTION",
]
page += paragraphs(tool.discussion ?? "")
page += [".SH COMMANDS"]
for command in commands { page += section(command, named: "\(name) \(command.commandName)") }
print(page.joined(separator: "\n"))
