"""From what the model makes of itself to how often it is right, by a table measured on marked articles it never saw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def calibrated(table: Sequence[Sequence[float]], raw: float) -> float:
    """Return the share of right answers among those the model was `raw` sure of, between the points of the table.

    The table is [[raw, right], ...], rising in both; rounded to thousandths, so that it reads as what it is.
    """
    known, right = zip(*table, strict=True)
    return round(float(np.interp(raw, known, right)), 3)


def fitted(raw: Sequence[float], right: Sequence[bool], points: int = 12) -> list[list[float]]:
    """Return the table that fits best without ever falling (isotonic regression by pooling neighbours), thinned.

    Ayer et al. 1955. Needs at least one pair.
    """
    pairs = sorted(zip(raw, right, strict=True))
    pools: list[list[float]] = []
    for value, hit in pairs:
        pools.append([value, value, float(hit), 1.0])
        while len(pools) > 1 and pools[-2][2] / pools[-2][3] >= pools[-1][2] / pools[-1][3]:
            _, last, hits, count = pools.pop()
            pools[-1][1], pools[-1][2], pools[-1][3] = last, pools[-1][2] + hits, pools[-1][3] + count
    values = np.array([(first + last) / 2 for first, last, _, _ in pools])
    shares = np.array([hits / count for _, _, hits, count in pools])
    weights = np.cumsum([count for *_, count in pools])
    wanted = np.searchsorted(weights, np.linspace(1, weights[-1], points))
    table: dict[float, float] = {round(float(values[at]), 4): round(float(shares[at]), 4) for at in wanted}
    return [list(point) for point in sorted(table.items())]
