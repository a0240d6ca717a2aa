import FlintEngine
import LandscapeModel
import Landscapes
import Testing

/// The records of a run in three parts, the last part first. None of the parts is complete by itself.
func recordsOfThirds(_ enumeration: Enumeration<FlintEngine>) throws -> [BlockRecord] {
  var records: [BlockRecord] = []
  for index in [2, 0, 1] {
    let run = EnumerationRun(part: RunPart(index: index, of: 3))
    try enumeration.decide(run)
    #expect(try !enumeration.result(of: run).complete)
    records += run.records
  }
  return records
}
