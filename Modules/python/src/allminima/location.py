"""Where a trained network stands in the landscape of its training loss."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _data, _tool
from .enclosure import Enclosure
from .errors import InvalidData, UsageError
from .network import Network
from .result import Result, enclosure, enclosures, matrix

if TYPE_CHECKING:
    from .landscape import Component


@dataclass(frozen=True)
class Descent:
    """A step from the given weights that makes the loss smaller.

    :ivar a: the step in the output weights; likewise ``w`` in the hidden weights, the bias last.
    :ivar loss: the loss after it.
    """

    a: tuple[float, ...]
    w: tuple[tuple[float, ...], ...]
    loss: Enclosure


class Location(Result):
    """The critical point near a trained network, proved, and what it is.

    :ivar component: the component of the landscape that the critical point belongs to, for
        :meth:`allminima.Landscape.locate`; else ``None``.
    """

    schema = "allminima/locate/1"

    component: Component | None = None
    _gap_to_best: Enclosure | None = None

    @property
    def gap_to_best(self) -> Enclosure | None:
        """How far the loss (of the critical point, or else of the weights) is above the least one of this width.

        ``None`` where that is not known: :meth:`allminima.Landscape.locate` and ``best=True`` tell it.
        """
        return self._gap_to_best or enclosure(self.json.get("gapToBest"))

    @gap_to_best.setter
    def gap_to_best(self, value: Enclosure) -> None:
        self._gap_to_best = value

    @property
    def best_loss(self) -> Enclosure | None:
        """The least loss of networks of this width, for ``best=True``."""
        return enclosure(self.json.get("bestLoss"))

    @property
    def kind(self) -> Literal["minimum", "saddle", "none", "undecided"]:
        """What is nearby: a proved local minimum; a critical point that is proved to be none; nothing; not decided."""
        return self.json["kind"]  # type: ignore[no-any-return]

    @property
    def is_minimum(self) -> bool:
        return self.kind == "minimum"

    @property
    def loss(self) -> Enclosure | None:
        """The loss of the critical point."""
        return enclosure(self.json.get("loss"))

    @property
    def weights_loss(self) -> Enclosure:
        """The loss of the given weights."""
        return Enclosure.from_json(self.json["weightsLoss"])

    @property
    def distance(self) -> Enclosure | None:
        """From the given weights to the critical point, over all parameters."""
        return enclosure(self.json.get("distance"))

    @property
    def dead_units(self) -> tuple[int, ...]:
        """The units, from 0, that are zero at the critical point, or are zero or active nowhere if there is none."""
        return tuple(unit - 1 for unit in self.json["deadUnits"])

    @property
    def gap_to_infinite_width(self) -> Enclosure | None:
        """How far the loss is above the least one of all widths."""
        return enclosure(self.json.get("gapToInfiniteWidth"))

    @property
    def is_global_for_every_width(self) -> bool | None:
        """Whether no network of any width has a smaller loss; ``None`` if that is undecided."""
        value = (self.json.get("component") or {}).get("globalForEveryWidth", False)
        return None if value == "undecided" else bool(value)

    @property
    def units(self) -> tuple[tuple[str, int], ...]:
        """The activation pattern and output sign of the living units, without repetitions."""
        return tuple((unit["pattern"], unit["outputSign"]) for unit in (self.json.get("component") or {}).get("units", []))

    @property
    def point(self) -> tuple[tuple[Enclosure, ...], tuple[tuple[Enclosure, ...], ...]] | None:
        """Output and hidden weights of the critical point, in the order of the given units."""
        component = self.json.get("component")
        return None if component is None else (enclosures(component["point"]["a"]), matrix(component["point"]["w"]))

    @property
    def descent(self) -> Descent | None:
        """A step that makes the loss smaller, where there is no minimum."""
        for step in self.json["descent"]:
            return Descent(
                tuple(map(float, step["a"])), tuple(tuple(map(float, row)) for row in step["w"]),
                Enclosure.from_json(step["loss"]),
            )
        return None

    @property
    def undecided(self) -> list[str]:
        return list(self.json["undecided"])

    def __repr__(self) -> str:
        texts = {
            "minimum": "at a local minimum", "saddle": "at a critical point that is no local minimum",
            "none": "at no critical point", "undecided": "at a critical point of undecided kind",
        }
        parts = [texts[self.kind], f"loss {float(self.loss or self.weights_loss):.10g}"]
        if self.distance is not None:
            parts.append(f"distance {float(self.distance):.3g}")
        if self.dead_units:
            parts.append("dead units " + ", ".join(map(str, self.dead_units)))
        if self.component is not None:
            parts.append(f"component {self.component.id}")
        if self.gap_to_infinite_width is not None:
            parts.append(f"above all widths by {float(self.gap_to_infinite_width):.4g}")
        return f"<Location: {', '.join(parts)}>"


def locate(
    X: Any, y: Any = None, model: Any = None, *, ridge: Any = None, weight_decay: Any = None,
    activation: str | None = None, bias: bool = True, best: bool = False, digits: int = 15,
    floats: _data.Floats = "decimal", **run: Any,
) -> Location:
    """Where a trained network stands: the critical point nearby, proved; whether it is a local minimum; the gap to the
    least loss of all widths; dead units; and if it is no minimum a step that makes the loss smaller.

    :param X: the inputs; ``X`` and ``y`` as for :func:`allminima.enumerate`.
    :param model: a PyTorch module or state dict with two linear layers, the path of a safetensors file with them,
        scikit-learn's ``MLPRegressor``, a :class:`allminima.Network` or :class:`allminima.Component`, or a pair
        ``(a, w)`` of output weights and hidden weights (``L × D``, the bias last). Output biases must be zero: they are
        no parameters of the problem.
    :param ridge: the ridge ``λ`` of ``Σ (y − f(x))² + λ Σ (a² + |w|² + b²)``.
    :param weight_decay: instead of it, the weight decay of PyTorch's SGD or Adam for the mean of the squared errors.
    :param activation: ``relu``, ``leaky:α`` or ``abs``; that of the model if ``None``, else ``relu``.
    :param best: whether to enumerate the minima of networks with as many units, and compare with the best.
    :raises UsageError: for models that are no networks of this kind.
    """
    return locate_table(
        _data.table(X, y, floats), model, _data.ridge_option(ridge, weight_decay, floats), activation=activation,
        bias=bias, best=best, digits=digits, **run,
    )


def locate_table(
    data: _data.Table, model: Any, ridge: tuple[str, str], *, activation: str | None, bias: bool, best: bool = False,
    digits: int = 15, **run: Any,
) -> Location:
    def call(path: str, own: str | None) -> Location:
        arguments = ["locate", data.argument, path, *data.options, "--digits", str(digits), *ridge]
        arguments += ["--activation", activation or own or "relu"]
        return Location(_tool.run(arguments + ["--no-bias"] * (not bias) + ["--best"] * best, data.text, **run))

    if isinstance(model, (str, os.PathLike)):
        if not Path(model).is_file():
            raise InvalidData(f"there is no file {os.fspath(model)}")
        return call(os.path.abspath(model), None)
    a, w, own = weights_of(model, bias)
    if activation is not None and own is not None and _slope(own) != _slope(activation):
        raise UsageError(f"the model has the activation {own}, not {activation}")
    text = json.dumps({"a": _texts(a, "a"), "w": [_texts(row, f"w, unit {unit}") for unit, row in enumerate(w)]})
    with tempfile.TemporaryDirectory(prefix="allminima-") as name:
        path = Path(name) / "weights.json"
        path.write_text(text, "utf-8")
        return call(str(path), own)


def weights_of(model: Any, bias: bool) -> tuple[list[Any], list[list[Any]], str | None]:
    """Output weights, hidden weights with the bias last, and the activation where the model has one."""
    if hasattr(model, "network") and isinstance(model.network, Network):
        model = model.network
    if isinstance(model, Network):
        own: str | None = model.activation
        hidden, biases, outputs = model.W, model.b, model.a
        constant: Any = model.output_bias
        if len(model.skip):
            raise UsageError("the model has a skip connection")
    elif hasattr(model, "coefs_") and hasattr(model, "intercepts_"):
        if len(model.coefs_) != 2:
            raise UsageError(f"the model has {len(model.coefs_) - 1} hidden layers, not one")
        if model.activation != "relu":
            raise UsageError(f"the model has the activation {model.activation}")
        hidden, biases, own = model.coefs_[0].T, model.intercepts_[0], "relu"
        outputs, constant = _row(model.coefs_[1].T), model.intercepts_[1]
    elif hasattr(model, "state_dict") or isinstance(model, Mapping):
        state = model if isinstance(model, Mapping) else model.state_dict()
        hidden, biases, outputs, constant = _layers(state)
        own = _activation(model)
    elif isinstance(model, (tuple, list)) and len(model) == 2:
        a, w = model
        return list(a), [list(row) for row in w], None
    else:
        raise UsageError(f"a model of type {type(model).__name__} is not known")
    if any(float(value) != 0 for value in (constant if hasattr(constant, "__len__") else [constant])):
        raise UsageError("the model's output has a bias, which is no parameter of this problem")
    if not bias and any(float(value) != 0 for value in biases):
        raise UsageError("the model's hidden units have biases: bias=True")
    rows = [list(row) for row in hidden]
    return list(outputs), [[*row, value] for row, value in zip(rows, biases)] if bias else rows, own


def _layers(state: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
    """The first two linear layers of a state dict."""
    arrays = {name: value.detach().cpu().numpy() if hasattr(value, "detach") else value for name, value in state.items()}
    names = [name for name in arrays if name.endswith("weight") and getattr(arrays[name], "ndim", 2) == 2]
    if len(names) != 2:
        raise UsageError(f"the model has {len(names)} linear layers, not two")
    hidden, outputs = (arrays[name] for name in names)
    zeros = [0.0] * len(hidden)
    biases = arrays.get(names[0].removesuffix("weight") + "bias", zeros)
    return hidden, biases, _row(outputs), arrays.get(names[1].removesuffix("weight") + "bias", [0.0])


def _row(matrix: Any) -> Any:
    if len(matrix) != 1:
        raise UsageError(f"the model has {len(matrix)} outputs, not one")
    return matrix[0]


def _activation(model: Any) -> str | None:
    """The activation of a PyTorch module, by its name."""
    for module in model.modules() if hasattr(model, "modules") else ():
        name = type(module).__name__
        if name == "ReLU":
            return "relu"
        if name == "LeakyReLU":
            return f"leaky:{module.negative_slope}"
        if name in ("Tanh", "Sigmoid", "GELU", "ELU", "SiLU", "Softplus"):
            raise UsageError(f"the model has the activation {name}")
    return None


def _slope(activation: str) -> Fraction | str:
    kind, _, parameter = activation.partition(":")
    return Fraction(parameter) if kind == "leaky" else activation


def _texts(values: Any, name: str) -> list[str]:
    texts = []
    for position, value in enumerate(values):
        try:
            texts.append(_data.exact_text(value))
        except ValueError as error:
            raise InvalidData(f"{name}, entry {position}: {error}") from None
    return texts
