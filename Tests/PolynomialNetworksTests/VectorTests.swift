import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import PolynomialNetworks
import Testing

/// Answers of independent programs.
@Suite struct VectorTests {
  struct Vector: Decodable {
    struct Signature: Decodable {
      let positive: Int
      let negative: Int
      let zero: Int
    }

    struct Point: Decodable {
      let rank: Int?
      let loss: String
      let functionSpaceSignature: Signature
      let parameterSpaceSignatureWidthR: Signature?
      let localMinOnRankRManifold: Bool?
      let x: [[String]]?

      private enum CodingKeys: String, CodingKey {
        case rank, loss
        case functionSpaceSignature = "function_space_signature"
        case parameterSpaceSignatureWidthR = "parameter_space_signature_width_r"
        case localMinOnRankRManifold = "local_min_on_rank_r_manifold"
        case x = "X"
      }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rank = try container.decodeIfPresent(Int.self, forKey: .rank)
        loss = try container.decode(String.self, forKey: .loss)
        functionSpaceSignature = try container.decode(Signature.self, forKey: .functionSpaceSignature)
        parameterSpaceSignatureWidthR = try container.decodeIfPresent(
          Signature.self, forKey: .parameterSpaceSignatureWidthR)
        localMinOnRankRManifold = try container.decodeIfPresent(Bool.self, forKey: .localMinOnRankRManifold)
        // Moment vectors list three entries instead of a matrix.
        if let rows = try? container.decode([[String]].self, forKey: .x) {
          x = rows
        } else {
          let entries = try container.decode([String].self, forKey: .x)
          x = [[entries[0], entries[1]], [entries[1], entries[2]]]
        }
      }
    }

    let name: String
    let moments: [String]?
    let teacher: [[String]]?
    let critical: [Point]?
    let discriminantValue: String?

    private enum CodingKeys: String, CodingKey {
      case name, moments, teacher, critical
      case discriminantValue = "discriminant_value"
    }
  }

  private static func vectors() throws -> [Vector] {
    let url = try #require(
      Bundle.module.url(forResource: "Resources/polynomial-networks", withExtension: "json"))
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: url)).filter { $0.critical != nil }
  }

  private static func exact(_ text: String) throws -> Rational { try Rational(exactly: text) }

  @Test(arguments: [TeacherOptions.Method.automatic, .algebraic])
  func criticalPointsAreThoseOfTheVectors(_ method: TeacherOptions.Method) throws {
    let vectors = try Self.vectors()
    #expect(vectors.count == 4)
    for vector in vectors {
      let teacher = try Form(symmetric: #require(vector.teacher).map { try $0.map(Self.exact) })
      let n = teacher.inputs
      let metric: FormMetric<Engine>
      if let moments = vector.moments {
        let entries = try moments.enumerated().map { (exponents: [4 - $0, $0], value: try Self.exact($1)) }
        metric = try FormMetric(moments: MomentTable(inputs: 2, degree: 4, entries: entries))
      } else {
        metric = try .gaussian(inputs: n, degree: 2)
      }
      let expected = try #require(vector.critical)
      let ranks = Set(expected.map { $0.rank ?? 1 })
      for width in ranks where width > 0 {
        let result = try solve(teacher, metric, width: width, method: method)
        #expect(result.complete)
        let wanted = expected.filter { ($0.rank ?? 1) == width }
        let found = result.criticalPoints.filter { $0.rank == width }
        #expect(found.count == wanted.count, "\(vector.name)")
        for point in wanted {
          let loss = try Self.exact(point.loss).doubleValue
          let match = try #require(found.first { abs(value($0.loss) - loss) <= 1e-13 * loss })
          let signature = point.functionSpaceSignature
          #expect(match.signature.positive == signature.positive)
          #expect(match.signature.negative == signature.negative)
          #expect(match.signature.zero == signature.zero)
          if let isMinimum = point.localMinOnRankRManifold {
            #expect((match.kind == .minimum) == isMinimum)
          }
          if let parameters = point.parameterSpaceSignatureWidthR {
            let entry = try #require(match.parameter.first)
            #expect(match.parameter.count == 1)
            #expect(
              entry.signature
                == TeacherResult.Signature(
                  positive: parameters.positive, negative: parameters.negative, zero: parameters.zero))
          }
          let form = try matrix(match.form)
          for (row, texts) in try #require(point.x).enumerated() {
            for (column, text) in texts.enumerated() {
              let entry = try Self.exact(text).doubleValue
              #expect(abs(form[row][column] - entry) <= 1e-12 * max(1, abs(entry)))
            }
          }
        }
        if let value = vector.discriminantValue { #expect(result.discriminant?.value == value) }
      }
    }
  }
}
