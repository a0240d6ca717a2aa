"""Critical points of a leaky ReLU student around its teacher as the slope changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .result import Result, enclosure, enclosures, frame, matrix


@dataclass(frozen=True)
class IsotypicComponent:
    """An isotypic component of the ``k × k`` matrices.

    :ivar type: written ``(k-2,1,1)``.
    :ivar dimension: of one copy of the irreducible representation.
    :ivar multiplicity: the number of copies.
    :ivar closed_forms: the eigenvalues of the Hessian on the copies, in ``P``, ``Q``, ``k`` and ``pi``.
    """

    type: str
    partition: tuple[int, ...]
    dimension: int
    multiplicity: int
    closed_forms: tuple[str, ...]


@dataclass(frozen=True)
class OrbitType:
    """A conjugacy class of subgroups of the symmetric group.

    :ivar generators: permutations of 0, …, k − 1 in one line.
    :ivar conjugates: how many subgroups belong to it; ``None`` where that is not told.
    :ivar coefficient: in an element of the Burnside ring, where it is a part of one.
    """

    name: str
    order: int
    generators: tuple[tuple[int, ...], ...]
    conjugates: int | None = None
    coefficient: int | None = None


@dataclass(frozen=True)
class HalfBranch:
    """One half of a branch where it leaves ``W = I``.

    :ivar side: on which side of the critical value it exists.
    :ivar direction: ``+`` if the first diagonal entry of ``W`` grows.
    :ivar cubic: the limit of ``L(I + sV)/|s|³``, ``V`` a unit matrix of the kernel.
    :ivar slope: the derivative of ``|s|`` by the parameter where it begins.
    """

    isotropy: str
    side: Literal["below", "above"]
    direction: Literal["+", "-"]
    cubic: Enclosure
    slope: Enclosure


@dataclass(frozen=True)
class IndexInterval:
    """The number of negative eigenvalues at ``W = I`` between two critical values; ``None``: unbounded."""

    start: Enclosure | None
    end: Enclosure | None
    index: int


@dataclass(frozen=True)
class Degrees:
    """The subgroups of the symmetric group, and the degrees of −1 on its irreducible representations.

    :ivar covers: pairs of positions in ``classes`` of which the second class covers the first one.
    :ivar basic: by type the coefficients in the order of ``classes``.
    """

    classes: tuple[OrbitType, ...]
    covers: tuple[tuple[int, int], ...]
    basic: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class CriticalValue:
    """A value of the parameter at which the Hessian at ``W = I`` is singular.

    :ivar closed_form: with ``+ - * / ^ ( ) pi k sqrt(…)``.
    :ivar crossing: whether eigenvalues change their sign.
    :ivar nullity: the dimension of the kernel.
    :ivar kernel: the isotypic types in the kernel, with their multiplicities.
    :ivar branches: those that leave ``W = I``, up to symmetry.
    :ivar vertical_family: critical points that exist at this value alone.
    :ivar invariant: the jump of the equivariant degree, for ``degree=True``.
    """

    value: Enclosure
    closed_form: str
    crossing: bool
    nullity: int
    kernel: tuple[tuple[str, int], ...]
    branches: tuple[HalfBranch, ...]
    vertical_family: str | None
    invariant: tuple[OrbitType, ...] | None


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
    :ivar folds: where it turns back.
    :ivar secondary: where branches of less symmetry leave it.
    """

    start: int
    isotropy: str
    orbit_length: int
    end: Literal["fold", "limit", "boundary", "collision"]
    direction: Literal["+", "-"]
    points: tuple[CriticalMatrix, ...]
    folds: tuple[CriticalMatrix, ...]
    secondary: tuple[CriticalMatrix, ...]


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
                tuple(
                    HalfBranch(
                        half["isotropy"], half["side"], half["direction"], Enclosure.from_json(half["cubic"]),
                        Enclosure.from_json(half["slope"]),
                    )
                    for half in entry["branches"]
                ),
                entry.get("verticalFamily"),
                tuple(map(_orbit_type, entry["invariant"])) if "invariant" in entry else None,
            )
            for entry in self.json["criticalValues"]
        )

    @property
    def isotypic(self) -> tuple[IsotypicComponent, ...]:
        """The isotypic components of the matrices under simultaneous permutations of rows and columns."""
        return tuple(
            IsotypicComponent(
                entry["type"], tuple(entry["partition"]), entry["dimension"], entry["multiplicity"],
                tuple(entry["closedForms"]),
            )
            for entry in self.json["isotypic"]
        )

    @property
    def index_intervals(self) -> tuple[IndexInterval, ...]:
        """The Morse index at ``W = I`` between the critical values, ascending."""
        return tuple(
            IndexInterval(enclosure(entry["from"]), enclosure(entry["to"]), entry["index"])
            for entry in self.json["morseIndex"]
        )

    @property
    def degrees(self) -> Degrees | None:
        """For ``degree=True``."""
        value = self.json.get("degrees")
        if value is None:
            return None
        return Degrees(
            tuple(map(_orbit_type, value["classes"])), tuple((pair[0], pair[1]) for pair in value["subgroups"]),
            {entry["type"]: tuple(entry["coefficients"]) for entry in value["basic"]},
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
                entry["direction"], tuple(_point(point, entry["isotropy"]) for point in entry["points"]),
                tuple(_point(point, entry["isotropy"]) for point in entry["folds"]),
                tuple(_point(point, entry["isotropy"]) for point in entry["secondary"]),
            )
            for entry in self.json.get("branches") or []
        )

    def _repr_html_(self) -> str:
        return frame(self.report(), "Bifurcations")

    def __repr__(self) -> str:
        values = ", ".join(f"{float(critical.value):.6g}" for critical in self.critical_values)
        claim = "complete" if self.complete else "not complete"
        return f"<Bifurcation of {self.units} units ({self.family}): critical values {values}; {claim}>"


def _orbit_type(entry: dict[str, Any]) -> OrbitType:
    generators = tuple(tuple(image - 1 for image in permutation) for permutation in entry["generators"])
    return OrbitType(
        entry["orbitType"], entry["order"], generators, entry.get("conjugates"), entry.get("coefficient")
    )


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
    :param degree: whether to add the equivariant degrees, for ``units`` up to 7.
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
