#!/usr/bin/env python3
"""Systems whose coefficients coincide modulo 20 of the first 100 primes below 2^31.

usage: coinciding.py [COUNT] > coinciding.txt

Modulo these primes two polynomials become equal, or a polynomial loses terms, so that the basis is another one there.
Writes a line for each system: variables, two of its primes, polynomials, and the values of the elements of Singular's
basis as reference.py does.
"""
import random
import sys

import bases


def is_prime(number):
    return all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7)) and all(
        number % d for d in range(3, 1000, 2))


PRIMES = []
candidate = 2**31 - 1
while len(PRIMES) < 100:
    if is_prime(candidate):
        PRIMES.append(candidate)
    candidate -= 2


def monomial(rng, names, degree):
    return "*".join(["1"] + [rng.choice(names) for _ in range(rng.randint(0, degree))])


def polynomial(rng, names, degree, bound=9):
    return "+".join(f"({rng.choice([-1, 1]) * rng.randint(1, bound)})*{monomial(rng, names, degree)}" for _ in range(3))


def system(rng):
    """Variables, two of the primes and polynomials."""
    names = ["x", "y", "z"][: rng.randint(2, 3)]
    chosen = rng.sample(PRIMES, 20)
    product = 1
    for prime in chosen:
        product *= prime
    degree = rng.choice([1, 1, 2, 2, 3])
    polynomials = [polynomial(rng, names, degree) for _ in names]
    kind = rng.randrange(3)
    if kind == 0:
        # Equal to another one modulo the primes.
        polynomials[1] = f"{polynomials[0]}+({product})*({polynomial(rng, names, degree, 3)})"
    elif kind == 1:
        # Another constant makes it a contradiction there.
        polynomials[1] = f"{polynomials[0]}+({product})*{rng.choice(names)}+{rng.randint(1, 5)}"
    else:
        # Its terms of the highest degree vanish.
        polynomials[1] = f"({product})*({polynomial(rng, names, degree + 1, 3)})+{polynomials[1]}"
    return names, chosen[:2], ", ".join(polynomials)


def systems(seed):
    number = 0
    while True:
        number += 1
        yield system(random.Random(seed * 1000003 + number))


def main():
    import reference

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    written = 0
    for names, primes, polynomials in systems(1):
        if written == count:
            break
        try:
            basis, dimension, degree = bases.singular(names, 0, polynomials, "degrevlex", timeout=10)
        except bases.TimedOut:
            continue
        values = reference.values(basis, names, 0, "degrevlex")
        print(",".join(names), ",".join(map(str, primes)), polynomials.replace(" ", ""), values or "-", flush=True)
        written += 1


if __name__ == "__main__":
    main()
