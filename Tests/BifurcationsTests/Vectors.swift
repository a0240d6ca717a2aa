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

  struct Continuation: Decodable {
    struct End: Decodable {
      let p: [Double]
      let loss: Double
      let index: Int
    }

    let k: Int
    let j: Int
    let sign: Int
    let folds: [Double]
    let at_relu: [End]
  }

  struct Burnside: Decodable {
    struct Group: Decodable {
      struct Class: Decodable {
        let invariant: String
        let n_conjugates: Int
      }

      let classes: [Class]
      let table_of_marks: [[Int]]
      let basic_degree: [String: [Int]]
      let omega_0: [Int]
      let omega_lambda_std: [Int]
      let omega_lambda_triv: [Int]
    }

    let S4: Group
  }

  struct MaximalOrbitTypes: Decodable {
    struct OrbitType: Decodable {
      let inv: String
      let fixdim: Int
      let coef_in_basic_degree: Int
    }

    let maximal: [OrbitType]
  }

  struct Minimum: Decodable {
    let a: String
    let b: String?
    let c: String
    let d: String
    let e: String
    let f: String
    let loss: String
  }

  struct Minima: Decodable {
    let S1: [String: Minimum]
    let S2: [String: Minimum]
  }

  let k: [String: Units]
  let branches_lambda_family: [Branch]
  let continuation_to_relu: [Continuation]
  let burnside: Burnside
  let maximal_orbit_types: [String: [String: MaximalOrbitTypes]]
  let relu_minima: Minima

  static let trusted: Vectors = {
    guard let url = Bundle.module.url(forResource: "Resources/bifurcation", withExtension: "json"),
      let vectors = try? JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
    else { preconditionFailure("the vectors are among the resources") }
    return vectors
  }()
}
