#!/usr/bin/env python3
"""Writes reference values of reduced Groebner bases, computed by Singular, for the tests.

usage: reference.py SYSTEM.ms... > reference.txt

One line for each system, characteristic and order: name, characteristic, order, dimension, degree, and the
value of every basis element at the point x_i = 3 + 7 i (i from 0), by ascending leading monomials, modulo the
characteristic or, for 0, modulo 1000000007. Over Q elements are primitive with positive leading coefficient,
else monic.
"""
import re
import subprocess
import sys
from math import gcd

ORDERS = {"degrevlex": "dp", "deglex": "Dp", "lex": "lp"}
LEX_SYSTEMS = {"katsura6", "cyclic5", "cyclic6", "eco8", "noon4", "dgp_butcher", "dgp_syj", "comm2"}
SLOW = {"noon5": ["degrevlex"]}
PRIMES = [0, 101, 32003, 2147483647]


def parse(text):
    terms = []
    for term in re.findall(r"[+-]?[^+-]+", text.replace(" ", "")):
        sign = -1 if term[0] == "-" else 1
        coefficient, exponents = sign, {}
        for factor in term.lstrip("+-").split("*"):
            if factor.isdigit():
                coefficient *= int(factor)
            else:
                name, _, power = factor.partition("^")
                exponents[name] = exponents.get(name, 0) + int(power or 1)
        terms.append((coefficient, exponents))
    return terms


def value(terms, point, characteristic):
    modulus = characteristic or 1000000007
    if characteristic:
        scale = pow(terms[0][0], -1, modulus)
        terms = [(c * scale, e) for c, e in terms]
    else:
        content = 0
        for c, _ in terms:
            content = gcd(content, c)
        if terms[0][0] < 0:
            content = -content
        terms = [(c // content, e) for c, e in terms]
    total = 0
    for c, exponents in terms:
        for name, power in exponents.items():
            c = c * pow(point[name], power, modulus)
        total += c
    return total % modulus


def basis(path, characteristic, order):
    variables, _, polynomials = open(path).read().split("\n", 2)
    program = (
        f"option(redSB); ring a=({characteristic}),({variables}),dp; short=0; ideal i={polynomials};"
        "ideal g=groebner(i);"
        'print("dimension "+string(dim(g))+" degree "+string(mult(g)));'
    )
    if order == "lex":
        program += f"if(dim(g)==0){{ring b=({characteristic}),({variables}),lp; short=0; ideal g=fglm(a,g);}}"
        program += f"else{{ring b=({characteristic}),({variables}),lp; short=0; ideal g=groebner(imap(a,i));}} g;"
    elif order == "deglex":
        program += f"ring b=({characteristic}),({variables}),Dp; short=0; ideal g=groebner(imap(a,i)); g;"
    else:
        program += "g;"
    out = subprocess.run(["Singular", "-q"], input=program, capture_output=True, text=True, check=True).stdout
    dimension, degree = re.search(r"dimension (-?\d+) degree (\d+)", out).groups()
    names = [v.strip() for v in variables.split(",")]
    point = {name: 3 + 7 * i for i, name in enumerate(names)}
    elements = [parse(line.split("=", 1)[1]) for line in out.splitlines() if re.match(r"g\[\d+\]=", line)]
    key = order_key(order, names)
    elements.sort(key=lambda terms: key(terms[0][1]))
    return dimension, degree, [value(terms, point, characteristic) for terms in elements]


def order_key(order, names):
    def key(exponents):
        vector = [exponents.get(name, 0) for name in names]
        if order == "lex":
            return vector
        if order == "deglex":
            return [sum(vector)] + vector
        return [sum(vector)] + [-e for e in reversed(vector)]

    return key


for path in sys.argv[1:]:
    name = path.rsplit("/", 1)[-1][:-3]
    for order in SLOW.get(name, ORDERS):
        if order == "lex" and name not in LEX_SYSTEMS:
            continue
        for characteristic in PRIMES if order == "degrevlex" else [0, 32003]:
            dimension, degree, values = basis(path, characteristic, order)
            print(name, characteristic, order, dimension, degree, ",".join(map(str, values)), flush=True)
