"""Critical points of a leaky ReLU student around its teacher as the slope changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .result import Result, enclosures, matrix


@dataclass(frozen=True)
class CriticalValue:
    """A value of the parameter at which the Hessian at ``W = I`` is singular.

    :ivar closed_form: with ``+ - * / ^ ( ) pi k sqrt(…)``.
    :ivar crossing: whether eigenvalues change their sign.
    :ivar nullity: the dimension of the kernel.
    :ivar kernel: the isotypic types in the kernel, with their multiplicities.
    """

    value: Enclosure
    closed_form: str
    crossing: bool
    nullity: int
    kernel: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CriticalMatrix:
    """A critical point whose existence is proved.

    :ivar matrix: ``W``, ``k × k``.
    :ivar index: the number of negative eigenvalues of the Hessian; ``None`` at folds.
    :ivar parameter: where it lies on a branch; ``None`` for points of a search.
    :ivar isotropy: the type of the group that fixes it.
    """

    matrix: tuple[tuple[Enclosure, ...], ...]
    loss: Enclosure
    index: int | None
    parameter: Enclosure | None
    isotropy: str


@dataclass(frozen=True)
class Branch:
    """A branch of critical points that leaves ``W = I``.

    :ivar start: the critical value that it leaves, by its place in :attr:`Bifurcation.critical_values`.
    :ivar end: why it was not followed further.
    """

    start: int
    isotropy: str
    orbit_length: int
    end: Literal["fold", "limit", "boundary", "collision"]
    points: tuple[CriticalMatrix, ...]
    folds: tuple[CriticalMatrix, ...]


@dataclass(frozen=True)
class Spectrum:
    """Eigenvalues of the Hessian at ``W = I`` on one isotypic component.

    :ivar dimension: the multiplicity of each of them.
    """

    type: str
    dimension: int
    eigenvalues: tuple[Enclosure, ...]


class Bifurcation(Result):
    """The bifurcations of ``W = I``."""

    schema = "allminima/bifurcate/1"

    @property
    def units(self) -> int:
        return int(self.json["units"])

    @property
    def family(self) -> Literal["homotopy", "slope"]:
        return self.json["family"]  # type: ignore[no-any-return]

    @property
    def undecided(self) -> list[str]:
        return list(self.json.get("undecided") or [])

    @property
    def critical_values(self) -> tuple[CriticalValue, ...]:
        """Ascending."""
        return tuple(
            CriticalValue(
                Enclosure.from_json(entry["value"]), entry["closedForm"], entry["crossing"], entry["nullity"],
                tuple((part["type"], part["multiplicity"]) for part in entry["kernel"]),
            )
            for entry in self.json["criticalValues"]
        )

    @property
    def spectrum(self) -> tuple[Spectrum, ...]:
        """The spectrum at the value that was asked for."""
        return tuple(
            Spectrum(entry["type"], entry["dimension"], enclosures(entry["eigenvalues"]))
            for entry in self.json.get("spectrum") or []
        )

    @property
    def found(self) -> tuple[CriticalMatrix, ...]:
        """The critical points that a search found; there may be others."""
        return tuple(_point(entry, entry["isotropy"]) for entry in self.json.get("found") or [])

    @property
    def branches(self) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                entry["from"] - 1, entry["isotropy"], entry["orbitLength"], entry["end"],
                tuple(_point(point, entry["isotropy"]) for point in entry["points"]),
                tuple(_point(point, entry["isotropy"]) for point in entry["folds"]),
            )
            for entry in self.json.get("branches") or []
        )

    def __repr__(self) -> str:
        values = ", ".join(f"{float(critical.value):.6g}" for critical in self.critical_values)
        claim = "complete" if self.complete else "not complete"
        return f"<Bifurcation of {self.units} units ({self.family}): critical values {values}; {claim}>"


def _point(entry: dict[str, Any], isotropy: str) -> CriticalMatrix:
    parameter = entry.get("parameter")
    return CriticalMatrix(
        matrix(entry["matrix"]), Enclosure.from_json(entry["loss"]), entry.get("index"),
        None if parameter is None else Enclosure.from_json(parameter), isotropy,
    )


def bifurcate(
    *, units: int, family: Literal["homotopy", "slope"] = "homotopy", at: Any = None, search: str | None = None,
    branches: bool = False, to: Any = None, degree: bool = False, digits: int = 15, **run: Any,
) -> Bifurcation:
    """The critical values of the slope at which critical points leave ``W = I``, and what leaves there.

    :param units: the number ``k`` of units and of Gaussian inputs, 4 to 20.
    :param family: the parameter: that of the homotopy (0 linear, 1 ReLU), or the slope itself.
    :param at: where to compute the spectrum, exact.
    :param search: the type of symmetric critical points to look for there, such as ``"S1xS4"``.
    :param branches: whether to follow the branches, as far as ``to``.
    :param degree: whether to add the equivariant degrees, for ``units`` up to 7 (in ``json["degrees"]``).
    :param run: ``progress``, ``threads``, ``time_limit`` (seconds), ``memory_limit`` (GiB), ``engine``.
    """
    arguments = ["bifurcate", "--units", str(units), "--family", family, "--digits", str(digits)]
    for option, value in (("at", at), ("to", to)):
        if value is not None:
            arguments.append(f"--{option}={_data.parameter(option, value)}")
    if search is not None:
        arguments += ["--search", search]
    arguments += ["--branches"] * branches + ["--degree"] * degree
    return Bifurcation(_tool.run(arguments, **run))
