"""Networks with polynomial units that are trained on a teacher."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .errors import InvalidData, UsageError
from .result import Result, matrix

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
    def families(self) -> list[dict[str, Any]]:
        """Critical sets of positive dimension, as in the JSON."""
        return list(self.json["families"])

    def __repr__(self) -> str:
        claim = "complete" if self.complete else "not complete"
        return (
            f"<TeacherLandscape of degree {self.json['degree']}, width {self.json['width']}: "
            f"{len(self.points)} real critical points, {claim}>"
        )


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
    _data.check_floats(floats)
    if data is not None and metric != "gaussian":
        raise UsageError("data are a metric of their own: leave metric out")
    text = _data.system([teacher], variables) if isinstance(teacher, str) else _rows(teacher, floats)
    arguments = ["teacher", "-", "--width", str(width), "--digits", str(digits)]
    with tempfile.TemporaryDirectory(prefix="allminima-") as name:

        def file(title: str, rows: Any) -> str:
            path = Path(name) / f"{title}.csv"
            path.write_text(_rows(rows, floats), "utf-8")
            return str(path)

        arguments += ["--metric", metric if data is None else f"data:{file('data', data)}"]
        if covariance is not None:
            arguments += ["--covariance", file("covariance", covariance)]
        return TeacherLandscape(_tool.run(arguments, text, **run))


def _rows(value: Any, floats: _data.Floats) -> str:
    rows: list[list[Fraction]] = _data.inputs(value, floats)
    if not rows:
        raise InvalidData("there are no rows")
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def _form(value: Any) -> Form:
    if isinstance(value, dict):
        return {monomial: Enclosure.from_json(entry) for monomial, entry in value.items()}
    return matrix(value)
