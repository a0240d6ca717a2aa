"""The main job: the certified list of all local minima, and what multi-start descent finds of it."""
import csv
import json
import random
from dataclasses import dataclass
from fractions import Fraction

from installation import HERE, PYTHON, ROOT, TOOL
from measuring import Failure, Limits, run

FACTORS = (1, 10, 100)
# A descent's end counts as found if its loss is so close to a minimum's, relatively: kinks end descents early.
TOLERANCE = 1e-5


@dataclass
class Problem:
    name: str
    rows: list  # of numbers as text; the last one is the target
    units: int
    ridge: str


@dataclass
class Comparison:
    name: str
    cpu: float = None
    memory: float = None
    components: int = None
    losses: int = None  # different ones among the components
    found: list = None  # for each factor: starts, minima found, whether the global one is among them, other ends
    failure: str = None
    contradicted: bool = False  # whether a descent came below the certified global minimum


def random_rows(count, inputs):
    generator = random.Random(1)
    return [["%.3f" % generator.uniform(-1, 1) for _ in range(inputs)] + ["%.3f" % generator.gauss(0, 1)]
            for _ in range(count)]


def problems(quick):
    with open(ROOT / "scripts" / "data" / "cars.csv") as file:
        cars = list(csv.reader(file))[1:]
    poster = [["-2", "1"], ["-1", "-1/2"], ["0", "3/2"], ["1", "0"], ["2", "2"]]
    small = [
        Problem("5 points, 2 units", poster, 2, "1/10"), Problem("5 points, 3 units", poster, 3, "1/10"),
        Problem("50 cars, 2 units", cars, 2, "10")]
    if quick:
        return small
    return small + [
        Problem("20 points, 2 units", random_rows(20, 1), 2, "1/10"),
        Problem("20 points, 3 units", random_rows(20, 1), 3, "1/10"),
        Problem("12 points in a plane, 2 units", random_rows(12, 2), 2, "1/10"),
        Problem("50 points, 3 units", random_rows(50, 1), 3, "1/10"),
        Problem("50 cars, 3 units", cars, 3, "10")]


def compare(problem, options, folder):
    result = Comparison(problem.name)
    data = folder / "data.csv"
    data.write_text("\n".join(",".join(row) for row in problem.rows) + "\n")
    command = [TOOL, "enumerate", data, "--units", problem.units, "--ridge", problem.ridge, "--threads", "1",
               "--format", "json"]
    try:
        runs = [run(command, options.limits) for _ in range(options.rounds)]
        certified = json.loads(runs[0].output)["components"]
        result.cpu = sorted(x.cpu for x in runs)[len(runs) // 2]
        result.memory = max(x.memory for x in runs)
        losses = []
        for component in certified:
            value = float(component["loss"]["lower"])
            if not losses or value > losses[-1] * (1 + TOLERANCE):
                losses.append(value)
        result.components, result.losses = len(certified), len(losses)
        budgets = [result.cpu * factor for factor in FACTORS]
        # Short times would measure nothing but the first descent; long ones the patience of whoever waits.
        budgets = [min(budget, options.limits.seconds * (i + 1) / len(FACTORS)) for i, budget in enumerate(budgets)]
        text = json.dumps({
            "rows": [[float(Fraction(cell)) for cell in row] for row in problem.rows], "units": problem.units,
            "ridge": float(Fraction(problem.ridge)), "budgets": budgets})
        limits = Limits(options.limits.seconds * 3 + 10, options.limits.memory)
        done = run([PYTHON, HERE / "harness" / "descent.py"], limits, text)
    except Failure as failure:
        result.failure = str(failure)
        return result
    result.found = []
    for line in done.output.splitlines():
        report = json.loads(line)
        matches = {loss: [x for x in report["losses"] if abs(x - loss) <= TOLERANCE * loss] for loss in losses}
        hits = sum(len(x) for x in matches.values())
        found = sum(1 for x in matches.values() if x)
        result.contradicted |= bool(report["losses"]) and report["losses"][0] < losses[0] * (1 - 1e-9)
        result.found.append({
            "seconds": report["seconds"], "starts": report["starts"], "found": found,
            "global": bool(matches[losses[0]]), "others": len(report["losses"]) - hits})
    return result


def table(options, folder):
    rows = []
    for problem in problems(options.quick):
        rows.append(compare(problem, options, folder))
        options.tell_comparison(rows[-1])
    return rows
