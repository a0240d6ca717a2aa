import SwiftEngine

/// The engine in Swift.
typealias SwiftAlgebra = SwiftEngine
typealias SwiftRational = SwiftEngine.Rational
