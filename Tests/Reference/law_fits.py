#!/usr/bin/env python3
"""Laws fitted by SciPy, which shares no code with ours, for comparison in tests.

    law_fits.py     prints curves and the constants fitted to them (tab-separated)

Rows are "point NAME PARAMETERS BYTES LOSS" and, after a curve's points, "fit NAME KIND E A ALPHA B BETA OBJECTIVE";
"-" stands for what a law has not. The objective is that of J. Hoffmann et al. (2022): the sum of Huber losses,
threshold 1e-3, of log-sum-exp less the log of the loss. The committed table is made by

    law_fits.py > law_fits.tsv
"""

import itertools

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

THRESHOLD = 1e-3


def noise(seed):
    """Numbers about zero, near normal, from a generator that anybody can write down."""
    state = seed
    while True:
        total = 0.0
        for _ in range(12):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            total += (state >> 11) / 2**53
        yield total - 6


def curves():
    """Name, and a list of (parameters or None, bytes, loss)."""
    laws = [("text", 1.5, 40, 0.3, 0.002, 17), ("slow", 1.9, 8, 0.15, 0.001, 12),
            ("steep", 2.2, 300, 0.6, 0.0005, 9), ("rough", 1.7, 30, 0.25, 0.01, 20)]
    for seed, (name, e, b, beta, spread, count) in enumerate(laws, 1):
        draw = noise(seed)
        sizes = [1e4 * 2.0**k for k in range(count)]
        yield name, [(None, d, (e + b * d**-beta) * (1 + spread * next(draw))) for d in sizes]
    draw = noise(9)
    grid = itertools.product([3e3, 1e4, 3e4, 1e5, 3e5], [2.5e5, 1e6, 4e6, 1.6e7])
    yield "grid", [
        (n, d, (1.7 + 20 * n**-0.35 + 300 * d**-0.4) * (1 + 0.001 * next(draw))) for n, d in grid]


def objective(point, terms, logs, constant):
    """Value and gradient; `terms` are columns of log sizes, `point` is c, gamma for each and perhaps e."""
    columns = [point[2 * k] - point[2 * k + 1] * x for k, x in enumerate(terms)]
    if constant:
        columns.append(np.full_like(logs, point[-1]))
    columns = np.array(columns)
    predicted = logsumexp(columns, axis=0)
    residual = predicted - logs
    size = np.abs(residual)
    value = np.where(size <= THRESHOLD, residual**2 / 2, THRESHOLD * (size - THRESHOLD / 2)).sum()
    slope = np.clip(residual, -THRESHOLD, THRESHOLD) * np.exp(columns - predicted)
    gradient = []
    for k, x in enumerate(terms):
        gradient += [slope[k].sum(), -(slope[k] * x).sum()]
    if constant:
        gradient.append(slope[-1].sum())
    # The scale changes no minimum, but the optimiser's tolerances ask for values near one.
    return value / THRESHOLD**2, np.array(gradient) / THRESHOLD**2


def starts(terms, constant):
    """Exponents, then coefficients that put the term near one in the middle of the points, then constants."""
    shapes = itertools.product(*[itertools.product([-2, 0, 2], [0.1, 0.3, 0.6, 1]) for _ in terms])
    for shape in shapes:
        flat = [v for pair in shape for v in pair]
        for e in [0, 0.3, 0.6] if constant else [None]:
            yield np.array(flat + ([e] if constant else []))


def fit(points, constant=True):
    """The constants and the objective of the best of many starts."""
    sizes = [[p[0] for p in points], [p[1] for p in points]]
    terms = [np.log(np.array(s)) for s in sizes if s[0] is not None]
    means = [x.mean() for x in terms]
    terms = [x - m for x, m in zip(terms, means)]
    logs = np.log(np.array([p[2] for p in points]))
    best = None
    for start in starts(terms, constant):
        found = minimize(
            objective, start, args=(terms, logs, constant), jac=True, method="L-BFGS-B",
            options=dict(ftol=1e-16, gtol=1e-12, maxiter=20000, maxfun=40000, maxcor=20))
        # Restarted where it stopped: what is remembered of far away is forgotten.
        for _ in range(3):
            found = minimize(
                objective, found.x, args=(terms, logs, constant), jac=True, method="L-BFGS-B",
                options=dict(ftol=1e-16, gtol=1e-12, maxiter=20000, maxfun=40000, maxcor=20))
        if best is None or found.fun < best.fun:
            best = found
    laws = [(np.exp(best.x[2 * k] + best.x[2 * k + 1] * m), best.x[2 * k + 1])
            for k, m in enumerate(means)]
    e = np.exp(best.x[-1]) if constant else None
    return e, laws, best.fun * THRESHOLD**2


def text(value):
    return "-" if value is None else repr(float(value))


def main():
    for name, points in curves():
        for n, d, loss in points:
            print("\t".join(["point", name, text(n), text(d), text(loss)]))
        kinds = [("surface", True)] if points[0][0] else [("curve", True), ("pure", False)]
        for kind, constant in kinds:
            e, laws, value = fit(points, constant)
            (a, alpha) = laws[0] if len(laws) > 1 else (None, None)
            b, beta = laws[-1]
            print("\t".join(["fit", name, kind] + [text(v) for v in (e, a, alpha, b, beta, value)]))


if __name__ == "__main__":
    main()
