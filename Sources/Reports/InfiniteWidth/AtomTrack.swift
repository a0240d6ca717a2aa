import LandscapeModel

/// An atom along the path, across events at which its activation pattern changes.
struct AtomTrack {
  struct Place {
    let ridge: Double
    let mass: Double?
    let direction: [Double]
  }

  let sign: Int
  let colour: Int
  /// One for each piece of the path, from the greatest ridge to the least.
  private(set) var runs: [[Place]]
  private var lastPiece: Int

  private var end: Place? { runs.last?.last }

  /// Which atom of a piece continues which of the piece before is a guess for colours: the nearest one of the same
  /// sign.
  static func all(in pieces: [InfiniteWidthPathResult.Piece]) -> [AtomTrack] {
    var tracks: [AtomTrack] = []
    for (number, piece) in pieces.enumerated() {
      let runs = piece.atoms.indices.map { atom in
        piece.samples.filter { atom < $0.directions.count }.map { sample in
          Place(
            ridge: sample.ridge.doubleValue,
            mass: sample.masses.flatMap { atom < $0.count ? $0[atom].doubleValue : nil },
            direction: sample.directions[atom].map(\.doubleValue))
        }
      }
      // Something undecided may lie between two pieces.
      let isJoined = number > 0 && pieces[number - 1].to.overlaps(piece.from)
      let before = tracks.indices.filter { isJoined && tracks[$0].lastPiece == number - 1 }
      var pairs: [(distance: Double, track: Int, atom: Int)] = []
      for track in before {
        for atom in piece.atoms.indices where piece.atoms[atom].sign == tracks[track].sign {
          guard let end = tracks[track].end, let start = runs[atom].first else { continue }
          let square = zip(end.direction, start.direction).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          if square < Self.mostStep { pairs.append((square, track, atom)) }
        }
      }
      var continued: Set<Int> = []
      for pair in pairs.sorted(by: { ($0.distance, $0.track, $0.atom) < ($1.distance, $1.track, $1.atom) })
      where tracks[pair.track].lastPiece < number && continued.insert(pair.atom).inserted {
        tracks[pair.track].append(runs[pair.atom], piece: number)
      }
      for atom in piece.atoms.indices where !continued.contains(atom) {
        tracks.append(
          AtomTrack(
            sign: piece.atoms[atom].sign, colour: tracks.count % PictureStyle.colours, runs: [runs[atom]],
            lastPiece: number))
      }
    }
    return tracks
  }

  private static let mostStep = 0.05

  /// A run begins where the one before ends, so that no gap is seen.
  private mutating func append(_ run: [Place], piece: Int) {
    runs.append((end.map { [$0] } ?? []) + run)
    lastPiece = piece
  }
}
