// Whoever enumerates needs the problem's and the result's types as well.
@_exported import LandscapeModel
@_exported import Strata
