"""Reduced Groebner bases as Singular and this tool print them, in one form that can be compared."""
import json
import re
import subprocess
from math import gcd

SINGULAR_ORDERS = {"degrevlex": "dp", "deglex": "Dp", "lex": "lp", "elim:1": "(dp(1),dp)", "elim:2": "(dp(2),dp)"}


class TimedOut(Exception):
    pass


def terms(text):
    """Coefficient and exponents of every term, in the order in which they are written."""
    for term in re.findall(r"[+-]?[^+-]+", re.sub(r"\s", "", text)):
        coefficient, exponents = (-1 if term[0] == "-" else 1), {}
        for factor in term.lstrip("+-").split("*"):
            if factor.isdigit():
                coefficient *= int(factor)
            else:
                name, _, power = factor.partition("^")
                exponents[name] = exponents.get(name, 0) + int(power or 1)
        yield coefficient, exponents


def scaled(polynomial, p):
    """The terms of the monic multiple modulo p, or of the primitive one over Z; the first term leads."""
    rows = list(terms(polynomial))
    lead = rows[0][0]
    if p:
        scale = pow(lead, -1, p)
        return [(c * scale % p, e) for c, e in rows]
    content = gcd(*(c for c, _ in rows))
    return [(c // content if lead > 0 else -c // content, e) for c, e in rows]


def normal(basis, p):
    """The basis as a set that does not depend on how its elements are sorted, scaled and written."""
    return {frozenset((c, tuple(sorted(e.items()))) for c, e in scaled(element, p)) for element in basis}


def read_system(path):
    """Variables, characteristic and polynomials of a plain .ms file, as text."""
    variables, characteristic, polynomials = open(path).read().split("\n", 2)
    return [v.strip() for v in variables.split(",")], int(characteristic), polynomials


def write_system(path, names, p, polynomials):
    with open(path, "w") as file:
        file.write(f"{','.join(names)}\n{p}\n{polynomials}\n")


def singular(names, p, polynomials, order, timeout=None):
    """The reduced basis as printed, dimension and degree, from Singular.

    Dimension and degree are those of the degrevlex basis; other orders are reached from it, where the dimension
    is zero by FGLM. The dimension of the unit ideal is -1.
    """
    ring = f"({p}),({','.join(names)})"
    program = (
        f"option(redSB); ring a={ring},dp; short=0; ideal i={polynomials}; ideal g=groebner(i);"
        'print("dimension "+string(dim(g))+" degree "+string(mult(g)));'
    )
    if order != "degrevlex":
        program += f"int d=dim(g); ring b={ring},{SINGULAR_ORDERS[order]}; short=0;"
        program += "ideal g; if(d==0){g=fglm(a,g);}else{g=groebner(imap(a,g));}"
    try:
        out = subprocess.run(
            ["Singular", "-q"], input=program + "g;", capture_output=True, text=True, check=True, timeout=timeout
        ).stdout
    except subprocess.TimeoutExpired:
        raise TimedOut from None
    if "error" in out:
        raise RuntimeError(out[:500])
    dimension, degree = map(int, re.search(r"dimension (-?\d+) degree (\d+)", out).groups())
    basis = [line.split("=", 1)[1] for line in out.splitlines() if re.match(r"g\[\d+\]=", line)]
    return [element for element in basis if element != "0"], dimension, degree


def allminima(tool, path, order, threads=1, timeout=None, engine="flint"):
    """The same from this tool."""
    command = [tool, "groebner", path, "--order", order, "--format", "json", "--threads", str(threads)]
    command += ["--engine", engine]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        raise TimedOut from None
    if process.returncode != 0:
        raise RuntimeError(f"exit {process.returncode}: {process.stderr[:500]}")
    answer = json.loads(process.stdout)
    return answer["basis"], answer["dimension"], answer["degree"]


def difference(tool, path, names, p, polynomials, order, threads=1, limit=60, engine="flint"):
    """What is different between both programs, or None; raises TimedOut if Singular takes longer."""
    expected, *figures = singular(names, p, polynomials, order, limit)
    write_system(path, names, p, polynomials)
    try:
        found, *ours = allminima(tool, path, order, threads, 600, engine)
    except TimedOut:
        return "timeout"
    except RuntimeError as error:
        return str(error)
    if figures[0] >= 0 and ours != figures:
        return f"dimension and degree {ours} instead of {figures}"
    if normal(found, p) != normal(expected, p):
        return f"{len(found)} elements, {len(expected)} expected; the bases are not the same"
    return None
