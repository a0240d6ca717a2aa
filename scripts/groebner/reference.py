#!/usr/bin/env python3
"""Writes reference values of reduced Groebner bases, computed by Singular, for the tests.

usage: reference.py SYSTEM.ms... > reference.txt

One line for each system, characteristic and order: name, characteristic, order, dimension, degree, and the
value of every basis element at the point x_i = 3 + 7 i (i from 0), by ascending leading monomials, modulo the
characteristic or, for 0, modulo 1000000007. Over Q elements are primitive with positive leading coefficient,
else monic.
"""
import sys

import bases

ORDERS = ["degrevlex", "deglex", "lex"]
LEX_SYSTEMS = {"katsura6", "cyclic5", "cyclic6", "eco8", "noon4", "dgp_butcher", "dgp_syj", "comm2"}
SLOW = {"noon5": ["degrevlex"]}
PRIMES = [0, 101, 32003, 2147483647]


def value(rows, point, characteristic):
    modulus = characteristic or 1000000007
    total = 0
    for c, exponents in rows:
        for name, power in exponents.items():
            c = c * pow(point[name], power, modulus)
        total += c
    return total % modulus


def order_key(order, names):
    def key(exponents):
        vector = [exponents.get(name, 0) for name in names]
        if order == "lex":
            return vector
        if order == "deglex":
            return [sum(vector)] + vector
        return [sum(vector)] + [-e for e in reversed(vector)]

    return key


def values(basis, names, p, order):
    """The values of the elements by ascending leading monomials, separated by commas."""
    key = order_key(order, names)
    point = {name: 3 + 7 * i for i, name in enumerate(names)}
    elements = sorted((bases.scaled(element, p) for element in basis), key=lambda rows: key(rows[0][1]))
    return ",".join(str(value(rows, point, p)) for rows in elements)


def main():
    for path in sys.argv[1:]:
        name = path.rsplit("/", 1)[-1][:-3]
        names, _, polynomials = bases.read_system(path)
        for order in SLOW.get(name, ORDERS):
            if order == "lex" and name not in LEX_SYSTEMS:
                continue
            for p in PRIMES if order == "degrevlex" else [0, 32003]:
                basis, dimension, degree = bases.singular(names, p, polynomials, order)
                print(name, p, order, dimension, degree, values(basis, names, p, order), flush=True)


if __name__ == "__main__":
    main()
