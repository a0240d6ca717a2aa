/// A form by enclosures: a symmetric matrix for quadratic ones, coefficients by monomial for others.
public enum FormEnclosure: Hashable, Sendable, Codable {
  case matrix([[DecimalEnclosure]])
  case coefficients([String: DecimalEnclosure])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      self = .matrix(try container.decode([[DecimalEnclosure]].self))
    } catch DecodingError.typeMismatch {
      self = .coefficients(try container.decode([String: DecimalEnclosure].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .matrix(let rows): try container.encode(rows)
    case .coefficients(let terms): try container.encode(terms)
    }
  }
}

/// A form with rational coefficients as text, in the shape of `FormEnclosure`.
public enum ExactForm: Hashable, Sendable, Codable {
  case matrix([[String]])
  case coefficients([String: String])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      self = .matrix(try container.decode([[String]].self))
    } catch DecodingError.typeMismatch {
      self = .coefficients(try container.decode([String: String].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .matrix(let rows): try container.encode(rows)
    case .coefficients(let terms): try container.encode(terms)
    }
  }
}
