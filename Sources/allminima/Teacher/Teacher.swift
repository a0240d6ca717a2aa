import Algebra
import ArgumentParser
import Interchange
import PolynomialNetworks

/// `allminima teacher`: the critical points of a polynomial student.
struct Teacher: EngineCommand {
  static let configuration = CommandConfiguration(
    commandName: "teacher",
    abstract: "Find all critical points of a network with polynomial units that is trained on a teacher.",
    discussion: """
      The student is f(x) = Σ a·⟨w, x⟩^m, a sum over its units: a form of degree m and of a rank that is \
      bounded by their number. It is trained on a teacher, which is such a form too, with infinitely many \
      inputs: the loss is half the squared distance in the inner product that their distribution induces. All \
      complex critical points are counted; real ones are enclosed, with the signatures of their Hessians.

      The teacher is a symmetric matrix (rows of numbers, without header; m = 2), or one homogeneous polynomial: \
      the variables, separated by commas, on the first line; 0 on the second; then the polynomial.

      A file of moments has a line for every moment of degree 2m: the exponents of all inputs, then the value.
      """)

  @OptionGroup
  var teacher: TeacherArguments

  @Flag(help: "Describe critical points exactly: minimal polynomials, rational forms.")
  var exact = false

  @OptionGroup(title: "Solutions")
  var solutions: SolutionOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions
}

extension Teacher {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try TeacherSession<Engine>(self).run()
  }
}
