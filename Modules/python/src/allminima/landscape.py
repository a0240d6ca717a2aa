"""All local minima of a network's training loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, overload

from . import _data, _tool
from .enclosure import Enclosure
from .errors import MissingDependency, UsageError
from .location import Location, locate_table
from .network import Network
from .result import Result, array, enclosure, enclosures, frame


@dataclass(frozen=True)
class UnitGroup:
    """The units of a component on one face.

    :ivar pattern: one of ``-``, ``0``, ``+`` for each data row: where the units' argument is negative, zero,
        positive; all ``0`` for dead units.
    :ivar output_sign: the sign of the output weight; 0 for dead units.
    :ivar count: how many units there are.
    :ivar total: the sum of their ``a²``; its range, if it varies over the component.
    """

    pattern: str
    output_sign: int
    count: int
    total: Enclosure | None


@dataclass(frozen=True)
class Point:
    """A point of a component in proved enclosures.

    :ivar a: the output weights, length ``L``.
    :ivar w: the hidden weights, ``L`` times ``D``; the bias last where units have one.
    :ivar c: the linear coefficients of the output (skip connection, then output bias), where there are any.
    """

    a: tuple[Enclosure, ...]
    w: tuple[tuple[Enclosure, ...], ...]
    c: tuple[Enclosure, ...]


class Component:
    """A connected component of the set of local minima, up to the symmetries of the network.

    :ivar json: the tool's entry.
    """

    def __init__(self, json: dict[str, Any], problem: dict[str, Any]) -> None:
        self.json = json
        self._problem = problem

    @property
    def id(self) -> int:
        """Its place in the list, from 1."""
        return int(self.json["id"])

    @property
    def loss(self) -> Enclosure:
        return Enclosure.from_json(self.json["loss"])

    @property
    def kind(self) -> Literal["isolated", "family"]:
        return self.json["kind"]  # type: ignore[no-any-return]

    @property
    def dimension(self) -> int:
        return int(self.json["dimension"])

    @property
    def ends(self) -> Literal["open", "closed"]:
        """``open`` where limits with a dying unit do not belong to the component."""
        return self.json["ends"]  # type: ignore[no-any-return]

    @property
    def location(self) -> Literal["interior", "boundary"]:
        """``boundary`` if some unit has its kink on a data point."""
        return self.json["location"]  # type: ignore[no-any-return]

    @property
    def kinks(self) -> int:
        return int(self.json["kinks"])

    @property
    def orbit_size(self) -> int:
        """The number of images under the symmetries of the network."""
        return int(self.json["orbitSize"])

    @property
    def certificate_ratio(self) -> Enclosure | None:
        """``max|η|/λ``: at most 1 iff no larger number of units reaches a smaller loss."""
        return enclosure(self.json.get("certificateRatio"))

    @property
    def is_global(self) -> bool | None:
        """Whether it is a global minimum for this number of units; ``None`` if that is undecided."""
        value = self.json["globalForWidth"]
        return None if value == "undecided" else bool(value)

    @property
    def is_global_for_every_width(self) -> bool:
        return bool(self.json["globalForEveryWidth"])

    @property
    def units(self) -> tuple[UnitGroup, ...]:
        return tuple(
            UnitGroup(unit["pattern"], unit["outputSign"], unit["count"], enclosure(unit.get("total")))
            for unit in self.json["units"]
        )

    @property
    def point(self) -> Point:
        """A point of the component (all of it when it is isolated)."""
        point = self.json["point"]
        return Point(
            enclosures(point["a"]), tuple(map(enclosures, point["w"])), enclosures(point.get("c") or [])
        )

    @property
    def exact(self) -> dict[str, Any] | None:
        """Minimal polynomials and ideals, if they were asked for."""
        return self.json.get("exact")

    @property
    def network(self) -> Network:
        """The point's network in doubles."""
        point, problem = self.point, self._problem
        w = [[float(entry) for entry in row] for row in point.w]
        bias = bool(problem["bias"])
        c = [float(entry) for entry in point.c]
        skip = c[: problem["inputs"]] if problem.get("skip") else []
        return Network(
            activation=problem["activation"],
            a=array([float(entry) for entry in point.a]),
            W=array([row[:-1] if bias else row for row in w]),
            b=array([row[-1] if bias else 0.0 for row in w]),
            skip=array(skip),
            output_bias=c[-1] if problem.get("outputBias") and c else 0.0,
        )

    @property
    def a(self) -> Any:
        """The output weights, length ``L``, as a NumPy array (a list without NumPy)."""
        return self.network.a

    @property
    def W(self) -> Any:
        """The hidden weights, ``L × d``."""
        return self.network.W

    @property
    def b(self) -> Any:
        """The hidden biases, length ``L``."""
        return self.network.b

    def predict(self, X: Any) -> Any:
        """See :meth:`allminima.Network.predict`."""
        return self.network.predict(X)

    def state_dict(self) -> dict[str, Any]:
        """See :meth:`allminima.Network.state_dict`."""
        return self.network.state_dict()

    def to_torch(self) -> Any:
        """See :meth:`allminima.Network.to_torch`."""
        return self.network.to_torch()

    def to_sklearn(self) -> Any:
        """See :meth:`allminima.Network.to_sklearn`."""
        return self.network.to_sklearn()

    def __repr__(self) -> str:
        kind = "isolated" if self.dimension == 0 else f"dimension {self.dimension}, {self.ends}"
        mark = ", global" if self.is_global else ""
        return f"<Component {self.id}: loss {float(self.loss):.10g}, {kind}, {self.location}{mark}>"


