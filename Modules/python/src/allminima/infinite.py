"""Training with infinitely many hidden units: sparse measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import _data, _tool
from .enclosure import Enclosure
from .network import Network
from .result import Result, array, enclosure, enclosures, matrix


@dataclass(frozen=True)
class Atom:
    """A direction in which the dual certificate attains the ridge, ``|η(w)| = λ``.

    :ivar pattern: one of ``-``, ``0``, ``+`` for each data row, as in :class:`allminima.UnitGroup`.
    :ivar sign: of the output weight.
    :ivar direction: of length 1; the bias last where units have one.
    :ivar mass: the amplitude's absolute value; its range, if it is not unique.
    :ivar strict: whether no direction nearby attains the ridge as well.
    """

    pattern: str
    sign: int
    direction: tuple[Enclosure, ...]
    mass: Enclosure
    strict: bool


class SparseMeasure(Result):
    """What training with infinitely many units ends with: finitely many atoms, and the proof that it is the optimum.

    What could not be decided is ``None``, and said in :attr:`undecided`.
    """

    schema = "allminima/infinite-width/1"

    @property
    def problem(self) -> dict[str, Any]:
        return self.json["problem"]  # type: ignore[no-any-return]

    @property
    def undecided(self) -> list[str]:
        """What could not be decided; empty for a complete result."""
        return list(self.json.get("undecided") or [])

    @property
    def loss(self) -> Enclosure | None:
        """The least loss that any number of units reaches."""
        return enclosure(self.json.get("loss"))

    @property
    def total_mass(self) -> Enclosure | None:
        return enclosure(self.json.get("totalMass"))

    @property
    def ridge_maximum(self) -> Enclosure | None:
        """The least ridge at which no unit is worth its penalty."""
        return enclosure(self.json.get("ridgeMaximum"))

    @property
    def residual(self) -> tuple[Enclosure, ...]:
        """``y − f(x)`` at the data rows."""
        return enclosures(self.json.get("residual") or [])

    @property
    def certificate_ratio(self) -> Enclosure | None:
        """``max|η|/λ``: 1 at an optimum that is not zero."""
        certificate = self.json.get("certificate")
        return None if certificate is None else Enclosure.from_json(certificate["ratio"])

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """All extremal directions."""
        return tuple(
            Atom(
                entry["pattern"], entry["sign"], enclosures(entry["direction"]),
                Enclosure.from_json(entry["mass"]), entry["strict"],
            )
            for entry in self.json.get("extremal") or []
        )

    @property
    def least_atoms(self) -> int | None:
        """The least number of units of a finite network that reaches the loss."""
        return self._solutions("leastAtoms")  # type: ignore[no-any-return]

    @property
    def unique(self) -> bool | None:
        """Whether there is one optimal measure only."""
        return self._solutions("unique")  # type: ignore[no-any-return]

    @property
    def function_unique(self) -> bool | None:
        """Whether all optimal measures are the same function."""
        return self._solutions("functionUnique")  # type: ignore[no-any-return]

    @property
    def vertices(self) -> tuple[tuple[Enclosure, ...], ...]:
        """The vertices of the polytope of optimal measures: signed masses in the order of the atoms."""
        return matrix(self._solutions("vertices") or [])

    @property
    def network(self) -> Network | None:
        """A finite network that reaches the loss, in doubles."""
        value = self.json.get("network")
        if value is None:
            return None
        bias = bool(self.problem["bias"])
        w = [[float(Enclosure.from_json(entry)) for entry in row] for row in value["w"]]
        return Network(
            activation=self.problem["activation"],
            a=array([float(Enclosure.from_json(entry)) for entry in value["a"]]),
            W=array([row[:-1] if bias else row for row in w]),
            b=array([row[-1] if bias else 0.0 for row in w]),
            skip=array([]),
            output_bias=0.0,
        )

    def _solutions(self, key: str) -> Any:
        return (self.json.get("solutions") or {}).get(key)

    def __repr__(self) -> str:
        problem = self.problem
        loss = "unknown" if self.loss is None else f"{float(self.loss):.10g}"
        return (
            f"<SparseMeasure on {problem['rows']} rows, ridge {problem['ridge']}: loss {loss}, "
            f"{len(self.atoms)} extremal directions, {'complete' if self.complete else 'not complete'}>"
        )


def infinite_width(
    X: Any, y: Any = None, *, ridge: Any, activation: str = "relu", bias: bool = True, digits: int = 15,
    exact: bool = False, floats: _data.Floats = "decimal", **run: Any,
) -> SparseMeasure:
    """What training with infinitely many units ends with, with proof.

    For the arguments see :func:`allminima.enumerate`. Activations: ``relu``, ``leaky:α``, ``abs``.
    """
    data = _data.table(X, y, floats)
    arguments = ["infinite-width", data.argument, *data.options, "--activation", activation]
    arguments += ["--ridge", _data.parameter("ridge", ridge, floats), "--digits", str(digits)]
    arguments += ["--no-bias"] * (not bias) + ["--exact"] * exact
    return SparseMeasure(_tool.run(arguments, data.text, **run))
