"""Proved enclosures of real numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Enclosure:
    """Two exact rational numbers with a real number between them: ``lower <= value <= upper``.

    ``float(enclosure)`` is the double nearest to the middle.
    """

    lower: Fraction
    upper: Fraction

    @classmethod
    def from_json(cls, value: dict[str, str]) -> Enclosure:
        """Reads the tool's form, two decimal texts."""
        return cls(Fraction(value["lower"]), Fraction(value["upper"]))

    @property
    def middle(self) -> Fraction:
        return (self.lower + self.upper) / 2

    @property
    def width(self) -> Fraction:
        return self.upper - self.lower

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are the number itself."""
        return self.lower == self.upper

    def decimals(self) -> tuple[Decimal, Decimal]:
        """The bounds as decimals, exactly.

        :raises ValueError: if a bound has no finite decimal expansion (the tool prints none like that).
        """
        return _decimal(self.lower), _decimal(self.upper)

    def overlaps(self, other: Enclosure) -> bool:
        """Whether both can enclose the same number."""
        return self.lower <= other.upper and other.lower <= self.upper

    def __contains__(self, value: Any) -> bool:
        return self.lower <= Fraction(value) <= self.upper

    def __float__(self) -> float:
        return float(self.middle)

    def __repr__(self) -> str:
        if self.is_exact:
            return f"Enclosure({self.lower})"
        return f"Enclosure({float(self)!r} ± {float(self.width / 2):.1g})"


def _decimal(value: Fraction) -> Decimal:
    rest, digits = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        digits = max(digits, power)
    if rest != 1:
        raise ValueError(f"{value} has no finite decimal expansion")
    scaled = value.numerator * 10**digits // value.denominator
    sign, magnitude = int(scaled < 0), abs(scaled)
    return Decimal((sign, tuple(int(digit) for digit in str(magnitude)), -digits))
