"""Enumerations, compared with the loss computed here in exact numbers."""

import html
import json
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import loss, problem

import allminima as am


@pytest.mark.parametrize("seed", range(6))
def test_losses_of_the_listed_points(seed):
    X, y = problem(seed)
    landscape = am.enumerate(X, y, units=2, ridge="1/10", digits=30)
    assert landscape.complete and len(landscape) >= 1
    for component in landscape:
        point = component.point
        value = loss(X, y, [e.middle for e in point.a], [[e.middle for e in row] for row in point.w], "1/10")
        assert abs(value - component.loss.middle) < Fraction(1, 10**25)


@pytest.mark.parametrize("seed", range(3))
def test_points_cannot_be_improved_by_small_steps(seed):
    X, y = problem(seed)
    generator = random.Random(seed)
    for component in am.enumerate(X, y, units=2, ridge="1/10", digits=30):
        point = component.point
        a, w = [e.middle for e in point.a], [[e.middle for e in row] for row in point.w]
        for _ in range(50):
            step = lambda value: value + Fraction(generator.randint(-1000, 1000), 10**7)
            moved = loss(X, y, [step(e) for e in a], [[step(e) for e in row] for row in w], "1/10")
            assert moved >= component.loss.lower


def test_best_is_the_least(landscape):
    assert landscape.best.is_global
    assert all(landscape.best.loss.lower <= component.loss.upper for component in landscape)
    assert [component.id for component in landscape] == list(range(1, len(landscape) + 1))
    assert landscape[:2][1].id == 2 and landscape[-1].id == len(landscape)


def test_all_exact_numbers_are_the_same_data():
    X, y = [[-2], [-1], [0], [1], [2]], ["1", "-1/2", "3/2", "0", "2"]
    text = am.enumerate(X, y, units=1, ridge="1/10")
    fractions = am.enumerate(X, [Fraction(v) for v in y], units=1, ridge=Fraction(1, 10))
    decimals = am.enumerate(X, [Decimal(v) for v in ("1", "-0.5", "1.5", "0", "2")], units=1, ridge=Decimal("0.1"))
    floats = am.enumerate([float(x[0]) for x in X], [1.0, -0.5, 1.5, 0.0, 2.0], units=1, ridge=0.1)
    for other in (fractions, decimals, floats):
        assert other.json["components"] == text.json["components"]


def test_floats_are_decimals_or_binary(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("x,y\n0.1,0.3\n0.7,1.1\n-0.2,0.4\n")
    file = am.enumerate(path, units=1, ridge="1/10", digits=40)
    X, y = [0.1, 0.7, -0.2], [0.3, 1.1, 0.4]
    decimal = am.enumerate(X, y, units=1, ridge="1/10", digits=40)
    binary = am.enumerate(X, y, units=1, ridge="1/10", digits=40, floats="binary")
    assert decimal.json["components"] == file.json["components"]
    assert binary.json["components"] != file.json["components"]
    assert (decimal.floats, binary.floats, file.floats) == ("decimal", "binary", None)


def test_options_reach_the_tool():
    X, y = problem(2)
    leaky = am.enumerate(X, y, units=1, ridge=1, activation="leaky:0.1", bias=False, exact=True)
    assert leaky.problem["activation"] == "leaky:1/10" and leaky.problem["bias"] is False
    assert leaky.best.exact is not None


def test_linear_parts_weights_and_weight_decay():
    X, y = problem(2)
    best = am.enumerate(X, y, units=1, ridge=1, skip=True, output_bias=True).best
    network = best.network
    assert len(network.skip) == 1 and network.output_bias != 0
    value = sum((float(target) - output) ** 2 for target, output in zip(y, best.predict(X)))
    parameters = [*network.a, *network.b, *network.skip, network.output_bias, *(w for row in network.W for w in row)]
    assert abs(value + sum(float(p) ** 2 for p in parameters) - float(best.loss)) < 1e-11
    twice = am.enumerate(X + X[:1], y + y[:1], units=1, ridge=1)
    weighted = am.enumerate(X, y, units=1, ridge=1, weights=[2, 1, 1, 1, 1])
    assert [m.loss for m in weighted] == [m.loss for m in twice]
    decayed = am.enumerate(X, y, units=1, weight_decay="2/5")
    assert [m.loss for m in decayed] == [m.loss for m in am.enumerate(X, y, units=1, ridge=1)]
    with pytest.raises(am.UsageError):
        am.enumerate(X, y, units=1)


def test_saving_and_loading(landscape, tmp_path):
    path = tmp_path / "result.json"
    landscape.save(path)
    assert am.load(path) == landscape
    assert json.loads(path.read_text())["schema"] == "allminima/enumerate/1"
    path.write_text("{}")
    with pytest.raises(am.InvalidData, match="no result"):
        am.load(path)


def test_predictions_without_numpy(landscape):
    X, y = problem(1)
    component = landscape.best
    outputs = component.predict(X)
    squares = sum((float(target) - float(output)) ** 2 for target, output in zip(y, outputs))
    weights = sum(float(e) ** 2 for e in component.a) + sum(float(e) ** 2 for row in component.W for e in row)
    weights += sum(float(e) ** 2 for e in component.b)
    assert abs(squares + weights / 10 - float(component.loss)) < 1e-12


def test_representations(landscape):
    assert "complete" in repr(landscape) and "global" in repr(landscape.best)
    assert repr(am.Enclosure(Fraction(1), Fraction(1))) == "Enclosure(1)"


def test_reports(landscape, tmp_path):
    page = landscape.report(tmp_path / "report.html")
    assert page == (tmp_path / "report.html").read_text("utf-8") and page.startswith("<!DOCTYPE html>")
    assert 'id="functions"' in page and "claim complete" in page
    landscape.save(tmp_path / "result.json")
    loaded = am.load(tmp_path / "result.json").report()
    assert 'id="functions"' not in loaded and 'id="ladder"' in loaded
    frame = landscape._repr_html_()
    assert frame.startswith("<iframe") and html.unescape(frame.split('srcdoc="')[1].split('"></iframe>')[0]) == page
