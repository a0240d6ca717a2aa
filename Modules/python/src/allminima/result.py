"""What all results have in common: the tool's JSON, kept as it came."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, TypeVar

from .enclosure import Enclosure

_Self = TypeVar("_Self", bound="Result")


class Result:
    """A result of the tool.

    :ivar json: the tool's result as parsed JSON; its schema is ``json["schema"]``.
    """

    #: The schema of the JSON that this type reads.
    schema: str = ""

    def __init__(self, json: dict[str, Any]) -> None:
        if json.get("schema") != self.schema:
            raise ValueError(f"the schema is {json.get('schema')!r}, not {self.schema!r}")
        self.json = json

    @property
    def complete(self) -> bool:
        """Whether nothing is undecided and no limit was reached."""
        return bool(self.json["complete"])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the result as JSON; :func:`allminima.load` reads it."""
        Path(path).write_text(json.dumps(self.json, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        assert isinstance(other, Result)
        return _without_run(self.json) == _without_run(other.json)

    __hash__ = None  # type: ignore[assignment]


def _without_run(value: dict[str, Any]) -> dict[str, Any]:
    return {key: entry for key, entry in value.items() if key != "run"}


def enclosure(value: dict[str, str] | None) -> Enclosure | None:
    return None if value is None else Enclosure.from_json(value)


def enclosures(values: list[dict[str, str]]) -> tuple[Enclosure, ...]:
    return tuple(map(Enclosure.from_json, values))


def matrix(rows: list[list[dict[str, str]]]) -> tuple[tuple[Enclosure, ...], ...]:
    return tuple(map(enclosures, rows))


def array(values: Any) -> Any:
    """A NumPy array of doubles, or the nested lists themselves where NumPy is not installed."""
    try:
        import numpy
    except ImportError:
        return values
    return numpy.array(values, dtype=numpy.float64)
