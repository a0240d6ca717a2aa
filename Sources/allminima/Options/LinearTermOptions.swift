import ArgumentParser

/// The options for the part of a network that does not come from hidden units, and for weighted observations.
struct LinearTermOptions: ParsableArguments {
  @Flag(help: "The output has a bias c.")
  var outputBias = false

  @Flag(help: "The output has a linear part in the inputs: a skip connection past the hidden units.")
  var skip = false

  @Option(
    help: ArgumentHelp(
      "A column of positive weights ω: the loss is Σ ω (y - f(x))² + ….", valueName: "column"))
  var observationWeights: String?
}
