#!/usr/bin/env python3
"""Compares reduced bases of random ideals with Singular's.

usage: compare.py [--count N] [--seed S] GROEBNER-BENCH

GROEBNER-BENCH is the executable of scripts/benchmarks. The ideals have 2 to 6 variables, are sparse or dense,
homogeneous or not, of dimension zero or more, some with common factors, duplicates and zeros planted; over Q
and over several prime fields, in several orders. Exits with 1 if any basis differs.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from math import gcd

ORDERS = [("degrevlex", "dp"), ("deglex", "Dp"), ("lex", "lp"), ("elim:1", "(dp(1),dp)"), ("elim:2", "(dp(2),dp)")]
FIELDS = [0, 0, 2, 3, 101, 32003, 2147483647]


def monomial(rng, n, degree):
    exponents = [0] * n
    for _ in range(degree):
        exponents[rng.randrange(n)] += 1
    return exponents


def polynomial(rng, n, degree, terms, homogeneous, bound):
    rows = []
    for _ in range(terms):
        d = degree if homogeneous else rng.randint(0, degree)
        rows.append((rng.choice([-1, 1]) * rng.randint(1, bound), monomial(rng, n, d)))
    return rows


def text(rows, names):
    if not rows:
        return "0"
    return "+".join("*".join([f"({c})"] + [f"{v}^{e}" for v, e in zip(names, m) if e]) for c, m in rows)


def ideal(rng):
    n = rng.randint(2, 6)
    names = [f"x{i + 1}" for i in range(n)]
    homogeneous = rng.random() < 0.4
    degree = rng.choice([1, 2, 2, 2, 3] if n > 4 else [1, 2, 2, 3, 3, 4])
    dense = rng.random() < 0.3
    count = rng.randint(1, n if n > 4 else n + 1)
    generators = []
    for _ in range(count):
        terms = rng.randint(4, 8) if dense else rng.randint(1, 4)
        generators.append(polynomial(rng, n, degree, terms, homogeneous, rng.choice([1, 9, 1000])))
    if rng.random() < 0.2:
        generators.append(rng.choice(generators))
    if rng.random() < 0.2:
        generators.append([])
    texts = [text(g, names) for g in generators]
    if rng.random() < 0.25:
        factor = text(polynomial(rng, n, 1, 2, homogeneous, 3), names)
        texts = [f"({factor})*({t})" for t in texts]
    if rng.random() < 0.25 and not homogeneous:
        texts += [f"{v}^{rng.randint(2, 3)}-{rng.randint(0, 3)}*{rng.choice(names)}" for v in names]
    return names, texts


def parse(line):
    terms = {}
    for term in re.findall(r"[+-]?[^+-]+", line.replace(" ", "")):
        c, exponents = (-1 if term[0] == "-" else 1), {}
        for factor in term.lstrip("+-").split("*"):
            if factor.isdigit():
                c *= int(factor)
            else:
                name, _, power = factor.partition("^")
                exponents[name] = exponents.get(name, 0) + int(power or 1)
        key = tuple(sorted(exponents.items()))
        terms.setdefault(key, 0)
        terms[key] += c
    return terms


def normal(line, p):
    """The first term is the leading one."""
    terms = parse(line)
    lead = next(iter(terms.values()))
    if p:
        scale = pow(lead, -1, p)
        return frozenset((m, c * scale % p) for m, c in terms.items() if c % p)
    content = 0
    for c in terms.values():
        content = gcd(content, c)
    content = content if lead > 0 else -content
    return frozenset((m, c // content) for m, c in terms.items())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("executable")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work = tempfile.mkdtemp()
    failures = skipped = compared = 0
    number = 0
    while compared < options.count:
        number += 1
        rng = random.Random(options.seed * 1000003 + number)
        names, polynomials = ideal(rng)
        p = rng.choice(FIELDS)
        order, singular = rng.choice(ORDERS[:4] if len(names) == 2 else ORDERS)
        program = (
            f"option(redSB); ring r=({p}),({','.join(names)}),{singular}; short=0;"
            f"ideal i={','.join(polynomials)}; ideal g=groebner(i); g;"
        )
        try:
            out = subprocess.run(["Singular", "-q"], input=program, capture_output=True, text=True, timeout=10).stdout
        except subprocess.TimeoutExpired:
            skipped += 1
            continue
        expected = {normal(l.split("=", 1)[1], p) for l in out.splitlines() if re.match(r"g\[\d+\]=", l) and l.split("=", 1)[1] != "0"}
        path, result = os.path.join(work, "system.ms"), os.path.join(work, "result")
        with open(path, "w") as file:
            file.write(f"{','.join(names)}\n{p}\n" + ",\n".join(polynomials) + "\n")
        command = [options.executable, path, "--order", order, "--output", result, "--threads", str(rng.randint(1, 2))]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=120)
            lines = [l for l in open(result).read().replace("\n", "").split(",") if l] if run.returncode == 0 else None
            found = None if lines is None else {normal(l, p) for l in lines}
            reason = run.stderr[:300]
        except subprocess.TimeoutExpired:
            found, reason = None, "timeout"
        compared += 1
        if found != expected:
            failures += 1
            print(f"DIFFERENT {order} {p}: {open(path).read()}\nexpected {len(expected)}, {reason}\n{out[:300]}", flush=True)
    print(f"{compared} compared, {failures} different, {skipped} left out (Singular took longer than 10 s)")
    sys.exit(1 if failures else 0)


main()
