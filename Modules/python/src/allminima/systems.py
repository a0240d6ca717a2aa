"""Polynomial systems: Gröbner bases, decompositions, real solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .result import Result, enclosures, frame


class GroebnerBasis(Result):
    """A reduced Gröbner basis."""

    schema = "allminima/groebner/1"

    @property
    def basis(self) -> list[str]:
        """The elements, that with the largest leading monomial last."""
        return list(self.json["basis"])

    @property
    def dimension(self) -> int:
        """The dimension of the ideal; −1 for the whole ring."""
        return int(self.json["dimension"])

    @property
    def degree(self) -> int:
        return int(self.json["degree"])

    @property
    def proved(self) -> bool:
        """Whether the basis is proved; else it is right with overwhelming probability."""
        return bool(self.json["proved"])

    def __repr__(self) -> str:
        return f"<GroebnerBasis of {len(self.basis)} polynomials, dimension {self.dimension}, degree {self.degree}>"


@dataclass(frozen=True)
class IdealComponent:
    """A component of an ideal's decomposition, by its reduced basis."""

    generators: tuple[str, ...]
    dimension: int
    degree: int
    associated_prime: tuple[str, ...] | None
    embedded: bool | None


class Decomposition(Result):
    """A decomposition of an ideal."""

    schema = "allminima/decompose/1"

    @property
    def components(self) -> list[IdealComponent]:
        return [
            IdealComponent(
                tuple(entry["generators"]),
                entry["dimension"],
                entry["degree"],
                tuple(entry["associatedPrime"]) if "associatedPrime" in entry else None,
                entry.get("embedded"),
            )
            for entry in self.json["components"]
        ]

    @property
    def proved(self) -> bool:
        return bool(self.json["proved"])

    def __repr__(self) -> str:
        return f"<Decomposition into {len(self.components)} components>"


class Solutions(Result):
    """The real solutions of a polynomial system."""

    schema = "allminima/solve/1"

    @property
    def answer(self) -> Literal["finite", "empty", "positiveDimensional", "undecided"]:
        return self.json["answer"]  # type: ignore[no-any-return]

    @property
    def variables(self) -> list[str]:
        return list(self.json["variables"])

    @property
    def points(self) -> list[tuple[Enclosure, ...]]:
        """The real solutions, each in the order of the variables; only where the answer is ``finite``."""
        return [enclosures(point) for point in self.json.get("realSolutions") or []]

    @property
    def multiplicities(self) -> list[int]:
        """Of the real solutions."""
        return list(self.json.get("multiplicities") or [])

    @property
    def dimension(self) -> int | None:
        """Of the complex solutions; −1 if there are none, ``None`` if undecided."""
        return self.json.get("dimension")

    @property
    def degree(self) -> int | None:
        """The number of complex solutions with multiplicities, where it is finite."""
        return self.json.get("degree")

    def _repr_html_(self) -> str:
        return frame(self.report(), "Real solutions")

    def __repr__(self) -> str:
        return f"<Solutions: {self.answer}, {len(self.points)} real>"


def groebner(
    polynomials: Sequence[str], variables: Sequence[str] | None = None, *, characteristic: int = 0,
    order: str = "degrevlex", prove: bool = False, **run: Any,
) -> GroebnerBasis:
    """The reduced Gröbner basis of an ideal.

    :param polynomials: with ``+ - * / ^ ( )``, integers and fractions, as in ``"x^2 + y^2 - 1"``.
    :param variables: the greatest first; those of the polynomials in alphabetical order if ``None``.
    :param characteristic: 0, or a prime below 2³¹.
    :param order: ``degrevlex``, ``lex``, ``deglex`` or ``elim:k``.
    :param prove: whether to prove the basis over Q.
    """
    arguments = ["groebner", "-", "--order", order] + ["--proved"] * prove
    return GroebnerBasis(_tool.run(arguments, _data.system(polynomials, variables, characteristic), **run))


def decompose(
    polynomials: Sequence[str], variables: Sequence[str] | None = None, *,
    kind: Literal["minimal", "primary", "radical", "equidimensional"] = "minimal", check: bool = False, **run: Any,
) -> Decomposition:
    """A decomposition of an ideal over Q. See :func:`groebner` for polynomials and variables."""
    arguments = ["decompose", "-", "--kind", kind] + ["--check"] * check
    return Decomposition(_tool.run(arguments, _data.system(polynomials, variables, 0), **run))


def solve(
    polynomials: Sequence[str], variables: Sequence[str] | None = None, *, digits: int = 15, **run: Any
) -> Solutions:
    """All real solutions of a system over Q. See :func:`groebner` for polynomials and variables."""
    arguments = ["solve", "-", "--digits", str(digits)]
    return Solutions(_tool.run(arguments, _data.system(polynomials, variables, 0), **run))
