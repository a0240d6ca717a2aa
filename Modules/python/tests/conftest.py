import json
import random
import struct
from fractions import Fraction

import pytest

import allminima


def problem(seed, rows=5, inputs=1):
    """A random small problem in exact numbers."""
    generator = random.Random(seed)
    X = [[Fraction(generator.randint(-20, 20), 10) for _ in range(inputs)] for _ in range(rows)]
    y = [Fraction(generator.randint(-20, 20), 10) for _ in range(rows)]
    return X, y


def loss(X, y, a, w, ridge, slope=0):
    """The training loss in exact numbers, with the bias as the last entry of every ``w``."""
    total = Fraction(ridge) * sum(ai * ai + sum(wi * wi for wi in wl) for ai, wl in zip(a, w))
    for x, target in zip(X, y):
        output = Fraction(0)
        for ai, wl in zip(a, w):
            t = sum(wi * zi for wi, zi in zip(wl, [*x, 1]))
            output += ai * (t if t >= 0 else slope * t)
        total += (target - output) ** 2
    return total


def safetensors(tensors):
    """The bytes of a file with tensors in single precision, written here from the format's description."""
    header, content = {}, b""
    for name, (shape, values) in tensors.items():
        start = len(content)
        content += struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, len(content)]}
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + content


@pytest.fixture(scope="session")
def landscape():
    X, y = problem(1)
    return allminima.enumerate(X, y, units=2, ridge="1/10")
