from decimal import Decimal
from fractions import Fraction

import pytest

from allminima import Enclosure


def test_bounds_are_exact():
    enclosure = Enclosure.from_json({"lower": "-1.5e-3", "upper": "0.25"})
    assert (enclosure.lower, enclosure.upper) == (Fraction(-3, 2000), Fraction(1, 4))
    assert enclosure.decimals() == (Decimal("-0.0015"), Decimal("0.25"))
    assert float(enclosure) == 0.12425
    assert enclosure.width == Fraction(503, 2000)


def test_membership_and_overlap():
    enclosure = Enclosure(Fraction(1), Fraction(2))
    assert 1.5 in enclosure and "3/2" in enclosure and 3 not in enclosure
    assert enclosure.overlaps(Enclosure(Fraction(2), Fraction(3)))
    assert not enclosure.overlaps(Enclosure(Fraction(5, 2), Fraction(3)))


def test_no_decimal_is_invented():
    with pytest.raises(ValueError, match="decimal"):
        Enclosure(Fraction(1, 3), Fraction(1)).decimals()
