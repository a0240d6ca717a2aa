import ArgumentParser

/// An argument that is one of a few words.
///
/// The parser collects the words of all options whenever the tool starts; its own way to do so describes every case by
/// reflection.
protocol Choice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
  public static var allValueDescriptions: [String: String] { [:] }
  public var defaultValueDescription: String { rawValue }
}
