"""NumPy, pandas, scikit-learn and PyTorch, where they are installed."""

import pickle
import warnings
from fractions import Fraction

import pytest
from conftest import problem

import allminima as am

numpy = pytest.importorskip("numpy")


def test_arrays(landscape):
    X, y = problem(1)
    array = numpy.array([[float(x) for x in row] for row in X])
    same = am.enumerate(array, numpy.array([float(v) for v in y]), units=2, ridge=numpy.float64(0.1))
    assert same.json["components"] == landscape.json["components"]
    narrow = am.enumerate(array.astype(numpy.float32), numpy.array([[float(v)] for v in y]), units=2, ridge=0.1)
    assert narrow.json["components"] == landscape.json["components"]
    best = landscape.best
    assert best.a.shape == (2,) and best.W.shape == (2, 1) and best.b.shape == (2,)
    assert best.predict(array).shape == (5,)


@pytest.mark.parametrize("shape", [(), (2, 2, 2)])
def test_shapes_that_do_not_fit(shape):
    with pytest.raises(am.InvalidData):
        am.enumerate(numpy.zeros(shape), numpy.zeros(2), units=1, ridge=1)


def test_frames(landscape):
    pandas = pytest.importorskip("pandas")
    X, y = problem(1)
    frame = pandas.DataFrame({"Größe, in m": [float(x[0]) for x in X]})
    same = am.enumerate(frame, pandas.Series([float(v) for v in y], name="y"), units=2, ridge=0.1)
    assert same.json["components"] == landscape.json["components"]
    table = landscape.to_frame()
    assert list(table.index) == [component.id for component in landscape]
    assert table["loss"].is_monotonic_increasing
    with pytest.raises(am.InvalidData, match="row 0"):
        am.enumerate(pandas.DataFrame({"x": ["a", "b"]}), [1, 2], units=1, ridge=1)


def test_plots(landscape):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    axes = landscape.plot(Figure().subplots())
    assert [line.get_ydata()[0] for line in axes.lines] == [float(component.loss) for component in landscape]
    assert axes.lines[0].get_marker() == "*" and landscape.plot() is not None


@pytest.mark.parametrize("seed", range(50))
def test_pytorch_agrees(seed):
    torch = pytest.importorskip("torch")
    X, y = problem(seed)
    scale = float(sum(v * v for v in y)) or 1.0
    inputs = torch.tensor([[float(x) for x in row] for row in X], dtype=torch.float64)
    targets = torch.tensor([float(v) for v in y], dtype=torch.float64)
    for component in am.enumerate(X, y, units=2, ridge="1/10"):
        module = component.to_torch()
        # The output bias is no parameter of this problem.
        parameters = [module[0].weight, module[0].bias, module[2].weight]

        def value():
            squares = ((targets - module(inputs)[:, 0]) ** 2).sum()
            return squares + 0.1 * sum((p**2).sum() for p in parameters)

        start = value()
        assert abs(start.item() - float(component.loss)) < 1e-12 * scale
        start.backward()
        if component.location == "interior":
            assert max(float(p.grad.abs().max()) for p in parameters) < 1e-11 * scale
        for _ in range(20):
            gradients = torch.autograd.grad(value(), parameters)
            with torch.no_grad():
                for parameter, gradient in zip(parameters, gradients):
                    parameter -= 1e-6 * gradient
        assert value().item() > float(component.loss) - 1e-12 * scale


def test_sklearn_conversion(landscape):
    pytest.importorskip("sklearn")
    X, _ = problem(1)
    array = numpy.array([[float(x) for x in row] for row in X])
    model = landscape.best.to_sklearn()
    assert numpy.allclose(model.predict(array), landscape.best.predict(array), atol=1e-12)


#: Checks of scikit-learn whose data (20 rows and more with 5 inputs and more) have too many strata to be enumerated.
TOO_LARGE = {
    name: "the data have too many strata: fit says so"
    for name in (
        "check_positive_only_tag_during_fit", "check_estimators_dtypes", "check_dtype_object",
        "check_regressors_train", "check_regressor_data_not_an_array", "check_regressors_int",
    )
}


def _causes(error):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def test_estimator_checks():
    pytest.importorskip("sklearn")
    from sklearn.utils.estimator_checks import check_estimator

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = check_estimator(
            am.AllMinimaRegressor(units=1, ridge=1, time_limit=60), on_fail=None, expected_failed_checks=TOO_LARGE
        )
    failed = {entry["check_name"]: repr(entry["exception"]) for entry in results if entry["status"] == "failed"}
    assert failed == {}
    assert len([entry for entry in results if entry["status"] == "passed"]) >= 40
    for entry in results:
        if entry["status"] == "xfail":
            # Nothing else went wrong.
            errors = list(_causes(entry["exception"]))
            assert any(isinstance(error, (am.LimitReached, am.UsageError)) for error in errors), errors


def test_estimator_in_pipelines():
    pytest.importorskip("sklearn")
    from sklearn.base import clone
    from sklearn.model_selection import GridSearchCV, cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    generator = numpy.random.default_rng(1)
    X = generator.normal(size=(12, 1)).round(2)
    y = numpy.abs(X[:, 0]).round(2)
    model = am.AllMinimaRegressor(units=1, ridge="1/10")
    assert len(cross_val_score(model, X, y, cv=3)) == 3
    search = GridSearchCV(model, {"ridge": [0.1, 1]}, cv=3).fit(X, y)
    assert search.best_params_["ridge"] in (0.1, 1)
    pipeline = make_pipeline(StandardScaler(), clone(model)).fit(X, y)
    assert pipeline.predict(X).shape == (12,)
    fitted = clone(model).fit(X, y)
    again = pickle.loads(pickle.dumps(fitted))
    assert numpy.array_equal(again.predict(X), fitted.predict(X)) and again.complete_
    assert Fraction(str(fitted.minima_.problem["ridge"])) == Fraction(1, 10)
