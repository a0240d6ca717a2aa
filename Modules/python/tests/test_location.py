"""Trained networks: their place is compared with the list of all minima and with the loss computed here."""

import random
from fractions import Fraction

import pytest
from conftest import loss, problem, safetensors

import allminima as am


@pytest.mark.parametrize("seed", range(6))
def test_listed_minima_are_recognised(seed):
    X, y = problem(seed)
    landscape = am.enumerate(X, y, units=2, ridge="1/10")
    generator = random.Random(seed)
    for component in landscape:
        if component.dimension or any(unit.output_sign == 0 for unit in component.units):
            continue
        a = [float(e) + generator.uniform(-1e-7, 1e-7) for e in component.point.a]
        w = [[float(e) + generator.uniform(-1e-7, 1e-7) for e in row] for row in component.point.w]
        place = landscape.locate((a, w))
        assert place.is_minimum and place.complete and place.descent is None and place.dead_units == ()
        assert place.component.id == component.id and place.loss == component.loss
        assert float(place.distance) < 1e-6 and "local minimum" in repr(place)
        assert place.gap_to_best.upper >= 0 and float(place.gap_to_infinite_width) >= 0
        exact = loss(X, y, list(map(Fraction, map(repr, a))), [list(map(Fraction, map(repr, row))) for row in w], "1/10")
        assert exact in place.weights_loss


@pytest.mark.parametrize("seed", range(6))
def test_other_networks_can_descend(seed):
    X, y = problem(seed)
    generator = random.Random(seed)
    a = [Fraction(generator.randint(-100, 100), 50) for _ in range(3)]
    w = [[Fraction(generator.randint(-100, 100), 50) for _ in range(2)] for _ in range(3)]
    place = am.locate(X, y, (a, w), ridge="1/10")
    if place.kind in ("none", "saddle"):
        step = place.descent
        moved = loss(
            X, y, [u + Fraction(repr(s)) for u, s in zip(a, step.a)],
            [[u + Fraction(repr(s)) for u, s in zip(row, line)] for row, line in zip(w, step.w)], "1/10",
        )
        assert moved in step.loss and step.loss.upper < place.weights_loss.lower


def test_dead_units_are_named():
    X, y = problem(1)
    one = am.enumerate(X, y, units=1, ridge="1/10").best
    place = am.locate(X, y, ([*one.a, 0], [[float(e) for e in one.point.w[0]], [0, 0]]), ridge="1/10")
    assert place.dead_units == (1,) and place.loss == one.loss
    if not one.is_global_for_every_width:
        assert place.kind == "saddle" and place.descent.loss.upper < one.loss.lower


def test_models_of_all_kinds(landscape):
    best = landscape.best
    for model in (best, best.network, ([e.middle for e in best.point.a], [[e.middle for e in row] for row in best.point.w])):
        assert landscape.locate(model).component.id == best.id


def test_models_that_do_not_fit(landscape, tmp_path):
    with pytest.raises(am.UsageError, match="type int"):
        landscape.locate(5)
    with pytest.raises(am.InvalidData):
        landscape.locate(([1], [[1, 2, 3]]))
    with pytest.raises(am.InvalidData, match="a, entry 0"):
        landscape.locate((["x"], [[1, 2]]))
    landscape.save(tmp_path / "result.json")
    with pytest.raises(am.UsageError, match="does not know its data"):
        am.load(tmp_path / "result.json").locate(landscape.best)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_the_width_and_weight_decay(seed):
    X, y = problem(seed)
    landscape = am.enumerate(X, y, units=2, ridge="1/10")
    for component in landscape:
        if component.dimension or any(unit.output_sign == 0 for unit in component.units):
            continue
        place = am.locate(X, y, component, weight_decay="1/25", best=True)
        assert place.best_loss == landscape.best.loss and place.loss == component.loss
        gap = component.loss.middle - landscape.best.loss.middle
        assert abs(place.gap_to_best.middle - gap) < Fraction(1, 10**12)
        assert (place.gap_to_best == am.Enclosure(0, 0)) == (component.id == 1)
    with pytest.raises(am.UsageError):
        am.locate(X, y, landscape.best, ridge=1, weight_decay=1)


def test_problems_that_locate_does_not_know():
    X, y = problem(2)
    landscape = am.enumerate(X, y, units=1, ridge=1, skip=True, output_bias=True)
    with pytest.raises(am.UsageError, match="skip"):
        landscape.locate(([1], [[1, 0]]))


def test_safetensors_files(landscape, tmp_path):
    X, y = problem(1)
    best = landscape.best
    path = tmp_path / "model.safetensors"
    tensors = {
        "0.weight": ([2, 1], [float(row[0]) for row in best.W]), "0.bias": ([2], [float(b) for b in best.b]),
        "2.weight": ([1, 2], [float(a) for a in best.a]),
    }
    path.write_bytes(safetensors(tensors))
    assert landscape.locate(path).component.id == best.id
    assert am.locate(X, y, str(path), ridge="1/10").loss == best.loss
    path.write_bytes(safetensors({**tensors, "2.bias": ([1], [1.0])}))
    with pytest.raises(am.InvalidData, match="bias"):
        landscape.locate(path)
    with pytest.raises(am.InvalidData, match="no file"):
        landscape.locate(tmp_path / "nothing")


def test_sklearn_models(landscape):
    pytest.importorskip("sklearn")
    assert landscape.locate(landscape.best.to_sklearn()).component.id == landscape.best.id


def test_pytorch_modules(landscape):
    torch = pytest.importorskip("torch")
    module = landscape.best.to_torch()
    assert landscape.locate(module).component.id == landscape.best.id
    assert landscape.locate(module.state_dict()).component.id == landscape.best.id
    with torch.no_grad():
        module[2].bias += 1
    with pytest.raises(am.UsageError, match="bias"):
        landscape.locate(module)
    with pytest.raises(am.UsageError, match="Tanh"):
        landscape.locate(torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Tanh(), torch.nn.Linear(2, 1, bias=False)))


@pytest.mark.parametrize("seed", range(50))
def test_trained_networks(seed):
    """Trained to convergence, where that succeeds: the component has the loss that the network converges to."""
    torch = pytest.importorskip("torch")
    X, y = problem(seed)
    landscape = am.enumerate(X, y, units=2, ridge="1/10")
    inputs = torch.tensor([[float(x) for x in row] for row in X], dtype=torch.float64)
    targets = torch.tensor([float(v) for v in y], dtype=torch.float64)
    torch.manual_seed(seed)
    module = torch.nn.Sequential(
        torch.nn.Linear(1, 2, dtype=torch.float64), torch.nn.ReLU(), torch.nn.Linear(2, 1, bias=False, dtype=torch.float64)
    )

    def value():
        return ((targets - module(inputs)[:, 0]) ** 2).sum() + 0.1 * sum((p**2).sum() for p in module.parameters())

    rate = 0.05
    optimizer = torch.optim.SGD(module.parameters(), lr=rate, momentum=0.8)
    for epoch in range(1500):
        for group in optimizer.param_groups:
            group["lr"] = rate * 0.995**epoch
        optimizer.zero_grad()
        result = value()
        result.backward()
        optimizer.step()
    trained = value().item()
    place = landscape.locate(module)
    assert abs(float(place.weights_loss) - trained) < 1e-9
    if place.kind == "minimum":
        assert place.component is not None and place.component.loss.overlaps(place.loss)
        if float(place.distance) < 1e-3:
            assert abs(float(place.component.loss) - trained) < 1e-4
    elif place.kind != "undecided":
        assert place.descent.loss.upper < place.weights_loss.lower
