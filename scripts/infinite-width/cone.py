"""Training with infinitely many units as one cone program on the full list of regions, in floating point."""
import itertools
import time

import numpy


def features(x, skip, output_bias):
    """The rows v_i of the linear part of the output, or None."""
    parts = ([x] if skip else []) + ([numpy.ones((len(x), 1))] if output_bias else [])
    return numpy.hstack(parts) if parts else None


def cocircuits(vectors):
    """The sign vectors of the rays of the arrangement <w, z> = 0, exactly; vectors: integers, rank = columns."""
    rows, size = len(vectors), len(vectors[0])
    found = set()
    for subset in itertools.combinations(range(rows), size - 1):
        normal = [(-1) ** k * determinant([[vectors[i][j] for j in range(size) if j != k] for i in subset])
                  for k in range(size)]
        if any(normal):
            signs = tuple(sign(sum(a * b for a, b in zip(normal, z))) for z in vectors)
            found.add(signs)
            found.add(tuple(-s for s in signs))
    return found


def determinant(matrix):
    if not matrix:
        return 1
    return sum((-1) ** k * matrix[0][k] * determinant([row[:k] + row[k + 1:] for row in matrix[1:]])
               for k in range(len(matrix)) if matrix[0][k])


def sign(value):
    return (value > 0) - (value < 0)


def regions(vectors):
    """The sign vectors of all regions: the closure of the cocircuits under composition, maximal ones."""
    rank = numpy.linalg.matrix_rank(numpy.array(vectors, dtype=float))
    if rank < len(vectors[0]):
        basis = independent_columns(vectors, rank)
        vectors = [[z[j] for j in basis] for z in vectors]
    if len(vectors[0]) == 1:
        signs = tuple(sign(z[0]) for z in vectors)
        return numpy.array([signs, tuple(-s for s in signs)])
    rays = numpy.array(sorted(cocircuits(vectors)), dtype=numpy.int8)
    level = rays
    isolated = numpy.array([any(z) for z in vectors])
    done = []
    while len(level):
        is_open = ((level == 0) & isolated).any(axis=1)
        done.append(level[~is_open])
        level = level[is_open]
        if len(level):
            # A composition with a ray of the span changes nothing and is dropped; the others have fewer zeros.
            composed = numpy.where(level[:, None, :] != 0, level[:, None, :], rays[None, :, :])
            changed = (composed != level[:, None, :]).any(axis=2)
            level = numpy.unique(composed[changed], axis=0)
    return numpy.unique(numpy.vstack(done), axis=0).astype(int)


def independent_columns(vectors, rank):
    matrix = numpy.array(vectors, dtype=float)
    for columns in itertools.combinations(range(matrix.shape[1]), rank):
        if numpy.linalg.matrix_rank(matrix[:, columns]) == rank:
            return columns
    raise ValueError("no independent columns")


class Training:
    """The problem in doubles: z (n × D), y, ridge, slope, weights (n), v (n × p) or None, penalties (p)."""

    def __init__(self, z, y, ridge, slope, weights=None, v=None, penalties=None):
        self.z, self.y, self.ridge, self.slope = z, y, ridge, slope
        self.weights = numpy.ones(len(y)) if weights is None else weights
        self.v, self.penalties = v, penalties

    def metric(self):
        """W, so that the least squared error over the linear part is uᵀWu."""
        omega = numpy.diag(self.weights)
        if self.v is None:
            return omega
        normal = self.v.T @ omega @ self.v + numpy.diag(self.penalties)
        return omega - omega @ self.v @ numpy.linalg.solve(normal, self.v.T @ omega)

    def slopes(self, signs):
        return numpy.where(signs > 0, 1.0, numpy.where(signs < 0, self.slope, 0.0))

    def program(self, signs):
        """The cone program min |y − Σ s M_C h|²_W + 2λ Σ |h|, h in its region C, both signs s."""
        import cvxpy
        count, size = len(signs), self.z.shape[1]
        slopes = numpy.array([self.slopes(s) for s in signs])
        plus, minus = cvxpy.Variable((count, size)), cvxpy.Variable((count, size))
        output = cvxpy.sum(cvxpy.multiply(slopes, (plus - minus) @ self.z.T), axis=0)
        error = self.y - output
        if self.v is not None:
            c = cvxpy.Variable(self.v.shape[1])
            error = error - self.v @ c
        loss = cvxpy.sum(cvxpy.multiply(self.weights, cvxpy.square(error)))
        if self.v is not None:
            loss = loss + cvxpy.sum(cvxpy.multiply(self.penalties, cvxpy.square(c)))
        mass = cvxpy.sum(cvxpy.norm(plus, 2, axis=1)) + cvxpy.sum(cvxpy.norm(minus, 2, axis=1))
        cones = [cvxpy.multiply(signs, h @ self.z.T) >= 0 for h in (plus, minus)]
        return cvxpy.Problem(cvxpy.Minimize(loss + 2 * self.ridge * mass), cones), plus, minus

    def bounds(self, signs):
        """Bounds of the optimum from both sides, and the seconds that the solver took."""
        import cvxpy
        problem, plus, minus = self.program(signs)
        start = time.perf_counter()
        problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-11, tol_gap_rel=1e-11, tol_feas=1e-11)
        seconds = problem.solver_stats.solve_time or time.perf_counter() - start
        # Any directions give a measure: its loss is a bound from above.
        directions = numpy.vstack([plus.value, minus.value])
        amplitudes = numpy.concatenate([numpy.ones(len(signs)), -numpy.ones(len(signs))])
        products = directions @ self.z.T
        output = amplitudes @ numpy.where(products > 0, products, self.slope * products)
        metric = self.metric()
        residual = metric @ (self.y - output)
        upper = (self.y - output) @ residual + 2 * self.ridge * numpy.linalg.norm(directions, axis=1).sum()
        # A multiple of the residual is feasible for the dual: 2<y, p> − pᵀW⁺p.
        height = self.height(signs, residual)
        scale = min(1, self.ridge / height) if height > 0 else 1
        lower = scale * 2 * self.y @ residual - scale ** 2 * (self.y - output) @ residual
        return lower, upper, seconds

    def height(self, signs, residual):
        """max |η|: over a region it is the length of the projection of the gradient onto the region's cone."""
        import scipy.optimize
        best = 0
        for s in signs:
            gradient = self.z.T @ (self.slopes(s) * residual)
            for direction in (gradient, -gradient):
                # The projection onto {w : s_i <w, z_i> >= 0} is g + Zᵀ diag(s) t with the best t >= 0 (Moreau).
                walls = (self.z * s[:, None]).T
                _, length = scipy.optimize.nnls(walls, -direction)
                best = max(best, length)
        return best
