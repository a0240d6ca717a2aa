"""Well-known polynomial systems, written in the format of this project, and those of a folder."""
import math
import re
from pathlib import Path


class System:
    """Variables and polynomials over Q, as text."""

    def __init__(self, name, variables, polynomials):
        self.name, self.variables, self.polynomials = name, variables, polynomials

    def write(self, folder, characteristic=0):
        path = Path(folder) / f"{self.name}.{characteristic}.ms"
        polynomials = ",\n".join(self.polynomials)
        path.write_text(f"{','.join(self.variables)}\n{characteristic}\n{polynomials}\n")
        return path

    @staticmethod
    def read(path):
        variables, _, polynomials = path.read_text().split("\n", 2)
        rows = [row for row in re.sub(r"\s", "", polynomials).split(",") if row]
        return System(path.stem, [name.strip() for name in variables.split(",")], rows)


def names(count):
    return [f"x{i}" for i in range(1, count + 1)]


def katsura(n):
    def u(k):
        return f"x{abs(k) + 1}"

    rows = ["+".join(f"{u(k)}*{u(m - k)}" for k in range(-n, n + 1) if abs(m - k) <= n) + f"-{u(m)}"
            for m in range(n)]
    return collected(f"katsura{n}", n + 1, ["+".join(u(k) for k in range(-n, n + 1)) + "-1"] + rows)


def cyclic(n):
    def product(start, length):
        return "*".join(f"x{(start + i) % n + 1}" for i in range(length))

    rows = ["+".join(product(i, length) for i in range(n)) for length in range(1, n)]
    return collected(f"cyclic{n}", n, rows + [product(0, n) + "-1"])


def noon(n):
    rows = ["+".join(f"10*x{i}*x{j}^2" for j in range(1, n + 1) if j != i) + f"-11*x{i}+10"
            for i in range(1, n + 1)]
    return collected(f"noon{n}", n, rows)


def eco(n):
    rows = ["+".join([f"x{k}*x{n}"] + [f"x{i}*x{i + k}*x{n}" for i in range(1, n - k)]) + f"-{k}"
            for k in range(1, n)]
    return collected(f"eco{n}", n, rows + ["+".join(f"x{i}" for i in range(1, n)) + "+1"])


def adjacent_minors(rows, columns):
    """The minors of adjacent columns of a generic matrix with two rows, or of a square of three."""

    def x(i, j):
        return f"x{i * columns + j + 1}"

    minors = [f"{x(i, j)}*{x(i + 1, j + 1)}-{x(i, j + 1)}*{x(i + 1, j)}"
              for i in range(rows - 1) for j in range(columns - 1)]
    return System(f"adjmin{rows}x{columns}", names(rows * columns), minors)


def collected(name, count, rows):
    """With equal terms added up, which some programs' readers need."""
    return System(name, names(count), [collect(row) for row in rows])


def collect(row):
    terms = {}
    for term in re.findall(r"[+-]?[^+-]+", row):
        factors = term.lstrip("+-").split("*")
        number = math.prod(int(x) for x in factors if x.isdigit()) * (-1 if term[0] == "-" else 1)
        powers = {}
        for factor in factors:
            if not factor.isdigit():
                base, _, exponent = factor.partition("^")
                powers[base] = powers.get(base, 0) + int(exponent or 1)
        key = "*".join(b if e == 1 else f"{b}^{e}" for b, e in sorted(powers.items()))
        terms[key] = terms.get(key, 0) + number
    text = ""
    for key, number in terms.items():
        if number:
            size = str(abs(number)) if abs(number) != 1 or not key else ""
            text += ("-" if number < 0 else "+") + "*".join(filter(None, [size, key]))
    return text.lstrip("+")


FAMILIES = {"katsura": katsura, "cyclic": cyclic, "noon": noon, "eco": eco}


def named(words):
    """The systems with names such as `katsura8`."""
    systems = []
    for word in words.split():
        family, size = re.fullmatch(r"([a-z]+)(\d+)", word).groups()
        systems.append(FAMILIES[family](int(size)))
    return systems
