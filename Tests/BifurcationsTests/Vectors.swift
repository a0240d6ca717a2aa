import Foundation

/// The trusted answers in `bifurcation.json`.
struct Vectors: Decodable {
  struct Units: Decodable {
    struct Part: Decodable {
      let multiplicity: Int
      let eigenvalues: [String]
    }

    let eigenvalues: [String: [String: Part]]
    let nullity_at_alpha_1: Int
    let lambda_family_critical: [String]
  }

  struct Branch: Decodable {
    let k: Int
    let isotropy: String
    let sign: Int
    let lambda_: String
    let a1b1a2b2c12c21: [String]
    let loss: String
    let c_plusminus: String
    let drho: String
  }

  let k: [String: Units]
  let branches_lambda_family: [Branch]

  static let trusted: Vectors = {
    guard let url = Bundle.module.url(forResource: "Resources/bifurcation", withExtension: "json"),
      let vectors = try? JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
    else { preconditionFailure("the vectors are among the resources") }
    return vectors
  }()
}
