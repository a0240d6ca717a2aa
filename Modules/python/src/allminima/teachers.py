"""Networks with polynomial units that are trained on a teacher."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .errors import InvalidData, UsageError
from .result import Result, enclosure, frame, matrix

#: A symmetric matrix for quadratic forms, coefficients by monomial for others.
Form = tuple[tuple[Enclosure, ...], ...] | dict[str, Enclosure]


@dataclass(frozen=True)
class Signature:
    """The numbers of positive, negative and zero eigenvalues of a Hessian."""

    positive: int
    negative: int
    zero: int


@dataclass(frozen=True)
class Parameters:
    """A critical point seen from parameter space, with so many living units of each output sign."""

    positive_units: int
    negative_units: int
    signature: Signature
    kind: Literal["minimum", "saddle", "undecided"]


@dataclass(frozen=True)
class CriticalForm:
    """A critical point among the forms of its rank.

    :ivar loss: half the squared distance from the teacher.
    """

    rank: int
    form: Form
    loss: Enclosure
    multiplicity: int
    kind: Literal["minimum", "saddle", "maximum", "degenerate"]
    signature: Signature
    parameters: tuple[Parameters, ...]


@dataclass(frozen=True)
class CriticalFamily:
    """Infinitely many critical points that belong together.

    :ivar form: one of them, if a real one is known; ``signature`` is that of the Hessian there.
    :ivar kind: what all of them are, where that is known.
    """

    rank: int
    dimension: int
    loss: Enclosure | None
    form: Form | None
    signature: Signature | None
    kind: Literal["minimum", "saddle", "maximum", "degenerate"] | None


@dataclass(frozen=True)
class Dimensions:
    """What the regime rests on.

    :ivar ambient: of the space of forms.
    :ivar expected: of the forms that the width can represent, by counting parameters; ``actual``: by the theorem of
        Alexander and Hirschowitz.
    :ivar generic_rank: of general complex forms.
    :ivar has_no_spurious_valleys: whether that is proved: from every start a path that never rises leads to loss zero.
    """

    ambient: int
    expected: int
    actual: int
    generic_rank: int
    has_no_spurious_valleys: bool


class TeacherLandscape(Result):
    """All critical points of a polynomial student."""

    schema = "allminima/teacher/1"

    @property
    def regime(self) -> Literal["low-dimensional", "thick", "filling"]:
        return self.json["regime"]  # type: ignore[no-any-return]

    @property
    def undecided(self) -> list[str]:
        return list(self.json["undecided"])

    @property
    def complex_counts(self) -> dict[int, int]:
        """The number of complex critical points by rank."""
        return {entry["rank"]: entry["count"] for entry in self.json["complexCriticalPoints"]}

    @property
    def points(self) -> tuple[CriticalForm, ...]:
        """The real critical points, sorted by rank, loss, form."""
        return tuple(
            CriticalForm(
                entry["rank"], _form(entry["form"]), Enclosure.from_json(entry["loss"]), entry["multiplicity"],
                entry["kind"], Signature(**entry["signature"]),
                tuple(
                    Parameters(
                        part["positiveUnits"], part["negativeUnits"], Signature(**part["signature"]), part["kind"]
                    )
                    for part in entry["parameter"]
                ),
            )
            for entry in self.json["criticalPoints"]
        )

    @property
    def families(self) -> tuple[CriticalFamily, ...]:
        """Critical sets of positive dimension."""
        return tuple(
            CriticalFamily(
                entry["rank"], entry["dimension"], enclosure(entry.get("loss")),
                _form(entry["form"]) if "form" in entry else None,
                Signature(**entry["signature"]) if "signature" in entry else None, entry.get("kind"),
            )
            for entry in self.json["families"]
        )

    @property
    def dimensions(self) -> Dimensions:
        value = self.json["dimensions"]
        return Dimensions(
            value["ambient"], value["expected"], value["actual"], value["genericRank"],
            value["spuriousValleys"] == "none",
        )

    @property
    def is_on_discriminant(self) -> bool | None:
        """Whether numbers or signatures of critical points change at this teacher; ``None`` if that is not known."""
        value = self.json.get("discriminant")
        return None if value is None else bool(value["degenerate"] or value["rankDrop"])

    def _repr_html_(self) -> str:
        return frame(self.report(), "Critical points")

    def __repr__(self) -> str:
        claim = "complete" if self.complete else "not complete"
        return (
            f"<TeacherLandscape of degree {self.json['degree']}, width {self.json['width']}: "
            f"{len(self.points)} real critical points, {claim}>"
        )


@dataclass(frozen=True)
class DiscriminantPart:
    """A polynomial that vanishes where critical points change.

    :ivar factors: irreducible ones with their multiplicities.
    :ivar degree: the total degree; −1 for the polynomial 0.
    """

    polynomial: str
    factors: tuple[tuple[str, int], ...]
    degree: int


@dataclass(frozen=True)
class Chamber:
    """A connected set of values of the unknowns between the zeros of all parts.

    :ivar sample: a value of each unknown.
    :ivar minima: how many of the real critical points are local minima on the forms of this rank.
    """

    sample: tuple[Fraction, ...]
    real_critical_points: int
    minima: int


class TeacherDiscriminant(Result):
    """The teachers and metrics at which the critical points of a polynomial student change."""

    schema = "allminima/teacher-discriminant/1"

    @property
    def undecided(self) -> list[str]:
        return list(self.json["undecided"])

    @property
    def variables(self) -> list[str]:
        return list(self.json["discriminant"]["variables"])

    @property
    def degenerate(self) -> DiscriminantPart:
        """Where some critical form of rank equal to the width is degenerate."""
        return _part(self.json["discriminant"]["degenerate"])

    @property
    def rank_drop(self) -> DiscriminantPart:
        """Where some critical form drops rank."""
        return _part(self.json["discriminant"]["rankDrop"])

    @property
    def singular_metric(self) -> DiscriminantPart | None:
        """Where the metric is singular, for unknown moments."""
        value = self.json["discriminant"].get("singularMetric")
        return None if value is None else _part(value)

    @property
    def chambers(self) -> tuple[Chamber, ...] | None:
        """All chambers, for at most two unknowns."""
        value = self.json["discriminant"].get("chambers")
        if value is None:
            return None
        return tuple(
            Chamber(tuple(map(Fraction, entry["sample"])), entry["realCriticalPoints"], entry["minima"])
            for entry in value
        )

    def _repr_html_(self) -> str:
        return frame(self.report(), "Discriminant")

    def __repr__(self) -> str:
        count = "" if self.chambers is None else f", {len(self.chambers)} chambers"
        return f"<TeacherDiscriminant in {', '.join(self.variables)}{count}>"


def _part(entry: dict[str, Any]) -> DiscriminantPart:
    factors = tuple((factor["polynomial"], factor["multiplicity"]) for factor in entry["factors"])
    return DiscriminantPart(entry["polynomial"], factors, entry["degree"])


def teacher(
    teacher: Any, *, width: int, metric: str = "gaussian", data: Any = None, covariance: Any = None,
    variables: Sequence[str] | None = None, digits: int = 15, floats: _data.Floats = "decimal", **run: Any,
) -> TeacherLandscape:
    """All critical points of a student ``Σ a ⟨w, x⟩^m`` that learns a teacher form from infinitely many inputs.

    :param teacher: a symmetric matrix (an array, nested lists), or a homogeneous polynomial as text.
    :param width: the number of units.
    :param metric: ``gaussian``, ``frobenius``, ``iid:K`` (independent inputs with kurtosis ``K``), or
        ``moments:FILE``.
    :param data: the rows of inputs whose moments are the metric, instead of ``metric``.
    :param covariance: of Gaussian inputs, a symmetric matrix.
    :param variables: those of a polynomial, in order; in alphabetical order if ``None``.
    :param run: ``progress``, ``threads``, ``time_limit`` (seconds), ``memory_limit`` (GiB), ``engine``.
    :raises InvalidData: naming row and column.
    """
    return TeacherLandscape(_run(teacher, width, metric, data, covariance, variables, digits, floats, None, run))


def teacher_discriminant(
    teacher: Any, unknown: Mapping[str, tuple[Any, Any] | None] | Sequence[str], *, width: int,
    metric: str = "gaussian", data: Any = None, covariance: Any = None, variables: Sequence[str] | None = None,
    digits: int = 15, floats: _data.Floats = "decimal", **run: Any,
) -> TeacherDiscriminant:
    """Where the critical points of a student change with unknown entries of its teacher or metric.

    :param unknown: the names of the entries, such as ``"T12"`` or the moment ``"m22"``; a mapping gives bounds between
        which chambers are looked for, or ``None``.

    For the other arguments see :func:`allminima.teacher`.
    """
    bounds = unknown if isinstance(unknown, Mapping) else {name: None for name in unknown}
    lines = [
        f"{name} ?" + ("" if pair is None else "".join(f" {_data.parameter(name, end, floats)}" for end in pair))
        for name, pair in bounds.items()
    ]
    text = "\n".join(lines) + "\n"
    return TeacherDiscriminant(_run(teacher, width, metric, data, covariance, variables, digits, floats, text, run))


def _run(
    teacher: Any, width: int, metric: str, data: Any, covariance: Any, variables: Sequence[str] | None, digits: int,
    floats: _data.Floats, unknown: str | None, run: dict[str, Any],
) -> dict[str, Any]:
    _data.check_floats(floats)
    if data is not None and metric != "gaussian":
        raise UsageError("data are a metric of their own: leave metric out")
    text = _data.system([teacher], variables) if isinstance(teacher, str) else _rows(teacher, floats)
    arguments = ["teacher", "-", "--width", str(width), "--digits", str(digits)]
    with tempfile.TemporaryDirectory(prefix="allminima-") as name:

        def file(title: str, content: str) -> str:
            path = Path(name) / title
            path.write_text(content, "utf-8")
            return str(path)

        arguments += ["--metric", metric if data is None else f"data:{file('data.csv', _rows(data, floats))}"]
        if covariance is not None:
            arguments += ["--covariance", file("covariance.csv", _rows(covariance, floats))]
        if unknown is not None:
            arguments += ["--discriminant", file("unknown.txt", unknown)]
        return _tool.run(arguments, text, **run)


def _rows(value: Any, floats: _data.Floats) -> str:
    rows: list[list[Fraction]] = _data.inputs(value, floats)
    if not rows:
        raise InvalidData("there are no rows")
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def _form(value: Any) -> Form:
    if isinstance(value, dict):
        return {monomial: Enclosure.from_json(entry) for monomial, entry in value.items()}
    return matrix(value)