class Landscape(Result, Sequence[Component]):
    """The connected components of the set of local minima, sorted by loss."""

    schema = "allminima/enumerate/1"

    @property
    def problem(self) -> dict[str, Any]:
        return self.json["problem"]  # type: ignore[no-any-return]

    @property
    def undecided(self) -> list[dict[str, Any]]:
        """What could not be decided, with reasons; empty for a complete result."""
        return list(self.json["undecided"])

    @property
    def best(self) -> Component:
        """The component of least loss. It is the global minimum if the landscape is complete.

        :raises IndexError: if there is none.
        """
        return self[0]

    @property
    def floats(self) -> str | None:
        """What binary floating-point numbers in the data meant, ``decimal`` or ``binary``; ``None`` for a file."""
        return (self.json.get("python") or {}).get("floats")

    def __len__(self) -> int:
        return len(self.json["components"])

    @overload
    def __getitem__(self, index: int) -> Component: ...
    @overload
    def __getitem__(self, index: slice) -> list[Component]: ...
    def __getitem__(self, index: int | slice) -> Component | list[Component]:
        entries = self.json["components"][index]
        if isinstance(index, slice):
            return [Component(entry, self.problem) for entry in entries]
        return Component(entries, self.problem)

    def __iter__(self) -> Iterator[Component]:
        return (Component(entry, self.problem) for entry in self.json["components"])

    def to_frame(self) -> Any:
        """A pandas DataFrame with a row for each component.

        :raises MissingDependency: without pandas.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingDependency("pandas is needed: pip install pandas") from error
        rows = [
            {
                "loss": float(component.loss),
                "kind": component.kind,
                "dimension": component.dimension,
                "ends": component.ends,
                "location": component.location,
                "kinks": component.kinks,
                "ratio": None if component.certificate_ratio is None else float(component.certificate_ratio),
                "images": component.orbit_size,
                "global": component.is_global,
            }
            for component in self
        ]
        return pandas.DataFrame(rows, index=pandas.Index([component.id for component in self], name="id"))

    def plot(self, axes: Any = None) -> Any:
        """Draws the loss of every component with matplotlib: stars are global minima, diamonds families.

        :param axes: where to draw; the current axes if ``None``.
        :return: the axes.
        :raises MissingDependency: without matplotlib.
        """
        if axes is None:
            try:
                from matplotlib import pyplot
            except ImportError as error:
                raise MissingDependency("matplotlib is needed: pip install matplotlib") from error
            axes = pyplot.gca()
        for component in self:
            marker = "*" if component.is_global else "o" if component.dimension == 0 else "D"
            axes.plot(
                [component.id], [float(component.loss)], marker=marker, color=f"C{component.dimension}",
                fillstyle="none" if component.ends == "open" else "full", linestyle="none",
            )
        axes.set_xlabel("component")
        axes.set_ylabel("loss")
        return axes

    def locate(self, model: Any, **run: Any) -> Location:
        """Where a trained network stands in this landscape; see :func:`allminima.locate`.

        The result names the component that the critical point belongs to, and how far it is above the best one.

        :raises UsageError: if the data are not known, as the landscape was loaded from a file.
        """
        if self._data is None:
            raise UsageError("the landscape does not know its data: allminima.locate takes them")
        data, problem = self._data, self.problem
        for key, text in (
            ("skip", "a skip connection"), ("outputBias", "an output bias"),
            ("observationWeights", "weighted observations"), ("penalty", "another penalty"),
        ):
            if problem.get(key):
                raise UsageError(f"networks are located in problems without {text} only")
        result = locate_table(
            data, model, ("--ridge", problem["ridge"]), activation=problem["activation"], bias=bool(problem["bias"]), **run
        )
        units = set(result.units)
        for component in self:
            living = {(unit.pattern, unit.output_sign) for unit in component.units if unit.output_sign}
            loss = result.loss
            if result.kind == "minimum" and loss is not None and units <= living and component.loss.overlaps(loss):
                result.component = component
                break
        if len(self):
            loss = result.loss or result.weights_loss
            best = self.best.loss
            same = result.component is not None and result.component.id == self.best.id
            result.gap_to_best = (
                Enclosure(Fraction(0), Fraction(0)) if same
                else Enclosure(loss.lower - best.upper, loss.upper - best.lower)
            )
        return result

    def _repr_html_(self) -> str:
        return frame(self.report(), "All local minima")

    def __repr__(self) -> str:
        problem = self.problem
        claim = "complete" if self.complete else "not complete"
        lines = [
            f"<Landscape of {problem['units']} {problem['activation']} units on {problem['rows']} rows, "
            f"ridge {problem['ridge']}: {len(self)} components, {claim}>"
        ]
        lines += [f"  {component!r}" for component in self[:10]]
        if len(self) > 10:
            lines.append(f"  … and {len(self) - 10} more")
        return "\n".join(lines)


def enumerate(
    X: Any,
    y: Any = None,
    *,
    units: int,
    ridge: Any = None,
    weight_decay: Any = None,
    activation: str = "relu",
    bias: bool = True,
    output_bias: bool = False,
    skip: bool = False,
    weights: Any = None,
    penalize: Literal["all", "weights", "hidden"] = "all",
    method: Literal["auto", "convex", "algebraic", "both"] = "auto",
    digits: int = 15,
    exact: bool = False,
    floats: _data.Floats = "decimal",
    **run: Any,
) -> Landscape:
    """All local minima of a small network's ridge-regularised squared error, with proof.

    :param X: the inputs, ``n × d`` (arrays, frames, nested lists), or the path of a CSV file.
    :param y: the targets, length ``n``; with a file, the target's column (the last one if ``None``).
    :param units: the number of hidden units.
    :param ridge: the ridge parameter, exact: ``"1/10"``, ``Fraction(1, 10)``, ``0.1``.
    :param weight_decay: instead of it, the weight decay of PyTorch's SGD or Adam for the mean of the squared errors.
    :param activation: ``relu``, ``leaky:α``, ``abs``, ``linear``, ``power:m``.
    :param bias: whether hidden units have a bias.
    :param output_bias: whether the output has a bias.
    :param skip: whether the output has a linear part in the inputs.
    :param weights: positive weights of the observations, length ``n``; with a file, the name of their column.
    :param penalize: what the ridge penalises.
    :param method: how to enumerate.
    :param digits: significant digits of all enclosures.
    :param exact: whether to describe components by minimal polynomials and prime ideals as well.
    :param floats: what binary floating-point numbers mean: their shortest ``decimal``, or their ``binary`` value.
    :param run: ``progress``, ``threads``, ``time_limit`` (seconds), ``memory_limit`` (GiB), ``engine``.
    :raises InvalidData: naming row and column.
    :raises UsageError: for arguments that the tool does not accept.
    """
    penalty = _data.ridge_option(ridge, weight_decay, floats)
    data = _data.table(X, y, floats, weights)
    arguments = ["enumerate", data.argument, *data.options, "--units", str(units), "--activation", activation]
    arguments += [*penalty, "--method", method, "--digits", str(digits), "--penalize", penalize]
    arguments += ["--no-bias"] * (not bias) + ["--output-bias"] * output_bias
    arguments += ["--skip"] * skip + ["--exact"] * exact
    result = _tool.run(arguments, data.text, **run)
    if data.text is not None:
        result["python"] = {"floats": floats}
    return Landscape(result, data)
