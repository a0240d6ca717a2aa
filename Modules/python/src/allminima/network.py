"""A network with one hidden layer in floating point: what one does with a point that was found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .errors import MissingDependency
from .result import array

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Network:
    """``f(x) = ⟨c, v(x)⟩ + Σ_l a_l σ(⟨W_l, x⟩ + b_l)`` in doubles.

    :ivar activation: the name on the tool's command line: ``relu``, ``leaky:α``, ``abs``, ``linear``, ``power:m``.
    :ivar a: the output weights, length ``L``.
    :ivar W: the hidden weights, ``L × d``.
    :ivar b: the hidden biases, length ``L``; zeros for units without bias.
    :ivar skip: the weights of the linear skip connection, length ``d``; empty without one.
    :ivar output_bias: zero without one.
    """

    activation: str
    a: Any
    W: Any
    b: Any
    skip: Any
    output_bias: float

    def predict(self, X: Any) -> Any:
        """The outputs for rows of inputs, length ``n``: a NumPy array, or a list where NumPy is not installed."""
        rows = [_row(x) for x in X]
        function = _function(self.activation)
        outputs = []
        for x in rows:
            value = self.output_bias + sum(float(s) * xi for s, xi in zip(self.skip, x))
            for a, w, b in zip(self.a, self.W, self.b):
                value += float(a) * function(sum(float(wi) * xi for wi, xi in zip(w, x)) + float(b))
            outputs.append(value)
        return array(outputs)

    def state_dict(self) -> dict[str, Any]:
        """PyTorch's tensors (float64) of ``nn.Sequential(Linear, activation, Linear)``.

        :raises MissingDependency: without PyTorch.
        :raises ValueError: if the network has a skip connection.
        """
        torch = _torch()
        self._refuse_skip("nn.Sequential")
        values = {
            "0.weight": [list(map(float, row)) for row in self.W],
            "0.bias": list(map(float, self.b)),
            "2.weight": [list(map(float, self.a))],
            "2.bias": [float(self.output_bias)],
        }
        return {name: torch.tensor(value, dtype=torch.float64) for name, value in values.items()}

    def to_torch(self) -> Any:
        """``nn.Sequential(Linear, activation, Linear)`` in float64 with these parameters.

        :raises MissingDependency: without PyTorch.
        :raises ValueError: if the network has a skip connection.
        """
        torch = _torch()
        state = self.state_dict()
        units, size = state["0.weight"].shape
        module = torch.nn.Sequential(
            torch.nn.Linear(size, units, dtype=torch.float64),
            _torch_activation(torch, self.activation),
            torch.nn.Linear(units, 1, dtype=torch.float64),
        )
        module.load_state_dict(state)
        return module

    def to_sklearn(self) -> Any:
        """A fitted :class:`sklearn.neural_network.MLPRegressor` with these parameters.

        :raises MissingDependency: without scikit-learn.
        :raises ValueError: for activations that scikit-learn does not have, and skip connections.
        """
        try:
            import numpy
            from sklearn.neural_network import MLPRegressor
        except ImportError as error:
            raise MissingDependency("scikit-learn is needed: pip install scikit-learn") from error
        self._refuse_skip("MLPRegressor")
        names = {"relu": "relu", "linear": "identity"}
        if self.activation not in names:
            raise ValueError(f"MLPRegressor has no activation {self.activation}")
        hidden = numpy.asarray(self.W, dtype=numpy.float64).T
        model = MLPRegressor(hidden_layer_sizes=(hidden.shape[1],), activation=names[self.activation])
        model.coefs_ = [hidden, numpy.asarray(self.a, dtype=numpy.float64).reshape(-1, 1)]
        model.intercepts_ = [numpy.asarray(self.b, dtype=numpy.float64), numpy.array([self.output_bias])]
        model.n_layers_, model.n_outputs_, model.out_activation_ = 3, 1, "identity"
        model.n_features_in_, model.n_iter_, model.t_ = hidden.shape[0], 0, 0
        return model

    def _refuse_skip(self, what: str) -> None:
        if any(float(weight) != 0 for weight in self.skip):
            raise ValueError(f"{what} has no skip connection")


def _row(x: Any) -> Sequence[float]:
    try:
        return [float(entry) for entry in x]
    except TypeError:
        return [float(x)]


def _function(activation: str) -> Any:
    if activation == "relu":
        return lambda t: max(t, 0.0)
    if activation == "abs":
        return abs
    if activation == "linear":
        return lambda t: t
    kind, _, parameter = activation.partition(":")
    if kind == "leaky":
        slope = float(Fraction(parameter))
        return lambda t: t if t >= 0 else slope * t
    if kind == "power":
        exponent = int(parameter)
        return lambda t: t**exponent
    raise ValueError(f"unknown activation {activation}")


def _torch() -> Any:
    try:
        import torch
    except ImportError as error:
        raise MissingDependency("PyTorch is needed: pip install torch") from error
    return torch


def _torch_activation(torch: Any, activation: str) -> Any:
    kind, _, parameter = activation.partition(":")
    if kind == "relu":
        return torch.nn.ReLU()
    if kind == "linear":
        return torch.nn.Identity()
    if kind == "leaky":
        return torch.nn.LeakyReLU(float(Fraction(parameter)))

    class Activation(torch.nn.Module):  # type: ignore[misc]
        def forward(self, t: Any) -> Any:
            return t.abs() if kind == "abs" else t ** int(parameter)

    return Activation()
