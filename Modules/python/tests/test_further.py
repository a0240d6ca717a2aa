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


def test_what_bifurcates_in_detail():
    result = am.bifurcate(units=4, degree=True)
    assert sum(part.dimension * part.multiplicity for part in result.isotypic) == 16
    assert result.index_intervals[0].start is None and result.index_intervals[-1].end is None
    jumps = [after.index - before.index for before, after in zip(result.index_intervals, result.index_intervals[1:])]
    assert [abs(jump) for jump in jumps] == [value.nullity for value in result.critical_values if value.crossing]
    classes = result.degrees.classes
    assert len(classes) == 11 and {c.order for c in classes} >= {1, 2, 3, 4, 6, 8, 12, 24}
    for less, greater in result.degrees.covers:
        assert classes[greater].order % classes[less].order == 0
    # S4 has 30 subgroups.
    assert sum(c.conjugates for c in classes) == 30
    assert all(len(coefficients) == 11 for coefficients in result.degrees.basic.values())
    assert any(value.branches for value in result.critical_values)


@pytest.mark.parametrize("seed", range(2))
def test_paths(seed):
    X, y = problem(seed)
    path = am.regularisation_path(X, y, to="1/10")
    assert path.complete and path.undecided == [] and path.events[0].kind == "appear"
    ridges = [float(event.ridge) for event in path.events]
    assert ridges == sorted(ridges, reverse=True) and ridges[0] == float(path.ridge_maximum)
    last = path.pieces[-1].samples[-1]
    assert last.ridge.is_exact
    measure = am.infinite_width(X, y, ridge=last.ridge.lower)
    assert last.loss.overlaps(measure.loss)
    carrying = {(atom.pattern, atom.sign) for atom in measure.atoms if atom.mass.upper > 0}
    assert carrying <= set(path.pieces[-1].atoms)
    for piece in path.pieces:
        for sample in piece.samples:
            assert piece.end.lower <= sample.ridge.upper and sample.ridge.lower <= piece.start.upper
            assert len(sample.directions) == len(piece.atoms)
            for direction in sample.directions:
                assert abs(sum(float(e) ** 2 for e in direction) - 1) < 1e-12


def test_linear_parts_and_weights_with_all_widths():
    X, y = problem(1)
    options = {"ridge": "1/10", "skip": True, "output_bias": True}
    measure = am.infinite_width(X, y, **options)
    network = measure.network
    squares = sum((float(target) - output) ** 2 for target, output in zip(y, network.predict(X)))
    parameters = [*network.a, *network.b, *network.skip, network.output_bias, *(w for row in network.W for w in row)]
    assert abs(squares + sum(float(p) ** 2 for p in parameters) / 10 - float(measure.loss)) < 1e-11
    assert len(network.skip) == 1 and "with skip connection" in measure.report()
    twice = am.infinite_width(X + X[:1], y + y[:1], **options)
    weighted = am.infinite_width(X, y, weights=[2, 1, 1, 1, 1], **options)
    assert weighted.loss == twice.loss
    path = am.regularisation_path(X, y, to=1, weights=[2, 1, 1, 1, 1])
    assert path.events[0].kind == "appear"
    # The ridge penalises the output bias, too: the metric of the error would change along the path.
    with pytest.raises(am.UsageError, match="penalises the output's linear terms"):
        am.regularisation_path(X, y, to=1, output_bias=True)


def test_kinks_and_stability():
    X, y = problem(0)
    measure = am.infinite_width(X, y, ridge="1/10", exact=True)
    for atom in measure.atoms:
        assert atom.kinks is None or [row for row, _ in atom.kinks] == [
            row for row, sign in enumerate(atom.pattern) if sign == "0"
        ]
        assert abs(sum(float(e) ** 2 for e in atom.direction) - 1) < 1e-12
    assert measure.stability is not None and measure.exact is not None


def test_discriminants():
    result = am.teacher_discriminant([[1, 0], [0, 2]], ["T12"], width=1)
    assert result.complete and result.variables == ["T12"]
    assert result.degenerate.degree >= -1 and result.chambers
    assert all(chamber.minima <= chamber.real_critical_points for chamber in result.chambers)
    boxed = am.teacher_discriminant([[1, 0], [0, 2]], {"T12": (-1, Fraction(1, 2))}, width=1)
    assert all(-1 < chamber.sample[0] < Fraction(1, 2) for chamber in boxed.chambers)


def test_reports_of_all_kinds(tmp_path):
    X, y = problem(0)
    for result, picture in (
        (am.infinite_width(X, y, ridge="1/10"), "functions"), (am.regularisation_path(X, y, to="1/10"), "masses"),
        (am.bifurcate(units=4), "spectrum"), (am.teacher([[2, 1], [1, 3]], width=1), "ladder"),
        (am.solve(["x^2 + y^2 - 1", "x - y"]), "curves"),
        (am.teacher_discriminant([[1, 0], [0, 2]], ["T11", "T12"], width=1), "chambers"),
    ):
        page = result.report(tmp_path / "report.html")
        assert f'id="{picture}"' in page and (tmp_path / "report.html").read_text("utf-8") == page
        assert result._repr_html_().startswith("<iframe")


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
