"""Polynomial systems: answers are put back into the equations."""

from fractions import Fraction

import pytest

import allminima as am


def test_solutions_of_a_circle_and_a_line():
    solutions = am.solve(["x^2 + y^2 - 1", "x - y"], digits=30)
    assert solutions.answer == "finite" and solutions.variables == ["x", "y"] and len(solutions.points) == 2
    for x, y in solutions.points:
        assert abs(x.middle**2 + y.middle**2 - 1) < Fraction(1, 10**28) and x.overlaps(y)


def test_answers_of_all_kinds():
    assert am.solve(["x^2 + 1"]).points == []
    assert am.solve(["x*y"]).answer == "positiveDimensional"
    assert am.solve(["x", "x - 1"]).answer == "empty"


def test_bases_and_components():
    basis = am.groebner(["x^2 + y^2 - 1", "x - y"], ["x", "y"], order="lex", prove=True)
    assert basis.basis == ["2*y^2-1", "x-y"] and basis.proved
    assert (basis.dimension, basis.degree) == (0, 2)
    assert am.groebner(["2*x^2 - 2"], characteristic=7).basis == ["x^2+6"]
    parts = am.decompose(["x*y", "x*z"]).components
    assert sorted(part.dimension for part in parts) == [1, 2]


def test_texts_that_are_no_systems():
    with pytest.raises(am.UsageError):
        am.solve("x^2")
    with pytest.raises(am.UsageError):
        am.solve([])
    with pytest.raises(am.InvalidData):
        am.solve(["x +* y"])
