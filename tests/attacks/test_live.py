"""Attacks on live figures: each succeeds on a build without protection, or with the usual weak one, and fails here.

The figures that the document prints (docs/explanation/algorithms/live-protection.md, section 6) are checked here.
"""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import spearmanr

from maillage.tables.disclosure.cell_keys import BASE, KEYS, perturbed

SECRET = b"le secret d'une installation que personne n'attaque"
RNG = np.random.default_rng(15)
Build = Callable[[np.ndarray, np.ndarray], np.ndarray]  # true counts and sums of keys → figures


@pytest.fixture(autouse=True)
def seeded() -> None:
    """The same draws whatever the order of tests."""
    RNG.bit_generator.state = np.random.default_rng(15).bit_generator.state


def ours(counts: np.ndarray, keys: np.ndarray) -> np.ndarray:
    return perturbed(SECRET, counts, keys)


def small_hidden(counts: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Exact figures, those under 5 hidden (−1): what most dashboards that care do."""
    return np.where(counts < 5, -1, counts)


def fresh_rounding(counts: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Unbiased rounding to base 5, drawn anew at each answer."""
    below, rest = np.divmod(counts, BASE)
    return (below + (RNG.random(counts.shape) * BASE < rest)) * BASE


def keys_of(shape: tuple[int, ...]) -> np.ndarray:
    return RNG.integers(0, KEYS, shape)


def repetition(build: Build) -> float:
    """Part of 50 figures found by asking 10,000 times, in any order."""
    counts, keys = RNG.integers(5, 90, 50), keys_of((50,))
    asked = RNG.integers(0, 50, 10_000)
    answers = build(counts[asked], keys[asked])
    means = np.bincount(asked, answers, 50) / np.bincount(asked, minlength=50)
    return float(np.mean((np.round(means) == counts) & (counts % BASE != 0)) / np.mean(counts % BASE != 0))


def test_repetition_averages_fresh_noise_and_not_ours() -> None:
    assert repetition(fresh_rounding) > 0.9
    assert repetition(ours) == 0  # the mean of one figure is that figure, a multiple of 5


def subtraction(build: Build, pairs: int = 20_000) -> float:
    """Part of differences of 1–4 records between two large answers that the best guess from their figures gets."""
    part, large = RNG.integers(1, 5, pairs), RNG.integers(20, 300, pairs)
    gap = build(large, keys_of((pairs,))) - build(large - part, keys_of((pairs,)))
    learned, tried = slice(0, pairs // 2), slice(pairs // 2, None)
    guesses = {
        value: int(np.bincount(part[learned][gap[learned] == value], minlength=5).argmax())
        for value in np.unique(gap[learned])
    }
    return float(np.mean([guesses.get(value, 0) == true for value, true in zip(gap[tried], part[tried], strict=True)]))


def test_subtraction_gives_exact_answers_away_and_not_ours() -> None:
    assert subtraction(small_hidden) == 1
    assert subtraction(ours) < 0.35  # one in four by chance


def known_but_one(build: Build, area: int = 40, times: int = 20_000) -> float:
    """Whoever knows 39 of the 40 persons of an area guesses the last one's trait from the figure."""
    known, trait = RNG.integers(4, area - 5, times), RNG.integers(0, 2, times)
    figures = build(known + trait, keys_of((times,)))
    half = times // 2
    learned: dict[tuple[int, int], list[int]] = {}
    for at in range(half):
        learned.setdefault((int(known[at]), int(figures[at])), []).append(int(trait[at]))
    guess = {seen: round(float(np.mean(found))) for seen, found in learned.items()}
    right = [guess.get((int(known[at]), int(figures[at])), 0) == trait[at] for at in range(half, times)]
    return float(np.mean(right))


def test_the_last_person_of_an_area_is_not_told_by_the_others() -> None:
    assert known_but_one(small_hidden) == 1
    assert known_but_one(ours) < 0.66


def looks(count: int, times: int = 1_500) -> np.ndarray:
    """A year's cell of `count` records as the closed set shows it: the year, its quarters, months and MRC added up."""
    found = np.zeros((times, 4))
    for at in range(times):
        keys, month, area = keys_of((count,)), RNG.integers(0, 12, count), RNG.integers(0, 10, count)
        for rank, (place, parts) in enumerate(((month * 0, 1), (month // 3, 4), (month, 12), (area, 10))):
            sums = np.bincount(place, keys, parts).astype(np.int64)
            found[at, rank] = ours(np.bincount(place, minlength=parts), sums).sum()
    return found


@pytest.mark.parametrize("count", [3, 8, 31])
def test_all_that_the_closed_set_says_of_a_cell_leaves_a_doubt(count: int) -> None:
    """The best weights, that only who knows the truth could choose: the standard error is about 2, from about 2.4."""
    errors = looks(count) - count
    weights = np.linalg.solve(np.cov(errors.T), np.ones(4))
    best = errors @ (weights / weights.sum())
    assert 1.7 < best.std() < 2.3
    assert errors[:, 0].std() > best.std()
    assert np.mean(np.abs(best) < 0.5) < 0.4


def free_filters(questions: int, times: int = 2_000) -> float:
    """What the closed set forbids: the same difference of 1–4, asked under many unrelated filters."""
    part = RNG.integers(1, 5, times)
    large = RNG.integers(20, 200, (times, questions))
    gaps = ours(large, keys_of(large.shape)) - ours(large - part[:, None], keys_of(large.shape))
    return float(np.mean(np.round(gaps.mean(axis=1)) == part))


def test_the_attack_that_the_closed_set_is_for() -> None:
    """Bounded noise falls to averaging (Asghar and Kaafar 2020): this build with free filters would not protect."""
    assert 0.5 < free_filters(30) < 0.7
    assert free_filters(300) > 0.95


def test_figures_stay_useful() -> None:
    """Totals within 5 %, shares within a point, areas in the same order."""
    for total in (300, 1_200, 10_437):
        shown = ours(np.full(500, total), keys_of((500,)))
        assert np.max(np.abs(shown - total)) / total < 0.05
    areas = np.round(np.exp(RNG.normal(4.5, 0.8, (200, 10)))).astype(np.int64)
    ranks = [spearmanr(true, ours(true, keys_of((10,)))).statistic for true in areas]
    assert np.mean(ranks) > 0.98
    assert np.quantile(ranks, 0.05) >= 0.9
