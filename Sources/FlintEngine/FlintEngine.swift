import Algebra
import CFLINT

#if canImport(CArb)
  import CArb
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Exact and certified arithmetic on FLINT, GMP and Arb (Johansson, IEEE Trans. Comput. 66, 2017,
/// doi:10.1109/TC.2017.2690633).
///
/// Whatever FLINT would end the process for is refused before FLINT is asked; no parser of FLINT's sees text
/// from outside.
public enum FlintEngine: AlgebraEngine {
  public static let name = "flint"

  public static var versions: [String: String] {
    var versions = [
      "flint": String(cString: cflint_library_version()),
      "gmp": String(cString: cflint_gmp_library_version()),
    ]
    if let arb = cflint_arb_library_version() { versions["arb"] = String(cString: arb) }
    return versions
  }

  public static func checkLibraries() throws {
    try requireSame(
      "FLINT", header: String(cString: cflint_header_version()),
      library: String(cString: cflint_library_version()))
    if let header = cflint_arb_header_version(), let library = cflint_arb_library_version() {
      try requireSame("Arb", header: String(cString: header), library: String(cString: library))
    }
  }

  /// The layout of structures changes with the first two numbers of a release; the third counts corrections.
  static func requireSame(_ library: String, header: String, library found: String) throws {
    func release(_ version: String) -> [Substring] { Array(version.split(separator: ".").prefix(2)) }
    guard release(header) == release(found) else {
      throw AlgebraError.domain("compiled for \(library) \(header), found \(library) \(found)")
    }
  }

  public static func prepareThread() {
    let key = ThreadCleanUp.key
    if pthread_getspecific(key) == nil { pthread_setspecific(key, ThreadCleanUp.mark) }
  }
}

/// Releases what FLINT caches for a thread (about 230 kB) when the thread ends.
private enum ThreadCleanUp {
  /// The destructor of a pthread key runs at the end of every thread that has set a value for it.
  static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key) { _ in flint_cleanup() }
    precondition(status == 0, "the system has no pthread key left")
    return key
  }()

  /// Any value other than null.
  static var mark: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: 1) }
}
