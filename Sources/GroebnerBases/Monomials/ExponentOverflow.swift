/// An exponent did not fit its field of a packed monomial.
struct ExponentOverflow: Error {}
