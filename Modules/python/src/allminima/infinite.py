"""Training with infinitely many hidden units: sparse measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .network import Network
from .result import Result, array, enclosure, enclosures, frame, matrix


@dataclass(frozen=True)
class Atom:
    """A direction in which the dual certificate attains the ridge, ``|η(w)| = λ``.

    :ivar pattern: one of ``-``, ``0``, ``+`` for each data row, as in :class:`allminima.UnitGroup`.
    :ivar sign: of the output weight.
    :ivar direction: of length 1; the bias last where units have one.
    :ivar mass: the amplitude's absolute value; its range, if it is not unique.
    :ivar strict: whether no direction nearby attains the ridge as well.
    :ivar dimension: of the directions with this pattern, as a subspace.
    :ivar kinks: for each data row (from 0) on whose kink the atom sits, the share of the slope's change that it takes;
        ``None`` where these rows are dependent.
    """

    pattern: str
    sign: int
    direction: tuple[Enclosure, ...]
    mass: Enclosure
    strict: bool
    dimension: int
    kinks: tuple[tuple[int, Enclosure], ...] | None


@dataclass(frozen=True)
class Stability:
    """What small noise and a small ridge do to the atoms, if the optimum's outputs are taken as noiseless data.

    :ivar nondegenerate: whether the measure is unique, every extremal direction carries mass, and all are strict.
    :ivar persists: whether number and faces of the atoms stay; ``None`` if undecided.
    :ivar rates: in the order of the atoms, the derivatives of direction and mass by the ridge at ridge zero.
    """

    nondegenerate: bool
    pre_certificate_ratio: Enclosure | None
    persists: bool | None
    rates: tuple[tuple[tuple[Enclosure, ...], Enclosure], ...] | None


class InfiniteWidthResult(Result):
    """What all results of training with infinitely many units have."""

    @property
    def problem(self) -> dict[str, Any]:
        return self.json["problem"]  # type: ignore[no-any-return]

    @property
    def undecided(self) -> list[str]:
        """What could not be decided; empty for a complete result."""
        return list(self.json.get("undecided") or [])

    @property
    def ridge_maximum(self) -> Enclosure | None:
        """The least ridge at which no unit is worth its penalty."""
        return enclosure(self.json.get("ridgeMaximum"))


class SparseMeasure(InfiniteWidthResult):
    """What training with infinitely many units ends with: finitely many atoms, and the proof that it is the optimum.

    What could not be decided is ``None``, and said in :attr:`undecided`.
    """

    schema = "allminima/infinite-width/1"

    @property
    def loss(self) -> Enclosure | None:
        """The least loss that any number of units reaches."""
        return enclosure(self.json.get("loss"))

    @property
    def total_mass(self) -> Enclosure | None:
        return enclosure(self.json.get("totalMass"))

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
                Enclosure.from_json(entry["mass"]), entry["strict"], entry["dimension"],
                tuple((kink["row"] - 1, Enclosure.from_json(kink["tau"])) for kink in entry["kinks"])
                if "kinks" in entry else None,
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
        """The vertices of the polytope of optimal measures: signed masses in the order of the atoms.

        Empty where there are very many.
        """
        return matrix(self._solutions("vertices") or [])

    @property
    def stability(self) -> Stability | None:
        value = self.json.get("stability")
        if value is None:
            return None
        rates = value.get("rates")
        persists = value.get("persists")
        return Stability(
            value["nondegenerate"], enclosure(value.get("preCertificateRatio")),
            None if persists in (None, "undecided") else bool(persists),
            None if rates is None else tuple(
                (enclosures(rate["direction"]), Enclosure.from_json(rate["mass"])) for rate in rates
            ),
        )

    @property
    def exact(self) -> dict[str, Any] | None:
        """Minimal polynomials of the loss and the masses, if they were asked for."""
        return self.json.get("exact")

    @property
    def network(self) -> Network | None:
        """A finite network that reaches the loss, in doubles."""
        value = self.json.get("network")
        if value is None:
            return None
        bias = bool(self.problem["bias"])
        w = [[float(Enclosure.from_json(entry)) for entry in row] for row in value["w"]]
        c = [float(Enclosure.from_json(entry)) for entry in value.get("c") or []]
        return Network(
            activation=self.problem["activation"],
            a=array([float(Enclosure.from_json(entry)) for entry in value["a"]]),
            W=array([row[:-1] if bias else row for row in w]),
            b=array([row[-1] if bias else 0.0 for row in w]),
            skip=array(c[: self.problem["inputs"]] if self.problem.get("skip") else []),
            output_bias=c[-1] if self.problem.get("outputBias") and c else 0.0,
        )

    def _repr_html_(self) -> str:
        return frame(self.report(), "The optimum of all widths")

    def _solutions(self, key: str) -> Any:
        return (self.json.get("solutions") or {}).get(key)

    def __repr__(self) -> str:
        problem = self.problem
        loss = "unknown" if self.loss is None else f"{float(self.loss):.10g}"
        return (
            f"<SparseMeasure on {problem['rows']} rows, ridge {problem['ridge']}: loss {loss}, "
            f"{len(self.atoms)} extremal directions, {'complete' if self.complete else 'not complete'}>"
        )


@dataclass(frozen=True)
class PathEvent:
    """A ridge at which the list of atoms changes.

    :ivar kind: the first atoms ``appear``; further ones ``enter``; some ``leave``; atoms meet or leave a ``wall``, the
        kink of a data row; below it the measure is ``nonunique``.
    :ivar atoms_above: the number of atoms at greater ridges; likewise ``atoms_below``.
    :ivar added: the patterns that are listed below only; ``removed``: above only.
    :ivar exact: the minimal polynomial of the ridge, if it was asked for.
    """

    ridge: Enclosure
    kind: Literal["appear", "enter", "leave", "wall", "nonunique"]
    atoms_above: int
    atoms_below: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    exact: dict[str, Any] | None


@dataclass(frozen=True)
class PathSample:
    """The optimum at one ridge.

    :ivar masses: in the order of the piece's atoms; ``None`` where they are not known.
    :ivar directions: of length 1, in the same order.
    """

    ridge: Enclosure
    loss: Enclosure
    masses: tuple[Enclosure, ...] | None
    directions: tuple[tuple[Enclosure, ...], ...]


@dataclass(frozen=True)
class PathPiece:
    """The ridges between two events.

    :ivar start: the greater end; ``end``: the smaller one.
    :ivar atoms: pattern and sign of each.
    :ivar unique: whether the measure is unique; ``None`` where that is not known.
    """

    start: Enclosure
    end: Enclosure
    atoms: tuple[tuple[str, int], ...]
    unique: bool | None
    samples: tuple[PathSample, ...]


class RegularisationPath(InfiniteWidthResult):
    """How the optimum of all widths changes with the ridge, from the greatest one that matters downwards."""

    schema = "allminima/infinite-width-path/1"

    @property
    def events(self) -> tuple[PathEvent, ...]:
        """From the greatest ridge to the least."""
        return tuple(
            PathEvent(
                Enclosure.from_json(entry["ridge"]), entry["kind"], entry["atomsAbove"], entry["atomsBelow"],
                tuple(entry["added"]), tuple(entry["removed"]), entry.get("exact"),
            )
            for entry in self.json["events"]
        )

    @property
    def pieces(self) -> tuple[PathPiece, ...]:
        """From the greatest ridge to the least."""
        return tuple(
            PathPiece(
                Enclosure.from_json(entry["from"]), Enclosure.from_json(entry["to"]),
                tuple((atom["pattern"], atom["sign"]) for atom in entry["atoms"]), entry.get("unique"),
                tuple(map(_sample, entry["samples"])),
            )
            for entry in self.json["pieces"]
        )

    def _repr_html_(self) -> str:
        return frame(self.report(), "The path in the ridge")

    def __repr__(self) -> str:
        claim = "complete" if self.complete else "not complete"
        return f"<RegularisationPath to {self.json['pathTo']}: {len(self.events)} events, {claim}>"


def _sample(entry: dict[str, Any]) -> PathSample:
    return PathSample(
        Enclosure.from_json(entry["ridge"]), Enclosure.from_json(entry["loss"]),
        enclosures(entry["masses"]) if "masses" in entry else None, matrix(entry["directions"]),
    )


def infinite_width(
    X: Any, y: Any = None, *, ridge: Any, activation: str = "relu", bias: bool = True, output_bias: bool = False,
    skip: bool = False, weights: Any = None, digits: int = 15, exact: bool = False, floats: _data.Floats = "decimal",
    **run: Any,
) -> SparseMeasure:
    """What training with infinitely many units ends with, with proof.

    For the arguments see :func:`allminima.enumerate`. Activations: ``relu``, ``leaky:α``, ``abs``.
    """
    data = _data.table(X, y, floats, weights)
    arguments = _arguments(data, activation, bias, output_bias, skip, digits, exact)
    arguments += ["--ridge", _data.parameter("ridge", ridge, floats)]
    return SparseMeasure(_tool.run(arguments, data.text, **run), data)


def regularisation_path(
    X: Any, y: Any = None, *, to: Any, activation: str = "relu", bias: bool = True, output_bias: bool = False,
    skip: bool = False, weights: Any = None, digits: int = 15, exact: bool = False, floats: _data.Floats = "decimal",
    **run: Any,
) -> RegularisationPath:
    """How the optimum of all widths changes from the greatest ridge that matters down to another one, with proof.

    :param to: the least ridge, positive.
    :raises UsageError: also with an output bias or a skip connection: the ridge penalises them, too, so that the metric
        of the error would change along the path.

    For the other arguments see :func:`allminima.infinite_width`.
    """
    data = _data.table(X, y, floats, weights)
    arguments = _arguments(data, activation, bias, output_bias, skip, digits, exact)
    arguments += ["--path-to", _data.parameter("to", to, floats)]
    return RegularisationPath(_tool.run(arguments, data.text, **run), data)


def _arguments(
    data: _data.Table, activation: str, bias: bool, output_bias: bool, skip: bool, digits: int, exact: bool
) -> list[str]:
    arguments = ["infinite-width", data.argument, *data.options, "--activation", activation, "--digits", str(digits)]
    arguments += ["--no-bias"] * (not bias) + ["--output-bias"] * output_bias
    return arguments + ["--skip"] * skip + ["--exact"] * exact
