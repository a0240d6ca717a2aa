"""A scikit-learn estimator whose fit is the global minimum, with proof."""

from __future__ import annotations

from typing import Any, Literal

from .errors import LimitReached, MissingDependency
from .landscape import Component, enumerate

try:
    import numpy
    from sklearn.base import BaseEstimator, RegressorMixin
    from sklearn.utils.validation import check_is_fitted, validate_data
except ImportError as error:
    raise MissingDependency("scikit-learn 1.6 or later is needed: pip install scikit-learn") from error


class AllMinimaRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """A network with one hidden layer at a proved local minimum of its training loss.

    :param units: the number of hidden units.
    :param ridge: the ridge parameter ``λ`` of ``Σ (y − f(x))² + λ Σ (a² + |w|² + b²)``.
    :param activation: ``relu``, ``leaky:α``, ``abs``, ``linear``.
    :param time_limit: in seconds; a fit that reaches it keeps the best minimum found.
    :param threads: all cores if ``None``.
    :ivar minima_: the :class:`Landscape`.
    :ivar loss_: the least loss found.
    :ivar complete_: whether the list is complete, and the minimum so the global one.
    """

    def __init__(
        self, units: int = 1, ridge: Any = 1.0, *, activation: str = "relu", bias: bool = True,
        floats: Literal["decimal", "binary"] = "decimal", time_limit: float | None = None, threads: int | None = None,
    ) -> None:
        self.units = units
        self.ridge = ridge
        self.activation = activation
        self.bias = bias
        self.floats = floats
        self.time_limit = time_limit
        self.threads = threads

    def fit(self, X: Any, y: Any) -> AllMinimaRegressor:
        """Enumerates all local minima for inputs ``n × d`` and targets of length ``n``.

        :raises UsageError: if the enumeration is hopeless, as there are too many strata.
        :raises LimitReached: if the time limit was reached before any minimum was found.
        """
        X, y = validate_data(self, X, y, y_numeric=True, dtype="numeric")
        self.minima_ = enumerate(
            X, y, units=self.units, ridge=self.ridge, activation=self.activation, bias=self.bias,
            floats=self.floats, time_limit=self.time_limit, threads=self.threads,
        )
        if not len(self.minima_):
            raise LimitReached("the time limit was reached before any minimum was found")
        self.complete_ = self.minima_.complete
        self.loss_ = float(self.minima_.best.loss)
        return self

    def predict(self, X: Any, minimum: int = 0) -> Any:
        """The outputs of the network at a minimum (0: the best), length ``n``."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype="numeric")
        component: Component = self.minima_[minimum]
        return numpy.asarray(component.predict(X), dtype=numpy.float64)
