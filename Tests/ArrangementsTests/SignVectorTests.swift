import Algebra
import Arrangements
import LandscapeModel
import Testing

@Suite struct SignVectorTests {
  @Test func textAndEntries() throws {
    let vector = try SignVector(text: "-0++")
    #expect(vector.count == 4)
    #expect((0..<4).map { vector[$0] } == [-1, 0, 1, 1])
    #expect(vector.description == "-0++")
    #expect(vector == SignVector([-7, 0, 1, 3]))
    #expect(vector.negated.description == "+0--")
    #expect(try SignVector(text: "").count == 0)
    #expect(SignVector(zeros: 3).description == "000")
  }

  @Test(arguments: ["-x", " 0", "−0+", "+1"])
  func otherCharactersAreRefused(text: String) {
    #expect(throws: MalformedText.self) { try SignVector(text: text) }
  }

  /// Against arrays of integers, at lengths around the boundaries of the words.
  @Test(arguments: [0, 1, 5, 31, 32, 33, 63, 64, 65, 100])
  func agreesWithArrays(count: Int) {
    var generator = SeededGenerator(seed: 1, task: UInt64(count))
    var previous: [Int] = Array(repeating: 0, count: count)
    for round in 0..<50 {
      // Half of the rounds differ from the one before in a single entry.
      var signs = previous
      if round.isMultiple(of: 2) {
        signs = signs.map { _ in Int.random(in: -1...1, using: &generator) }
      } else if let index = signs.indices.randomElement(using: &generator) {
        signs[index] = Int.random(in: -1...1, using: &generator)
      }
      let vector = SignVector(signs)
      #expect(signs.indices.map { vector[$0] } == signs)
      #expect(vector.positiveIndices == signs.indices.filter { signs[$0] > 0 })
      #expect(vector.negativeIndices == signs.indices.filter { signs[$0] < 0 })
      #expect(vector.zeroIndices == signs.indices.filter { signs[$0] == 0 })
      #expect(vector.isZero == signs.allSatisfy { $0 == 0 })
      #expect(vector.negated == SignVector(signs.map { -$0 }))
      let other = SignVector(previous)
      #expect((vector < other) == signs.lexicographicallyPrecedes(previous))
      #expect((vector == other) == (signs == previous))
      if signs == previous { #expect(vector.hashValue == other.hashValue) }
      previous = signs
    }
  }

  @Test func settingEntriesOverwrites() {
    var vector = SignVector(zeros: 40)
    for sign in [1, -1, 0, -1, 1] {
      vector[33] = sign
      #expect(vector[33] == sign)
      #expect(vector[32] == 0 && vector[34] == 0)
    }
  }

  @Test func shorterComesFirst() throws {
    #expect(try SignVector(text: "+") < SignVector(text: "--"))
    #expect(try !(SignVector(text: "--") < SignVector(text: "+")))
  }
}
