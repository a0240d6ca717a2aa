"""Multi-start descent on the loss of a ReLU network with one hidden layer, in NumPy and SciPy.

Reads a problem as JSON on standard input: rows (the last number is the target), units, ridge, and the CPU seconds
at which it shall tell what it has. Writes one line of JSON for each of these: the number of starts, and the losses
of the distinct points at which descents ended. Loading the libraries does not count.
"""
import json
import os
import sys
import time

# More threads than one would only cost time on matrices as small as these.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from scipy.optimize import minimize


def network(rows, units, ridge):
    """The loss and its gradient as a function of all parameters; kinks have the slope on their left."""
    data = np.array(rows, dtype=float)
    inputs, targets = np.hstack([data[:, :-1], np.ones((len(data), 1))]), data[:, -1]

    def loss(parameters):
        a, w = parameters[:units], parameters[units:].reshape(units, -1)
        arguments = inputs @ w.T
        hidden = np.maximum(arguments, 0)
        residual = hidden @ a - targets
        value = residual @ residual + ridge * (parameters @ parameters)
        slopes = (arguments > 0) * (residual[:, None] * a)
        gradient = np.concatenate([hidden.T @ residual, (slopes.T @ inputs).ravel()])
        return value, 2 * (gradient + ridge * parameters)

    return loss, units * (1 + inputs.shape[1]), data


def scale(data, random):
    """A magnitude for the start's parameters: the data need not be normalised."""
    return np.sqrt(np.abs(data[:, -1]).max() + 1) * 10 ** random.uniform(-1.5, 0.5)


def main():
    problem = json.load(sys.stdin)
    loss, size, data = network(problem["rows"], problem["units"], problem["ridge"])
    random = np.random.default_rng(1)
    ends, starts, begin = [], 0, time.process_time()
    for budget in problem["budgets"]:
        while time.process_time() - begin < budget:
            start = random.normal(size=size) * scale(data, random)
            # The second run begins with a fresh approximation of the Hessian, which a kink may have spoiled.
            first = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000})
            end = minimize(loss, first.x, jac=True, method="L-BFGS-B", options={"maxiter": 2000, "ftol": 1e-15})
            ends.append(float(end.fun))
            starts += 1
        distinct = []
        for value in sorted(ends):
            if not distinct or value > distinct[-1] * (1 + 1e-7):
                distinct.append(value)
        print(json.dumps({"seconds": time.process_time() - begin, "starts": starts, "losses": distinct}), flush=True)


main()
