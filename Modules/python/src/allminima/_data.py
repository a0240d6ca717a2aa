"""Turns what people have – lists, arrays, frames, files – into the tool's exact numbers."""

from __future__ import annotations

import math
import numbers
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from .errors import InvalidData, UsageError

#: What a binary floating-point number means: its shortest decimal (``0.1`` is 1/10), or its exact binary value.
Floats = Literal["decimal", "binary"]

_NAME = re.compile(r"[^\W\d]\w*")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?(/[+-]?\d+)?")


@dataclass(frozen=True)
class Table:
    """Data for the tool: text for its standard input, or a file; and the options that belong to them."""

    argument: str
    text: str | None
    options: tuple[str, ...] = ()


def exact_text(value: Any, floats: Floats = "decimal") -> str:
    """A number as the tool reads it, exactly.

    :raises ValueError: for what is no finite number.
    """
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{value!r} is not a number")
        return text
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is not finite")
        return str(value)
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Rational):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return str(int(value))
    if isinstance(value, numbers.Real):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not finite")
        if floats == "binary":
            numerator, denominator = Fraction(float(value)).as_integer_ratio()
            return f"{numerator}/{denominator}"
        # NumPy's narrower floats have shortest decimals of their own.
        return str(value) if type(value).__module__ == "numpy" else repr(float(value))
    raise ValueError(f"{value!r} is not a number")


def parameter(name: str, value: Any, floats: Floats = "decimal") -> str:
    """A number among the arguments.

    :raises UsageError: naming it.
    """
    try:
        return exact_text(value, floats)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def ridge_option(ridge: Any, weight_decay: Any, floats: Floats = "decimal") -> tuple[str, str]:
    """The option that says how large the penalty is.

    :raises UsageError: if there is none, or two.
    """
    if (ridge is None) == (weight_decay is None):
        raise UsageError("either ridge or weight_decay is needed")
    if ridge is not None:
        return "--ridge", parameter("ridge", ridge, floats)
    return "--weight-decay", parameter("weight_decay", weight_decay, floats)


def check_floats(floats: str) -> None:
    if floats not in ("decimal", "binary"):
        raise UsageError(f"floats is 'decimal' or 'binary', not {floats!r}")


def table(X: Any, y: Any, floats: Floats = "decimal", weights: Any = None) -> Table:
    """The data of a training problem.

    :param X: the inputs, ``n × d``: nested sequences, a NumPy array, a pandas DataFrame; with one input also
        of length ``n``. Or the path of a CSV file.
    :param y: the targets, length ``n``; with a file, the name of the target's column (``None``: the last one).
    :param floats: what binary floating-point numbers mean.
    :param weights: observation weights, length ``n``, or with a file the name of their column.
    :raises InvalidData: naming row and column.
    """
    check_floats(floats)
    if isinstance(X, (str, os.PathLike)):
        return _file(X, y, weights)
    names, rows = _rows(X)
    targets, target_name = _column(y, "y")
    columns: list[tuple[str, list[Any]]] = [(target_name, targets)]
    if weights is not None:
        columns.insert(0, ("observation_weight", _column(weights, "weights")[0]))
    for name, values in columns:
        if len(values) != len(rows):
            raise InvalidData(f"X has {len(rows)} rows, {name} has {len(values)}")
    if not rows:
        raise InvalidData("there are no rows")
    header = _distinct(names) + [name for name, _ in columns]
    header = _distinct(header)
    lines = [",".join(_quoted(name) for name in header)]
    for index, row in enumerate(rows):
        cells = [_cell(value, index, column, floats) for column, value in enumerate(row)]
        cells += [_cell(values[index], index, name, floats) for name, values in columns]
        lines.append(",".join(cells))
    options = ("--observation-weights", header[-2]) if weights is not None else ()
    return Table("-", "\n".join(lines) + "\n", options)


