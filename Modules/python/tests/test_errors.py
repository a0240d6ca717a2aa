"""Every error names its place."""

import math

import pytest

import allminima as am


@pytest.mark.parametrize("value", [math.nan, math.inf, "abc", None, "1,2", "1 2", "", 1 + 2j, b"1"])
def test_cells_that_are_no_numbers(value):
    with pytest.raises(am.InvalidData, match="row 1, column 0") as caught:
        am.enumerate([[1], [value]], [1, 2], units=1, ridge=1)
    assert (caught.value.row, caught.value.column) == (1, 0)


@pytest.mark.parametrize(
    "X, y, message",
    [
        ([[1], [2]], [1], "X has 2 rows, y has 1"),
        ([[1], [2, 3]], [1, 2], "row 1 of X"),
        ([], [], "no rows"),
        (5, [1], "type int"),
        ([[1]], None, "y must be"),
        ([[1], [2]], [1, [1, 2]], "row 1 of y"),
        ([[1], [2]], [1, math.nan], "row 1, y"),
        ("no such file", None, "no file"),
    ],
)
def test_data_that_does_not_fit(X, y, message):
    with pytest.raises(am.InvalidData, match=message):
        am.enumerate(X, y, units=1, ridge=1)


@pytest.mark.parametrize(
    "options",
    [
        {"units": 0, "ridge": 1},
        {"units": 1, "ridge": -1},
        {"units": 1, "ridge": "x"},
        {"units": 1, "ridge": 1, "activation": "tanh"},
        {"units": 1, "ridge": 1, "method": "guess"},
        {"units": 1, "ridge": 1, "floats": "exact"},
        {"units": 1, "ridge": 1, "digits": 0},
    ],
)
def test_arguments_that_are_refused(options):
    with pytest.raises(am.UsageError):
        am.enumerate([[1], [2]], [1, 2], **options)


def test_a_bad_file_names_line_and_column(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("x,y\n1,2\n3,oops\n")
    with pytest.raises(am.InvalidData, match="oops") as caught:
        am.enumerate(path, units=1, ridge=1)
    assert caught.value.row == 3


def test_a_missing_tool(monkeypatch, tmp_path):
    monkeypatch.setenv("ALLMINIMA_TOOL", str(tmp_path / "nothing"))
    with pytest.raises((am.ToolFailure, FileNotFoundError)):
        am.enumerate([[1]], [1], units=1, ridge=1)
