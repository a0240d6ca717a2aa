import Interchange

#if canImport(Darwin)
  import Darwin
#endif

extension Machine {
  /// The processor's model, where the system tells it.
  static var processorName: String? {
    #if canImport(Darwin)
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #else
      // There is no such file on some systems, and no such line on some processors.
      guard let text = try? InputSource.file("/proc/cpuinfo").text() else { return nil }
      for line in text.split(separator: "\n") where line.hasPrefix("model name") {
        guard let colon = line.firstIndex(of: ":") else { continue }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
      }
      return nil
    #endif
  }
}
