"""The chain: the best path obeys it, its probabilities are those of summing over all paths, links choose the best."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from headwater.reading.trained.calibration import calibrated, fitted
from headwater.reading.trained.decoding import Found, decode, steps_allowed
from headwater.reading.trained.linking import BUCKETS, CUE_OF_CONTENT, SOURCE_OF_CUE, Bias, distances, links
from headwater.reading.trained.tags import CONTENT, CUE, OUTSIDE, SOURCE, TAGS, begins, goes_on

PLAIN = steps_allowed(np.zeros((TAGS, TAGS)))


def scores_for(tags: list[int], by: float = 8.0) -> np.ndarray:
    out = np.zeros((1, len(tags), TAGS))
    out[0, np.arange(len(tags)), tags] = by
    return out


def ones(width: int) -> np.ndarray:
    return np.ones((1, width), dtype=np.int64)


def test_spans_of_a_clear_row() -> None:
    tags = [0, begins(SOURCE), goes_on(SOURCE), begins(CUE), begins(CONTENT), goes_on(CONTENT), begins(CONTENT), 0]
    (found,) = decode(scores_for(tags), ones(8), PLAIN)
    assert [(s.part, s.first, s.last) for s in found] == [
        (SOURCE, 1, 3),
        (CUE, 3, 4),
        (CONTENT, 4, 6),
        (CONTENT, 6, 7),
    ]
    assert all(s.probability > 0.95 for s in found)


@pytest.mark.parametrize("part", [SOURCE, CUE, CONTENT])
def test_nothing_goes_on_that_did_not_begin(part: int) -> None:
    """Scores that ask for it alone are not followed: at the opening, after nothing, after another part."""
    other = (part + 1) % 3
    for before in ([], [OUTSIDE], [begins(other)], [begins(other), goes_on(other)]):
        (found,) = decode(scores_for([*before, goes_on(part), OUTSIDE]), ones(len(before) + 2), PLAIN)
        assert all(span.part == other for span in found), before
    (found,) = decode(scores_for([begins(part), goes_on(part)]), ones(2), PLAIN)
    assert [(span.part, span.first, span.last) for span in found] == [(part, 0, 2)]


def test_best_path_and_probability_against_all_paths() -> None:
    rng = np.random.default_rng(11)
    steps = steps_allowed(rng.normal(size=(TAGS, TAGS)))
    scores = rng.normal(size=(1, 4, TAGS)) * 2
    closed = {goes_on(part) for part in range(3)}
    paths = {}
    for path in product(range(TAGS), repeat=4):
        if path[0] in closed or any(steps[a, b] < -1000 for a, b in pairwise(path)):
            continue
        paths[path] = sum(scores[0, at, tag] for at, tag in enumerate(path)) + sum(
            steps[a, b] for a, b in pairwise(path)
        )
    best = max(paths, key=lambda path: paths[path])
    weight = {path: np.exp(value) for path, value in paths.items()}
    total = sum(weight.values())
    (found,) = decode(scores, ones(4), steps)
    for span in found:
        each = [
            sum(w for path, w in weight.items() if path[at] == best[at]) / total for at in range(span.first, span.last)
        ]
        assert best[span.first] == begins(span.part)
        assert span.probability == pytest.approx(np.mean(each), abs=1e-6)


def test_padding_changes_nothing() -> None:
    rng = np.random.default_rng(2)
    scores = rng.normal(size=(1, 9, TAGS)) * 3
    wide = np.concatenate((scores, rng.normal(size=(1, 7, TAGS)) * 9), axis=1)
    mask = np.concatenate((ones(9), np.zeros((1, 7), dtype=np.int64)), axis=1)
    (plain,), (padded,) = decode(scores, ones(9), PLAIN), decode(wide, mask, PLAIN)
    assert [(s.part, s.first, s.last) for s in plain] == [(s.part, s.first, s.last) for s in padded]
    assert [s.probability for s in plain] == pytest.approx([s.probability for s in padded])


def test_distances_keep_the_side_and_grow() -> None:
    row = distances(np.array([100]), np.array([0, 90, 98, 100, 103, 400]))[0]
    assert row[0] > row[1] > row[2]
    assert row[3] < row[4] < row[5]
    assert row.max() < BUCKETS


def test_links_choose_the_nearest_where_only_distance_speaks_and_keep_the_runner_up() -> None:
    near = np.zeros((2, BUCKETS))
    near[SOURCE_OF_CUE] = -np.abs(np.arange(BUCKETS) % (BUCKETS // 2))
    spans = [Found(SOURCE, 1, 3, 1.0), Found(CUE, 10, 11, 1.0), Found(SOURCE, 12, 13, 1.0), Found(CONTENT, 20, 30, 1.0)]
    bias = Bias(near, np.array([-9.0, -9.0]))
    (link,) = links(SOURCE_OF_CUE, spans, np.zeros((40, 4, 8)), bias)
    assert (link.one, link.other, link.second) == (1, 2, 0)
    assert link.probability > link.runner_up > 0
    (content,) = links(CUE_OF_CONTENT, spans, np.zeros((40, 4, 8)), bias)
    assert content.other == 1


def test_a_link_may_lead_to_nobody() -> None:
    spans = [Found(SOURCE, 1, 3, 1.0), Found(CUE, 10, 11, 1.0)]
    (link,) = links(SOURCE_OF_CUE, spans, np.zeros((12, 4, 8)), Bias(np.zeros((2, BUCKETS)), np.array([9.0, 0.0])))
    assert link.other is None
    assert link.second == 0
    (alone,) = links(SOURCE_OF_CUE, spans[1:], np.zeros((12, 4, 8)), Bias(np.zeros((2, BUCKETS)), np.zeros(2)))
    assert alone.other is None


def test_calibration_rises_and_reads_between_its_points() -> None:
    raw = [at / 200 for at in range(200)]
    right = [value > 0.5 or at % 7 == 0 for at, value in enumerate(raw)]
    table = fitted(raw, right)
    assert table == sorted(table)
    assert [share for _, share in table] == sorted(share for _, share in table)
    assert calibrated(table, 0.05) < 0.4
    assert calibrated(table, 0.95) > 0.9
    assert calibrated([[0.0, 0.0], [1.0, 0.5]], 0.5) == 0.25
