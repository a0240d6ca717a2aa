"""What all results have in common: the tool's JSON, kept as it came."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
from typing import Any, TypeVar

from . import _data, _tool
from .enclosure import Enclosure

_Self = TypeVar("_Self", bound="Result")


def frame(page: str, title: str) -> str:
    """A page inside of another one: a frame keeps its style from the notebook's, and the other way round."""
    return (
        f'<iframe style="width:100%;height:40em;border:0" title="{html.escape(title)}" '
        f'srcdoc="{html.escape(page)}"></iframe>'
    )


class Result:
    """A result of the tool.

    :ivar json: the tool's result as parsed JSON; its schema is ``json["schema"]``.
    """

    #: The schema of the JSON that this type reads.
    schema: str = ""

    def __init__(self, json: dict[str, Any], data: _data.Table | None = None) -> None:
        if json.get("schema") != self.schema:
            raise ValueError(f"the schema is {json.get('schema')!r}, not {self.schema!r}")
        self.json = json
        self._data = data

    @property
    def complete(self) -> bool:
        """Whether nothing is undecided and no limit was reached."""
        return bool(self.json["complete"])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the result as JSON; :func:`allminima.load` reads it."""
        Path(path).write_text(json.dumps(self.json, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")

    def report(self, path: str | os.PathLike[str] | None = None) -> str:
        """The report with tables and pictures: one HTML page that needs nothing else.

        A result that was loaded from a file does not know its data; some pictures are missing then.

        :param path: where to write it as well.
        """
        data = None if self._data is None else (self._data.text, self._data.argument, self._data.options)
        page = _tool.report(self.json, data)
        if path is not None:
            Path(path).write_text(page, "utf-8")
        return page

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
