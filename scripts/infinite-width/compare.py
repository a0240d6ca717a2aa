#!/usr/bin/env python3
"""Compares infinitely wide optima with a cone solver's, and with enumerations of finite widths.

usage: compare.py [--count N] [--seed S] [--finite] [--engines] ALLMINIMA

ALLMINIMA is the tool. On N random problems (up to 10 rows, 1 to 3 inputs, several activations, with and without bias,
output bias, skip connection and weights of observations; some with symmetric or lattice data) the loss has to lie
between the primal and the dual bound that cvxpy with Clarabel finds on the full list of regions (a millionth to
spare). With --finite `enumerate` with as many units as atoms are needed (1 to 4) must find this loss with a certificate
that reaches the ridge, and with one unit less must not. With --engines both engines must write the same bytes.
Needs cvxpy, clarabel and scipy. Exits with 1 if anything differs.
"""
import argparse
import fractions
import json
import math
import os
import random
import subprocess
import sys
import tempfile

import numpy

import cone


def problem(rng):
    """Data as fractions, options of the tool, and what they mean."""
    inputs = rng.choice([1, 1, 1, 2, 2, 3])
    rows = rng.randint(2, {1: 10, 2: 8, 3: 6}[inputs])
    kind = rng.choice(["lattice", "decimal", "symmetric"])
    scale = 100 if kind == "decimal" else 1
    half = max(1, rows // 2) if kind == "symmetric" else rows
    x = [[fractions.Fraction(rng.randint(-2 * scale, 2 * scale), scale) for _ in range(inputs)] for _ in range(half)]
    y = [fractions.Fraction(rng.randint(-3 * scale, 3 * scale), scale) for _ in range(half)]
    if kind == "symmetric":
        sign = rng.choice([1, -1])
        x, y = x + [[-v for v in row] for row in x], y + [sign * v for v in y]
    slope = rng.choice([fractions.Fraction(0)] * 3 + [fractions.Fraction(-1), fractions.Fraction(1, 10)])
    ridge = rng.choice([fractions.Fraction(1, 20), fractions.Fraction(1, 2), fractions.Fraction(2)])
    chosen = {"bias": rng.random() < 2 / 3, "skip": False, "output_bias": False, "weights": None}
    if rng.random() < 0.4:
        chosen["skip"], chosen["output_bias"] = rng.choice([(False, True), (True, True), (True, False), (False, False)])
        if rng.random() < 0.5:
            chosen["weights"] = [fractions.Fraction(rng.randint(1, 4), 2) for _ in x]
    return x, y, slope, ridge, chosen


def arguments(slope, chosen, width=None):
    name = {0: "relu", -1: "abs"}.get(slope, "leaky:%s" % slope)
    options = ["--activation", name]
    for option, key in (("--skip", "skip"), ("--output-bias", "output_bias")):
        options += [option] if chosen[key] else []
    options += [] if chosen["bias"] else ["--no-bias"]
    options += ["--observation-weights", "weight"] if chosen["weights"] else []
    return options


def write(folder, x, y, chosen):
    path = os.path.join(folder, "data.csv")
    with open(path, "w") as file:
        names = ["x%d" % (i + 1) for i in range(len(x[0]))] + (["weight"] if chosen["weights"] else []) + ["y"]
        file.write(",".join(names) + "\n")
        for row, (inputs, target) in enumerate(zip(x, y)):
            weight = [chosen["weights"][row]] if chosen["weights"] else []
            file.write(",".join(str(v) for v in inputs + weight + [target]) + "\n")
    return path


def run(tool, arguments):
    process = subprocess.run([tool] + arguments + ["--format", "json", "--no-timing"], capture_output=True, text=True)
    if process.returncode not in (0, 3):
        return process.returncode, process.stderr.strip()
    return process.returncode, json.loads(process.stdout)


def training(x, y, slope, ridge, chosen):
    x = numpy.array([[float(v) for v in row] for row in x])
    z = numpy.hstack([x, numpy.ones((len(x), 1))]) if chosen["bias"] else x
    v = cone.features(x, chosen["skip"], chosen["output_bias"])
    weights = numpy.array([float(w) for w in chosen["weights"]]) if chosen["weights"] else None
    penalties = None if v is None else numpy.full(v.shape[1], float(ridge))
    return cone.Training(z, numpy.array([float(t) for t in y]), float(ridge), float(slope), weights, v, penalties)


def integers(x, bias):
    rows = [row + [fractions.Fraction(1)] if bias else row for row in x]
    return [[int(v * math.lcm(*(u.denominator for u in row))) for v in row] for row in rows]


def enclosure(value):
    return fractions.Fraction(value["lower"]), fractions.Fraction(value["upper"])


def overlap(left, right):
    return left[0] <= right[1] and right[0] <= left[1]


def finite(tool, path, result, options, ridge):
    """What is wrong with the enumerations of the least width and one less."""
    atoms = result["solutions"]["leastAtoms"]
    if not 1 <= atoms <= 4:
        return None
    faults = []
    for width in (atoms, atoms - 1):
        if width < 1:
            continue
        code, found = run(tool, ["enumerate", path, "--units", str(width), "--ridge", str(ridge), "--time-limit", "20"]
                          + options)
        if code != 0 or not found["complete"]:
            return faults or None
        reaching = [c for c in found["components"] if overlap(enclosure(c["loss"]), enclosure(result["loss"]))
                    and enclosure(c["certificateRatio"]) == (1, 1)]
        if bool(reaching) != (width == atoms):
            faults.append("width %d: %d components reach the loss" % (width, len(reaching)))
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finite", action="store_true")
    parser.add_argument("--engines", action="store_true")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    counts = {"between": 0, "undecided": 0, "finite": 0, "engines": 0}
    faults = 0
    for number in range(options.count):
        x, y, slope, ridge, chosen = problem(rng)
        given = arguments(slope, chosen)
        with tempfile.TemporaryDirectory() as folder:
            path = write(folder, x, y, chosen)
            call = ["infinite-width", path, "--ridge", str(ridge)] + given
            code, result = run(options.tool, call)
            wrong = []
            if isinstance(result, str):
                # Dependent features have no unique coefficients: the tool refuses them.
                if "dependent" not in result:
                    wrong.append(result)
            elif "loss" not in result:
                counts["undecided"] += 1
            else:
                counts["undecided"] += not result["complete"]
                lower, upper, _ = training(x, y, slope, ridge, chosen).bounds(
                    cone.regions(integers(x, chosen["bias"])))
                loss = [float(v) for v in enclosure(result["loss"])]
                spare = 1e-6 * max(1, upper)
                if lower - spare <= loss[0] and loss[1] <= upper + spare and upper - lower < 10 * spare:
                    counts["between"] += 1
                else:
                    wrong.append("loss %r, bounds %r" % (loss, (lower, upper)))
                if options.finite and "solutions" in result:
                    answer = finite(options.tool, path, result, given, ridge)
                    counts["finite"] += answer is not None
                    wrong += answer or []
                if options.engines:
                    _, other = run(options.tool, call + ["--engine", "swift"])
                    counts["engines"] += other == result
                    wrong += [] if other == result else ["the engines differ"]
            for fault in wrong:
                faults += 1
                print("problem %d: %s: %s" % (number, " ".join(call), fault))
                print(open(path).read())
    print(", ".join("%s %d" % item for item in counts.items()), "of", options.count, "faults", faults)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
