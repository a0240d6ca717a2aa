"""Infinite width, bifurcations, teachers; numbers are put back into what defines them."""

import math
from fractions import Fraction

import pytest
from conftest import loss, problem

import allminima as am


@pytest.mark.parametrize("seed", range(3))
def test_infinitely_many_units(seed):
    X, y = problem(seed)
    measure = am.infinite_width(X, y, ridge="1/10", digits=30)
    assert measure.complete and measure.undecided == [] and measure.certificate_ratio == am.Enclosure(1, 1)
    network = measure.json["network"]
    middle = lambda value: am.Enclosure.from_json(value).middle
    value = loss(X, y, [middle(a) for a in network["a"]], [[middle(w) for w in row] for row in network["w"]], "1/10")
    assert abs(value - measure.loss.middle) < Fraction(1, 10**25)
    assert measure.least_atoms <= len(measure.atoms) and len(measure.vertices[0]) == len(measure.atoms)
    mass = sum(abs(entry.middle) for entry in measure.vertices[0])
    assert abs(mass - measure.total_mass.middle) < Fraction(1, 10**25)
    outputs = measure.network.predict(X)
    for target, output, residual in zip(y, outputs, measure.residual):
        assert abs(float(target) - float(output) - float(residual)) < 1e-12
    best = am.enumerate(X, y, units=2, ridge="1/10").best
    assert best.loss.upper >= measure.loss.lower
    if best.is_global_for_every_width:
        assert best.loss.overlaps(measure.loss)


def test_bifurcations():
    result = am.bifurcate(units=4, at="1/10")
    assert result.complete and result.units == 4 and result.family == "homotopy"
    for critical in result.critical_values:
        text = critical.closed_form.replace("^", "**").replace("pi", "math.pi").replace("k", "4")
        value = eval(text, {"math": math, "sqrt": math.sqrt, "__builtins__": {}})
        assert abs(value - float(critical.value)) < 1e-12
        assert critical.nullity > 0 and critical.kernel
    # An eigenvalue for each of the k² entries of W.
    assert sum(part.dimension * len(part.eigenvalues) for part in result.spectrum) == 16
    assert am.bifurcate(units=4, family="slope", at=-0.5).json["at"] == "-1/2"


def test_branches_of_bifurcations():
    with pytest.warns(am.UndecidedWarning):
        result = am.bifurcate(units=4, branches=True)
    assert not result.complete and result.undecided
    for branch in result.branches:
        start = result.critical_values[branch.start]
        assert abs(float(branch.points[0].parameter) - float(start.value)) < 0.1
        assert len(branch.points[0].matrix) == 4 and branch.points[0].index >= 0


def test_quadratic_teachers():
    landscape = am.teacher([[2, 1, 0], [1, 3, 1], [0, 1, 1]], width=2, metric="frobenius")
    assert landscape.complete and landscape.complex_counts[2] == 3
    # Of symmetric matrices in the Frobenius norm: the teacher without some of its eigenvectors.
    trace, squares = 6, 4 + 9 + 1 + 2 * (1 + 1)
    minima = [point for point in landscape.points if point.rank == 2 and point.kind == "minimum"]
    assert len(minima) == 1
    form = minima[0].form
    left = trace - sum(float(form[i][i]) for i in range(3))
    assert abs(2 * float(minima[0].loss) - left**2) < 1e-12
    assert abs(squares - sum(float(e) ** 2 for row in form for e in row) - left**2) < 1e-12


def test_teachers_as_polynomials_and_with_data():
    cubic = am.teacher("x^3 + 2*x*y^2", width=2)
    assert cubic.json["degree"] == 3 and cubic.points and isinstance(cubic.points[-1].form, dict)
    rows = [[1, 0], [0, 1], [1, 1], [2, -1], [0.5, 3]]
    data = am.teacher([[1, 0.25], [0.25, 2]], width=1, data=rows)
    assert data.json["metric"].startswith("data") and data.points
    with pytest.raises(am.UsageError):
        am.teacher([[1]], width=1, data=rows, metric="frobenius")
    with pytest.raises(am.InvalidData):
        am.teacher([[1, 2], [3, 4]], width=1)


def test_results_are_loaded_as_what_they_are(tmp_path):
    for result in (am.infinite_width([[0], [1]], [0, 1], ridge=0.1), am.teacher([[1, 0], [0, 2]], width=1), am.bifurcate(units=4)):
        result.save(tmp_path / "result.json")
        assert type(am.load(tmp_path / "result.json")) is type(result) and am.load(tmp_path / "result.json") == result
        assert "complete" in repr(result)
