"""The kernel of live protection: what it promises of every figure, over many keys."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.tables.disclosure import cell_keys
from maillage.tables.disclosure.cell_keys import (
    BASE,
    KEYS,
    MOST,
    VARIANCE,
    noise_table,
    perturbed,
    perturbed_sums,
    surely,
)

SECRET = b"un secret de ces essais"
MANY = 200_000
RNG = np.random.default_rng(20261121)
CELLS = RNG.integers(0, KEYS, MANY)


def figures(count: int, secret: bytes = SECRET) -> np.ndarray:
    return perturbed(secret, np.full(MANY, count), CELLS)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 10, 12, 83])
def test_a_figure_is_the_count_on_average_a_multiple_of_5_and_never_far(count: int) -> None:
    shown = figures(count)
    assert abs(shown.mean() - count) < 5 * shown.std() / np.sqrt(MANY)
    assert np.all(shown % BASE == 0)
    assert np.all(np.abs(shown - count) <= BASE - 1 + MOST)
    assert np.all(shown >= 0)
    assert len(np.unique(shown)) > 1  # none is ever told for sure, a multiple of 5 neither


def test_an_empty_cell_is_0_and_a_small_one_may_be() -> None:
    assert not figures(0).any()
    for count in (1, 2, 3, 4):
        zeros = np.mean(figures(count) == 0)
        assert 0.15 < zeros < 0.85, count


def test_the_noise_has_the_laws_that_the_document_prints() -> None:
    support = np.arange(-MOST, MOST + 1)
    laws = np.diff(noise_table(), axis=1, prepend=0.0)
    for count in range(1, MOST + 1):
        assert laws[count] @ support == pytest.approx(0, abs=1e-7)
        assert laws[count] @ support**2 == pytest.approx(VARIANCE, abs=1e-7)
        assert not laws[count][: MOST - count].any()
        drawn = laws[count][MOST - count :]
        assert np.all(np.abs(np.diff(np.log(drawn), 3)) < 1e-5)  # exp of a parabola: the highest entropy
    assert laws[1][3:] == pytest.approx([0.538, 0.209, 0.101, 0.061, 0.046, 0.044], abs=6e-4)
    assert laws[4] == pytest.approx([0.005, 0.031, 0.105, 0.219, 0.280, 0.219, 0.105, 0.031, 0.005], abs=6e-4)


def test_only_the_secret_and_the_sum_of_keys_decide() -> None:
    counts, keys = RNG.integers(0, 60, (40, 7)), RNG.integers(0, 1 << 40, (40, 7))
    shown = perturbed(SECRET, counts, keys)
    order = RNG.permutation(40)
    assert np.array_equal(perturbed(SECRET, counts[order], keys[order]), shown[order])
    assert np.array_equal(perturbed(SECRET, counts, keys + 3 * KEYS), shown)
    assert shown[3, 2] == perturbed(SECRET, counts[3:4, 2], keys[3:4, 2])[0]
    assert not np.array_equal(perturbed(b"un autre", counts, keys), shown)


def test_neighbouring_keys_have_nothing_to_do_with_each_other() -> None:
    one, other = figures(22), perturbed(SECRET, np.full(MANY, 22), CELLS + 1)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.01
    shown = perturbed(SECRET, np.full(MANY, 23), CELLS + 77)  # one record more, of any key
    assert abs(np.corrcoef(one, shown)[0, 1]) < 0.01


@given(st.sets(st.integers(0, 500), min_size=1, max_size=40), st.data())
def test_keys_of_parts_add_up_to_the_key_of_the_whole(records: set[int], data: st.DataObject) -> None:
    keys = dict(zip(range(501), cell_keys.record_keys(SECRET, (b"%d" % n for n in range(501))), strict=True))
    part = data.draw(st.sets(st.sampled_from(sorted(records))))
    whole = sum(keys[n] for n in records)
    assert whole == sum(keys[n] for n in part) + sum(keys[n] for n in records - part)
    once = perturbed(SECRET, np.array([len(records)]), np.array([whole]))
    assert once == perturbed(SECRET, np.array([len(records)]), np.array([whole % KEYS]))


def test_record_keys_are_even_and_belong_to_one_secret() -> None:
    names = [b"%d" % n for n in range(50_000)]
    keys = np.array(cell_keys.record_keys(SECRET, names))
    assert keys.min() >= 0
    assert keys.max() < KEYS
    assert np.histogram(keys, 16, (0, KEYS))[0] == pytest.approx(50_000 / 16, rel=0.08)
    assert cell_keys.record_keys(SECRET, names[:9]) == list(keys[:9])
    assert cell_keys.record_keys(b"un autre", names[:9]) != list(keys[:9])
    assert cell_keys.fingerprint(SECRET) != cell_keys.fingerprint(b"un autre")
    assert SECRET.hex() not in cell_keys.fingerprint(SECRET)


def test_a_measure_is_unbiased_and_its_noise_is_that_of_a_record() -> None:
    counts, sums = np.full(MANY, 20), np.full(MANY, 241)
    shown, scale = perturbed_sums(SECRET, sums, counts, CELLS, "participations")
    assert np.all(scale == 12)
    assert abs(shown.mean() - 241) < 5 * shown.std() / np.sqrt(MANY)
    assert np.all(shown % BASE == 0)
    assert shown.std() == pytest.approx(np.sqrt(VARIANCE) * 12, rel=0.03)  # one activity's presences are hidden in it
    assert np.array_equal(shown, perturbed_sums(SECRET, sums, counts, CELLS + KEYS, "participations")[0])
    other = perturbed_sums(SECRET, sums, counts, CELLS, "persons")[0]
    assert abs(np.corrcoef(shown, other)[0, 1]) < 0.01


@pytest.mark.parametrize("least", [1, 5, 40])
def test_surely_is_said_only_of_what_is_always_so(least: int) -> None:
    for count in range(least):
        assert not any(surely(int(figure), least) for figure in np.unique(figures(count)))
    assert all(surely(int(figure), least) for figure in np.unique(figures(least + 2 * (BASE - 1 + MOST) + 1)))


def test_another_process_gives_the_same_figures() -> None:
    code = (
        "import numpy as np; from maillage.tables.disclosure import cell_keys as c\n"
        f"k = c.record_keys({SECRET!r}, [b'%d' % n for n in range(40)])\n"
        f"print(k[:5], c.perturbed({SECRET!r}, np.arange(40), np.cumsum(k)).tolist())"
    )
    said = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "12"
    }
    keys = cell_keys.record_keys(SECRET, [b"%d" % n for n in range(40)])
    assert said == {f"{keys[:5]} {perturbed(SECRET, np.arange(40), np.cumsum(keys)).tolist()}\n"}
