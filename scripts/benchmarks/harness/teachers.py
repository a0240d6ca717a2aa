"""Critical points of polynomial networks: AllMinima, and others on the same critical equations, one thread each.

AllMinima's first column is `allminima teacher`: all ranks up to the width, with the forms, losses and signatures of
all real critical points. The others solve the equations of the last rank alone: its second column and msolve give real
solutions, Macaulay2 counts the complex ones.
"""
import itertools
import json
import math
import random
import re
from fractions import Fraction

from ideals import count_solutions
from installation import TOOL, msolve
from measuring import OURS, measure, run
from systems import System

AGAIN = "AllMinima, equations only"


class Polynomial:
    """Exponent vectors and coefficients."""

    def __init__(self, terms):
        self.terms = {key: value for key, value in terms.items() if value}

    @staticmethod
    def variable(place, count):
        return Polynomial({tuple(int(i == place) for i in range(count)): Fraction(1)})

    @staticmethod
    def constant(value, count):
        return Polynomial({(0,) * count: Fraction(value)})

    def __add__(self, other):
        terms = dict(self.terms)
        for key, value in other.terms.items():
            terms[key] = terms.get(key, 0) + value
        return Polynomial(terms)

    def __mul__(self, other):
        if not isinstance(other, Polynomial):
            return Polynomial({key: value * other for key, value in self.terms.items()})
        terms = {}
        for (left, a), (right, b) in itertools.product(self.terms.items(), other.terms.items()):
            key = tuple(x + y for x, y in zip(left, right))
            terms[key] = terms.get(key, 0) + a * b
        return Polynomial(terms)

    def text(self, names):
        scale = math.lcm(*(value.denominator for value in self.terms.values()))
        rows = []
        for key, value in sorted(self.terms.items(), reverse=True):
            powers = [f"{name}^{exponent}" for name, exponent in zip(names, key) if exponent]
            rows.append("*".join(["%+d" % (value * scale)] + powers))
        return "".join(rows).removeprefix("+")


def exponents(inputs, degree):
    return [key for key in itertools.product(range(degree, -1, -1), repeat=inputs) if sum(key) == degree]