def inputs(X: Any, floats: Floats = "decimal") -> list[list[Fraction]]:
    """The rows of an array of inputs, exactly."""
    return [
        [Fraction(_cell(value, index, column, floats)) for column, value in enumerate(row)]
        for index, row in enumerate(_rows(X)[1])
    ]


def system(polynomials: Sequence[str], variables: Sequence[str] | None, characteristic: int = 0) -> str:
    """A polynomial system as the tool reads it."""
    if isinstance(polynomials, str):
        raise UsageError("polynomials is a list of texts, not one text")
    texts = [str(polynomial) for polynomial in polynomials]
    if not texts:
        raise UsageError("there are no polynomials")
    if variables is None:
        variables = sorted({name for text in texts for name in _NAME.findall(text)})
    return f"{', '.join(variables)}\n{characteristic}\n" + ",\n".join(texts) + "\n"


def _file(path: str | os.PathLike[str], target: Any, weights: Any) -> Table:
    if target is not None and not isinstance(target, str):
        raise UsageError("with a file, y is the name of the target's column")
    if not Path(path).is_file():
        raise InvalidData(f"there is no file {os.fspath(path)}")
    options: tuple[str, ...] = ("--target", target) if target is not None else ()
    if weights is not None:
        options += ("--observation-weights", weights)
    return Table(os.path.abspath(path), None, options)


def _rows(X: Any) -> tuple[list[str], list[list[Any]]]:
    names: list[str] | None = None
    if hasattr(X, "columns") and hasattr(X, "to_numpy"):
        names = [str(name) for name in X.columns]
        rows: list[Any] = [list(row) for row in X.itertuples(index=False, name=None)]
    elif hasattr(X, "ndim") and hasattr(X, "tolist"):
        if X.ndim not in (1, 2):
            raise InvalidData(f"X has {X.ndim} dimensions; it must have 2")
        rows = list(X)
    elif isinstance(X, Iterable):
        rows = list(X)
    else:
        raise InvalidData(f"X is of type {type(X).__name__}; an array, a frame, nested lists or a path is needed")
    table = [list(row) if _is_row(row) else [row] for row in rows]
    width = len(table[0]) if table else 0
    for index, row in enumerate(table):
        if len(row) != width:
            raise InvalidData(f"row {index} of X has {len(row)} inputs, row 0 has {width}", index)
    if names is None:
        names = [f"x{number + 1}" for number in range(width)] if width > 1 else ["x"] * width
    return names, table


def _is_row(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes)) and getattr(value, "ndim", 1) > 0


def _column(y: Any, name: str) -> tuple[list[Any], str]:
    if y is None or isinstance(y, (str, bytes)) or not isinstance(y, Iterable):
        raise InvalidData(f"{name} must be a sequence of numbers")
    label = getattr(y, "name", None)
    if hasattr(y, "columns") and hasattr(y, "to_numpy"):
        label = str(y.columns[0]) if len(y.columns) == 1 else None
        y = y.to_numpy()
    values: list[Any] = []
    for index, value in enumerate(y):
        if _is_row(value):
            entries = list(value)
            if len(entries) != 1:
                raise InvalidData(f"row {index} of {name} has {len(entries)} entries, not one", index)
            value = entries[0]
        values.append(value)
    return values, name if label is None else str(label)


def _cell(value: Any, row: int, column: int | str, floats: Floats) -> str:
    try:
        return exact_text(value, floats)
    except ValueError as error:
        place = f"column {column}" if isinstance(column, int) else column
        raise InvalidData(f"row {row}, {place}: {error}", row, column) from None


def _distinct(names: Sequence[str]) -> list[str]:
    """Names that are no numbers (the tool would take a line of numbers for data) and differ."""
    result: list[str] = []
    for position, name in enumerate(names):
        if not name.strip() or _NUMBER.fullmatch(name.strip()):
            name = f"x{name.strip() or position + 1}"
        while name in result:
            name += "_"
        result.append(name)
    return result


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\n", " ").replace("\r", " ") + '"'
