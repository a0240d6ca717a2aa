#!/usr/bin/env python3
"""Compares reduced bases, dimensions and degrees with Singular's.

usage: compare.py [--count N] [--seed S] [--limit SECONDS] [--coinciding] ALLMINIMA [DIRECTORY]

ALLMINIMA is the tool. With a DIRECTORY of .ms files: all of them over Q and over several prime fields in
degrevlex, some also in lex. Without: N random ideals of 2 to 6 variables, sparse or dense, homogeneous or not,
of dimension zero or more, some with common factors, duplicates and zeros planted, over Q and prime fields in
several orders. With --coinciding: N systems whose coefficients coincide modulo many primes (coinciding.py), with
both engines. What takes Singular longer than the limit is left out and counted. Exits with 1 if anything
differs.
"""
import argparse
import glob
import os
import random
import sys
import tempfile

import bases
import coinciding

ORDERS = ["degrevlex", "deglex", "lex", "elim:1", "elim:2"]
RANDOM_FIELDS = [0, 0, 2, 3, 101, 32003, 2147483647]
FIELDS = [2, 101, 32003, 2147483647, 0]
LEX_SYSTEMS = ["katsura6", "cyclic5", "cyclic6", "eco8", "noon4"]


def polynomial(rng, n, degree, count, homogeneous, bound):
    rows = []
    for _ in range(count):
        exponents = [0] * n
        for _ in range(degree if homogeneous else rng.randint(0, degree)):
            exponents[rng.randrange(n)] += 1
        rows.append((rng.choice([-1, 1]) * rng.randint(1, bound), exponents))
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
    generators = []
    for _ in range(rng.randint(1, n if n > 4 else n + 1)):
        count = rng.randint(4, 8) if dense else rng.randint(1, 4)
        generators.append(polynomial(rng, n, degree, count, homogeneous, rng.choice([1, 9, 1000])))
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
    return names, ",\n".join(texts)


def random_tasks(seed):
    number = 0
    while True:
        number += 1
        rng = random.Random(seed * 1000003 + number)
        names, polynomials = ideal(rng)
        order = rng.choice(ORDERS[:4] if len(names) == 2 else ORDERS)
        yield f"random {seed}.{number}", names, rng.choice(RANDOM_FIELDS), polynomials, order, rng.randint(1, 2)


def stored_tasks(directory):
    for path in sorted(glob.glob(os.path.join(directory, "**", "*.ms"), recursive=True)):
        name = os.path.basename(path)[:-3]
        names, _, polynomials = bases.read_system(path)
        for p in FIELDS:
            for order in ["degrevlex", "lex"] if name in LEX_SYSTEMS else ["degrevlex"]:
                yield name, names, p, polynomials, order, 1


def coinciding_tasks(seed):
    for number, (names, _, polynomials) in enumerate(coinciding.systems(seed)):
        yield f"coinciding {seed}.{number + 1}", names, 0, polynomials, "degrevlex", 1 + number % 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("directory", nargs="?")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float)
    parser.add_argument("--coinciding", action="store_true")
    options = parser.parse_args()
    limit = options.limit or (60 if options.directory else 10)
    path = os.path.join(tempfile.mkdtemp(), "system.ms")
    left_out, compared, different = [], 0, 0
    if options.directory:
        tasks = stored_tasks(options.directory)
    else:
        tasks = (coinciding_tasks if options.coinciding else random_tasks)(options.seed)
    for name, names, p, polynomials, order, threads in tasks:
        engines = ["flint", "swift"] if options.coinciding else ["flint"]
        try:
            found = next(
                filter(None, (
                    bases.difference(options.tool, path, names, p, polynomials, order, threads, limit, engine)
                    for engine in engines)), None)
        except bases.TimedOut:
            left_out.append(f"{name} {p} {order}")
            continue
        compared += 1
        if found:
            different += 1
            print(f"DIFFERENT {name} {p} {order}: {found}", flush=True)
            if not options.directory:
                print(open(path).read(), flush=True)
        elif options.directory:
            print(f"equal {name} {p} {order}", flush=True)
        if not options.directory and compared == options.count:
            break
    print(f"{compared} compared, {different} different, {len(left_out)} left out (Singular took over {limit:g} s)")
    if options.directory:
        for line in left_out:
            print(f"left out: {line}")
    sys.exit(1 if different else 0)


main()