class Teacher:
    """A random form, and random rows whose moments are the metric."""

    def __init__(self, inputs, degree, rank):
        draw = random.Random(f"{inputs} {degree} {rank}")
        self.inputs, self.degree, self.rank = inputs, degree, rank
        self.name = f"{inputs} inputs, degree {degree}, rank {rank}"
        self.basis = exponents(inputs, degree)
        self.form = {key: Fraction(draw.randint(-6, 6) or 1) for key in self.basis}
        self.rows = [[draw.randint(-2, 2) for _ in range(inputs)] for _ in range(4 * len(self.basis))]

    def moment(self, key):
        total = sum(math.prod(x ** e for x, e in zip(row, key)) for row in self.rows)
        return Fraction(total, len(self.rows))

    def write(self, folder):
        stem = folder / f"teacher{self.inputs}-{self.degree}-{self.rank}"
        teacher, data = stem.with_suffix(".ms"), stem.with_suffix(".csv")
        names = [f"x{i + 1}" for i in range(self.inputs)]
        teacher.write_text(f"{','.join(names)}\n0\n{Polynomial(self.form).text(names)}\n")
        data.write_text("".join(",".join(map(str, row)) + "\n" for row in self.rows))
        return teacher, data

    def equations(self):
        """`⟨X − T, ℓ^{m−1} x_i⟩ = 0` for the columns ℓ of U, where X = U P Uᵀ or, of rank one, c ℓ^m."""
        n, m, r = self.inputs, self.degree, self.rank
        free = [(i, j) for i in range(r, n) for j in range(r)]
        core = [(i, j) for i in range(r) for j in range(i + 1)]
        names = [f"w{i}{j}" for i, j in free] + [f"p{i}{j}" for i, j in core]
        count = len(names)
        one, zero = Polynomial.constant(1, count), Polynomial({})

        def entry(i, j):
            if i < r:
                return one if i == j else zero
            return Polynomial.variable(free.index((i, j)), count)

        columns = [[entry(i, j) for i in range(n)] for j in range(r)]
        powers = [self.power(column, m - 1, count) for column in columns]
        form = {key: zero for key in self.basis}
        for (i, j), place in zip(core, itertools.count(len(free))):
            p = Polynomial.variable(place, count) * (1 if i == j else 2)
            product = self.power(columns[i], m, count) if i == j else self.product(columns[i], columns[j])
            for key in self.basis:
                form[key] += p * product.get(key, zero)
        error = {key: form[key] + Polynomial.constant(-self.form[key], count) for key in self.basis}
        gradient = {key: sum((error[other] * self.moment(tuple(x + y for x, y in zip(key, other)))
                              for other in self.basis), zero) for key in self.basis}
        rows = []
        for power in powers:
            for i in range(n):
                row = zero
                for key, value in power.items():
                    row += value * gradient[tuple(e + (k == i) for k, e in enumerate(key))]
                rows.append(row.text(names))
        return System(self.name.replace(" ", "_").replace(",", ""), names, rows)

    def power(self, column, degree, count):
        """The coefficients of a power of a linear form."""
        found = {}
        for key in exponents(self.inputs, degree):
            value = Polynomial.constant(
                math.factorial(degree) // math.prod(math.factorial(e) for e in key), count)
            for entry, exponent in zip(column, key):
                for _ in range(exponent):
                    value = value * entry
            found[key] = value
        return found

    def product(self, left, right):
        """Of two linear forms."""
        found = {}
        for (i, x), (j, y) in itertools.product(enumerate(left), enumerate(right)):
            key = tuple(int(k == i) + int(k == j) for k in range(self.inputs))
            found[key] = found.get(key, Polynomial({})) + x * y
        return found


class Programs:
    def __init__(self, teacher, limits, folder):
        self.limits, self.teacher = limits, teacher
        self.form, self.data = teacher.write(folder)
        self.system = teacher.equations()
        self.path = self.system.write(folder)
        self.result = folder / "solutions"

    def ours(self, *words):
        done = run([TOOL, *words, "--threads", "1", "--format", "json"], self.limits)
        return done, json.loads(done.output)

    def teachers(self):
        """Real and complex critical points of the last rank."""
        rank = self.teacher.rank
        done, result = self.ours("teacher", self.form, "--width", rank, "--metric", f"data:{self.data}")
        real = sum(point["rank"] == rank for point in result["criticalPoints"])
        return done, lambda: (real, result["complexCriticalPoints"][-1]["count"])

    def solutions(self):
        done, result = self.ours("solve", self.path)
        return done, lambda: (len(result["realSolutions"]), result["degree"])

    def msolve(self):
        done = run([msolve(), "-t", "1", "-f", self.path, "-o", self.result], self.limits)
        return done, lambda: (count_solutions(self.result.read_text()), None)

    def macaulay(self):
        program = (f"R=QQ[{','.join(self.system.variables)}]; I=ideal({','.join(self.system.polynomials)}); "
                   'print("D "|toString(degree I)); exit 0\n')
        done = run(["M2", "--silent", "--no-prompts"], self.limits, program)
        return done, lambda: (None, int(re.search(r"D (\d+)", done.output).group(1)))


def agree(_, ours, theirs):
    return all(x is None or x == y for x, y in zip(theirs, ours))


def tables(options, folder):
    title, rows = "Polynomial networks", []
    cases = [(2, 2, 1), (3, 2, 1), (3, 2, 2), (2, 4, 1), (3, 3, 1)]
    if not options.quick:
        cases += [(4, 2, 1), (3, 4, 1), (5, 2, 1), (4, 2, 2)]
    for case in cases:
        programs = Programs(Teacher(*case), options.limits, folder)
        rows.append(measure(
            programs.teacher.name,
            {OURS: programs.teachers, AGAIN: programs.solutions, "msolve": programs.msolve,
             "Macaulay2": programs.macaulay}, options.rounds, agree))
        options.tell(title, rows[-1])
    yield title, rows
